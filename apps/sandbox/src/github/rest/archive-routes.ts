import { Hono } from 'hono';
import { defaultBranch, resolveCommit } from '../../git/refs.ts';
import type { ArchiveFormat } from '../archives.ts';
import type { GitHub } from '../github.ts';
import { type ApiContext, type ApiEnvironment, readableRepository } from './environment.ts';
import { notFound } from './errors.ts';

/** Archives are not served here: the answer is a redirect to an address that is good for five minutes. */
export function archiveRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const redirect = (format: ArchiveFormat) => async (context: ApiContext) => {
    const repository = await readableRepository(github, context);
    const ref = context.req.param('ref') || (await defaultBranch(repository.directory));
    const sha = await resolveCommit(repository.directory, ref);
    if (sha === null) throw notFound();
    return context.redirect(
      github.archives.addressOf({ owner: repository.owner, name: repository.name, sha, format }),
      302,
    );
  };
  for (const format of ['tarball', 'zipball'] as const) {
    routes.get(`/repos/:owner/:repo/${format}`, redirect(format));
    routes.get(`/repos/:owner/:repo/${format}/:ref{.*}`, redirect(format));
  }
  return routes;
}
