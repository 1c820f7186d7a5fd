import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transferData } from './transfer-data.ts';

const mebibyte = 1_048_576;
const time = new Date('2026-01-02T03:04:05Z');

let root: string;
let server: Server;
let url: string;
let stored: Buffer;
/** What the server answers instead of what it should. */
let fault: { status?: number; digest?: string | null; cutShort?: boolean };

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64');
const folderOf = (name: string) => join(root, name);
const carry = (direction: 'export' | 'import', name: string, maxBytes = mebibyte) =>
  transferData({ direction, url, maxBytes }, { folder: folderOf(name), archive: join(root, 'archive') });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'zarpa-transfer-'));
  for (const name of ['from', 'to', 'outside']) await mkdir(folderOf(name));
  stored = Buffer.alloc(0);
  fault = {};
  server = createServer(async (request, response) => {
    if (request.method === 'PUT') stored = await buffer(request).catch(() => stored);
    const { status = 200, digest = `sha-256=:${sha256(stored)}:`, cutShort = false } = fault;
    if (digest !== null) response.setHeader('repr-digest', digest);
    response.writeHead(status, { 'content-length': request.method === 'PUT' ? 0 : stored.length });
    if (cutShort) response.write(stored.subarray(0, stored.length / 2), () => response.destroy());
    else response.end(request.method === 'PUT' ? undefined : stored);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/transfers/move?ticket=secret`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true, force: true });
});

describe('what is carried', () => {
  test('is files, folders and links as they are, and replaces what was there', async () => {
    const from = folderOf('from');
    await mkdir(join(from, 'deep/protected'), { recursive: true });
    await writeFile(join(from, 'deep/protected/session.db'), Buffer.alloc(300_000, 'x'));
    await writeFile(join(from, 'run.sh'), 'run', { mode: 0o750 });
    await link(join(from, 'run.sh'), join(from, 'same.sh'));
    for (const [name, target] of [
      ['current', 'deep/protected'],
      ['away', '/etc/hostname'],
      ['up', '../../etc'],
    ] as const) {
      await symlink(target, join(from, name));
    }
    await utimes(join(from, 'run.sh'), time, time);
    await utimes(join(from, 'deep'), time, time);
    await chmod(join(from, 'deep/protected'), 0o555);
    const socket = createSocketServer().listen(join(from, 'alive.sock'));
    await once(socket, 'listening');
    expect(await carry('export', 'from')).toEqual({ outcome: 'done' });
    socket.close();
    await mkdir(folderOf('to/old'));
    await writeFile(folderOf('to/old/file'), 'old');
    await chmod(folderOf('to/old'), 0o500);
    expect(await carry('import', 'to')).toEqual({ outcome: 'done' });
    expect((await readdir(folderOf('to'))).sort()).toEqual(['away', 'current', 'deep', 'run.sh', 'same.sh', 'up']);
    expect((await readFile(folderOf('to/deep/protected/session.db'))).length).toBe(300_000);
    expect(await readlink(folderOf('to/away'))).toBe('/etc/hostname');
    expect(await readlink(folderOf('to/up'))).toBe('../../etc');
    const script = await lstat(folderOf('to/run.sh'));
    expect([script.mode & 0o777, script.mtimeMs, script.nlink]).toEqual([0o750, time.getTime(), 2]);
    expect((await lstat(folderOf('to/deep/protected'))).mode & 0o777).toBe(0o555);
    expect((await lstat(folderOf('to/deep'))).mtimeMs).toBe(time.getTime());
  });

  test('may be nothing', async () => {
    await writeFile(folderOf('to/old'), 'old');
    expect(await carry('export', 'from')).toEqual({ outcome: 'done' });
    expect(await carry('import', 'to')).toEqual({ outcome: 'done' });
    expect(await readdir(folderOf('to'))).toEqual([]);
  });

  test('is no more than the plan has room for', async () => {
    await writeFile(folderOf('from/large'), Buffer.alloc(2 * mebibyte));
    expect(await carry('export', 'from')).toEqual({ outcome: 'failed', detail: 'data_too_large' });
    expect(await carry('export', 'from', 3 * mebibyte)).toEqual({ outcome: 'done' });
    await leavesAlone('import', { outcome: 'failed', detail: 'volume_too_small' });
  });
});

describe('a volume is left alone', () => {
  beforeEach(async () => {
    await writeFile(folderOf('from/new'), 'new');
    await carry('export', 'from');
  });

  test('where what came is not what was announced', async () => {
    fault = { digest: `sha-256=:${sha256(Buffer.from('other'))}:` };
    await leavesAlone('import', { outcome: 'failed', detail: 'digest_mismatch' });
    fault = { digest: null };
    await leavesAlone('import', { outcome: 'failed', detail: 'digest_missing' });
  });

  test('where it could not be fetched, which another attempt may', async () => {
    fault = { status: 403 };
    await leavesAlone('import', { outcome: 'again', detail: 'status 403' });
    fault = { cutShort: true };
    const { outcome, detail } = { detail: '', ...(await carry('import', 'to')) };
    expect([outcome, detail.split(' ')[0]]).toEqual(['again', 'download']);
    server.closeAllConnections();
    server.close();
    await leavesAlone('import', { outcome: 'again', detail: 'network ECONNREFUSED' });
  });

  test.each([
    ['a path that leads out', [{ path: '../outside/file', type: 'File' }]],
    ['an absolute path', [{ path: '/tmp/file', type: 'File' }]],
    ['a hard link that leads out', [{ path: 'inner', type: 'Link', linkpath: '../outside/file' }]],
    ['a device', [{ path: 'null', type: 'CharacterDevice' }]],
  ] as const)('where the archive has %s', async (_what, entries) => {
    stored = archiveOf(entries);
    await leavesAlone('import', { outcome: 'failed', detail: 'archive_unsafe' });
  });

  test('where it is no archive', async () => {
    stored = gzipSync(Buffer.alloc(2_000, 'no archive'));
    await leavesAlone('import', { outcome: 'failed', detail: 'archive_invalid' });
    stored = Buffer.from('nor is this');
    await leavesAlone('import', { outcome: 'failed', detail: 'archive_invalid' });
  });
});

test('nothing is written through a link that the archive itself brings', async () => {
  stored = archiveOf([
    { path: 'way', type: 'SymbolicLink', linkpath: folderOf('outside') },
    { path: 'way/link', type: 'SymbolicLink', linkpath: 'anything' },
  ]);
  expect(await carry('import', 'to')).toEqual({ outcome: 'failed', detail: 'archive_unsafe' });
  stored = archiveOf([
    { path: 'way', type: 'SymbolicLink', linkpath: folderOf('outside') },
    { path: 'way/file', type: 'File' },
  ]);
  expect((await carry('import', 'to')).outcome).toBe('failed');
  expect(await readdir(folderOf('outside'))).toEqual([]);
});

test('an export that is refused may be tried again, and never tells the address', async () => {
  fault = { status: 409 };
  expect(await carry('export', 'from')).toEqual({ outcome: 'again', detail: 'status 409' });
  fault = { digest: `sha-256=:${sha256(Buffer.from('other'))}:` };
  expect(await carry('export', 'from')).toEqual({ outcome: 'again', detail: 'digest_mismatch' });
  const broken = await transferData(
    { direction: 'export', url: 'http://127.0.0.1:1/?ticket=secret', maxBytes: 1 },
    { folder: folderOf('from'), archive: '' },
  );
  expect(JSON.stringify(broken)).not.toContain('secret');
});

async function leavesAlone(direction: 'import', expected: unknown): Promise<void> {
  await writeFile(folderOf('to/old'), 'old');
  expect(await carry(direction, 'to')).toEqual(expected);
  expect(await readdir(folderOf('to'))).toEqual(['old']);
}

function archiveOf(entries: readonly { path: string; type: string; linkpath?: string }[]): Buffer {
  const blocks = entries.map((entry) => {
    const block = Buffer.alloc(512);
    new Header({ mode: 0o644, size: 0, mtime: time, ...entry } as ConstructorParameters<typeof Header>[0]).encode(
      block,
      0,
    );
    return block;
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
