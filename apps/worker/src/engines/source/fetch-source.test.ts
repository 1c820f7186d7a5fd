import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarball } from '../contract/source-server.ts';
import { defaultSourceLimits, type SourceLimits } from './archive-entries.ts';
import { fetchSource } from './fetch-source.ts';
import { ArchiveAddressExpired, SourceError } from './source-error.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-fetch-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** One entry of an archive that nobody's tar would write. */
function entry(header: HeaderData, content = ''): Buffer {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o644, type: 'File', size: Buffer.byteLength(content), ...header }).encode(block);
  return Buffer.concat([block, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const archive = (...entries: Buffer[]): Buffer => gzipSync(Buffer.concat([...entries, Buffer.alloc(1_024)]));

async function fetched(answer: Buffer | RequestListener, limits: Partial<SourceLimits> = {}): Promise<string> {
  const listener: RequestListener = Buffer.isBuffer(answer) ? (_, response) => response.end(answer) : answer;
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await fetchSource({
      archiveUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      folder: join(folder, 'app'),
      limits: { ...defaultSourceLimits, ...limits },
      signal: new AbortController().signal,
    });
    return 'fetched';
  } catch (error) {
    if (error instanceof SourceError) return error.reason.code;
    if (error instanceof ArchiveAddressExpired) return 'expired';
    throw error;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('fetchSource', () => {
  it('unpacks a tarball without its top folder', async () => {
    expect(await fetched(await tarball({ 'src/index.js': 'hello', 'package.json': '{}' }))).toBe('fetched');
    expect(await readFile(join(folder, 'app/src/index.js'), 'utf8')).toBe('hello');
  });

  it('keeps links inside of the tree', async () => {
    const links = archive(
      entry({ path: 'top/a.txt' }, 'content'),
      entry({ path: 'top/sub/b.txt', type: 'SymbolicLink', linkpath: '../a.txt' }),
      entry({ path: 'top/nowhere', type: 'SymbolicLink', linkpath: 'missing' }),
    );
    expect(await fetched(links)).toBe('fetched');
    expect(await readFile(join(folder, 'app/sub/b.txt'), 'utf8')).toBe('content');
  });

  it.each([
    ['a path that leads up', entry({ path: 'top/../../escaped.txt' }, 'x')],
    ['an absolute path', entry({ path: '/escaped.txt' }, 'x')],
    ['a link that leads up', entry({ path: 'top/link', type: 'SymbolicLink', linkpath: '../../escaped.txt' })],
    ['an absolute link', entry({ path: 'top/link', type: 'SymbolicLink', linkpath: '/etc/passwd' })],
    ['a hard link that leads up', entry({ path: 'top/link', type: 'Link', linkpath: '../escaped.txt' })],
    ['a device', entry({ path: 'top/zero', type: 'CharacterDevice', devmaj: 1, devmin: 5 })],
    ['a pipe', entry({ path: 'top/pipe', type: 'FIFO' })],
    [
      'a chain of links that leads out',
      Buffer.concat([
        entry({ path: 'top/here', type: 'SymbolicLink', linkpath: '.' }),
        entry({ path: 'top/out', type: 'SymbolicLink', linkpath: 'here/..' }),
      ]),
    ],
    [
      'a file written through a link',
      Buffer.concat([
        entry({ path: 'top/out', type: 'SymbolicLink', linkpath: '..' }),
        entry({ path: 'top/out/escaped.txt' }, 'x'),
      ]),
    ],
  ])('malformed input: refuses %s and writes nothing outside', async (_, entries) => {
    expect(await fetched(archive(entry({ path: 'top/ok.txt' }, 'ok'), entries))).toBe('source_unsafe');
    await expect(readFile(join(folder, 'escaped.txt'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('malformed input: refuses a file of 1 GB by its header, without reading it', async () => {
    const oneGigabyte = entry({ path: 'top/big', size: 1_073_741_824 });
    expect(await fetched(gzipSync(Buffer.concat([oneGigabyte, Buffer.alloc(1_024)])))).toBe('source_too_large');
  });

  it('refuses too many entries, too many bytes and too long an archive', async () => {
    const two = archive(entry({ path: 'top/a' }, 'aaaa'), entry({ path: 'top/b' }, 'bbbb'));
    expect(await fetched(two, { entries: 1 })).toBe('source_too_large');
    expect(await fetched(two, { unpackedBytes: 7 })).toBe('source_too_large');
    expect(await fetched(two, { compressedBytes: 10 })).toBe('source_too_large');
  });

  it('refuses what is no archive', async () => {
    expect(await fetched(Buffer.from('<html>Not found</html>'))).toBe('source_unavailable');
    expect(await fetched(Buffer.alloc(0))).toBe('source_unavailable');
    expect(await fetched(archive(entry({ path: 'top/a' }, 'content')).subarray(0, 40))).toBe('source_unavailable');
  });

  it('tells an expired address from a source that is gone', async () => {
    expect(await fetched((_, response) => response.writeHead(410).end())).toBe('expired');
    expect(await fetched((_, response) => response.writeHead(404).end())).toBe('source_unavailable');
  });

  it('tries again where the other side may recover', async () => {
    let requests = 0;
    const good = await tarball({ 'a.txt': 'a' });
    const answer: RequestListener = (_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(503).end();
      else if (requests === 2) response.destroy();
      else response.end(good);
    };
    expect(await fetched(answer)).toBe('fetched');
    expect(requests).toBe(3);
  });
});
