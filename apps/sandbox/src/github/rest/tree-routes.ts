import { Hono } from 'hono';
import { lookUp, readBlob } from '../../git/objects.ts';
import { resolveTree } from '../../git/refs.ts';
import { listTree } from '../../git/tree.ts';
import type { GitHub } from '../github.ts';
import { nodeId } from '../present/account.ts';
import { toBase64 } from '../present/content.ts';
import { type ApiEnvironment, readableRepository } from './environment.ts';
import { GitHubError, notFound } from './errors.ts';

const mostEntries = 100_000;
const largestBlobBytes = 100 * 1_024 * 1_024;

export function treeRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/repos/:owner/:repo/git/trees/:sha{.+}', async (context) => {
    const repository = await readableRepository(github, context);
    const sha = await resolveTree(repository.directory, context.req.param('sha'));
    if (sha === null) throw notFound();
    const url = `${github.apiUrl}/repos/${repository.owner}/${repository.name}/git`;
    const entries = await listTree(repository.directory, sha, context.req.query('recursive') !== undefined);
    return context.json({
      sha,
      url: `${url}/trees/${sha}`,
      tree: entries.slice(0, mostEntries).map((entry) => ({
        path: entry.path,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...(entry.size === null ? {} : { size: entry.size }),
        ...(entry.type === 'commit' ? {} : { url: `${url}/${entry.type}s/${entry.sha}` }),
      })),
      truncated: entries.length > mostEntries,
    });
  });

  routes.get('/repos/:owner/:repo/git/blobs/:sha{[0-9a-f]{40}}', async (context) => {
    const repository = await readableRepository(github, context);
    const { sha } = context.req.param();
    const [blob] = await lookUp(repository.directory, [sha]);
    if (blob?.type !== 'blob') throw notFound();
    if (blob.size > largestBlobBytes) throw new GitHubError(403, 'This API returns blobs up to 100 MB in size.');
    const url = `${github.apiUrl}/repos/${repository.owner}/${repository.name}/git/blobs/${sha}`;
    const content = toBase64(await readBlob(repository.directory, sha));
    return context.json({ sha, node_id: nodeId('Blob', sha), size: blob.size, url, content, encoding: 'base64' });
  });
  return routes;
}
