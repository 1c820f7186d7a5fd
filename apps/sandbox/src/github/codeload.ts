import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { gitStream } from '../git/run.ts';
import type { ArchiveFormat } from './archives.ts';
import type { GitHub } from './github.ts';

const kinds: Record<string, { format: ArchiveFormat; archive: string; type: string; ending: string }> = {
  'legacy.tar.gz': { format: 'tarball', archive: 'tar.gz', type: 'application/x-gzip', ending: 'tar.gz' },
  'legacy.zip': { format: 'zipball', archive: 'zip', type: 'application/zip', ending: 'zip' },
};

/** Serves the archives that the API redirects to. The signature in the address is the permission. */
export function codeload(github: GitHub): Hono {
  const routes = new Hono();
  routes.get('/_codeload/:owner/:name/:kind/:sha', async (context) => {
    const { owner, name, kind, sha } = context.req.param();
    const shape = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    const token = context.req.query('token') ?? '';
    if (!shape || !github.archives.accepts({ owner, name, sha, format: shape.format }, token)) {
      return context.text('404: Not Found', 404);
    }
    const repository = await github.repositories.find(owner, name);
    if (!repository) return context.text('404: Not Found', 404);

    const folder = `${repository.owner}-${repository.name}-${sha.slice(0, 7)}`;
    const archive = gitStream(repository.directory, [
      'archive',
      `--format=${shape.archive}`,
      `--prefix=${folder}/`,
      sha,
    ]);
    context.req.raw.signal.addEventListener('abort', () => archive.kill(), { once: true });
    context.header('content-type', shape.type);
    context.header('content-disposition', `attachment; filename=${folder}.${shape.ending}`);
    context.header('cache-control', 'private, no-store');
    return context.body(Readable.toWeb(archive.stdout) as ReadableStream<Uint8Array>);
  });
  return routes;
}
