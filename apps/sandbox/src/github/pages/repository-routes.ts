import { Hono } from 'hono';
import { readBlob } from '../../git/objects.ts';
import { resolveCommit } from '../../git/refs.ts';
import { findEntry } from '../../git/tree.ts';
import { sameName } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { commitPage } from './commit-page.ts';
import { homePage } from './home-page.ts';
import { findLocation } from './location.ts';
import { messagePage } from './message-page.ts';
import type { PageContext, PageEnvironment } from './page.ts';
import { placeAddress, repositoryPage } from './repository-page.ts';

export function repositoryPages(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();
  const show = async (context: PageContext) => {
    const location = await findLocation(github, context);
    return location ? repositoryPage(context, github, location) : messagePage(context, 'notFound');
  };

  routes.get('/', async (context) => homePage(context, github, await github.repositories.list()));
  routes.get('/:owner', async (context) => {
    const { owner } = context.req.param();
    const repositories = (await github.repositories.list()).filter((repository) => sameName(repository.owner, owner));
    return repositories.length > 0 ? homePage(context, github, repositories) : messagePage(context, 'notFound');
  });
  routes.get('/:owner/:repo', show);
  routes.get('/:owner/:repo/tree/:rest{.+}', show);
  routes.get('/:owner/:repo/commits/:rest{.+}', show);

  routes.get('/:owner/:repo/blob/:rest{.+}', async (context) => {
    const location = await findLocation(github, context);
    if (!location) return messagePage(context, 'notFound');
    const { repository, ref, path, branch } = location;
    return context.redirect(placeAddress(repository, branch ? 'edit' : 'raw', ref, path), 302);
  });

  routes.get('/:owner/:repo/commit/:sha', async (context) => {
    const { owner, repo, sha } = context.req.param();
    const repository = await github.repositories.find(owner, repo);
    const commit = repository && (await resolveCommit(repository.directory, sha));
    return commit ? commitPage(context, repository, commit, github.now()) : messagePage(context, 'notFound');
  });

  routes.get('/:owner/:repo/raw/:rest{.+}', async (context) => {
    const location = await findLocation(github, context);
    const entry = location?.commit
      ? await findEntry(location.repository.directory, location.commit, location.path)
      : null;
    if (!location || location.repository.private || entry?.type !== 'blob') return messagePage(context, 'notFound');
    const bytes = await readBlob(location.repository.directory, entry.sha);
    return context.body(new Uint8Array(bytes), 200, { 'content-type': 'text/plain; charset=utf-8' });
  });
  return routes;
}
