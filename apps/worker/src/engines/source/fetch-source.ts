import { once } from 'node:events';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import pRetry, { AbortError } from 'p-retry';
import { extract, ReadEntry } from 'tar';
import { isMissing } from '../../error-code.ts';
import { ArchiveInspector, type SourceLimits } from './archive-entries.ts';
import { ArchiveAddressExpired, SourceError } from './source-error.ts';

/**
 * Downloads a gzipped tarball and unpacks it, without its top folder, into `folder`, which is made anew.
 * @throws SourceError when it cannot be had or breaks a limit or would write or point outside of the folder.
 * @throws ArchiveAddressExpired
 */
export async function fetchSource(options: {
  archiveUrl: string;
  folder: string;
  limits: SourceLimits;
  signal: AbortSignal;
  /** Whether such an answer means that the address has expired. */
  expired?: (status: number) => boolean;
}): Promise<void> {
  const timeout = AbortSignal.timeout(options.limits.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    await pRetry(() => fetchOnce({ expired: isGone, ...options, signal }), {
      retries: 3,
      minTimeout: 500,
      maxTimeout: 5_000,
      signal,
    });
  } catch (error) {
    if (error instanceof SourceError || error instanceof ArchiveAddressExpired) throw error;
    options.signal.throwIfAborted();
    const detail = timeout.aborted ? 'timeout' : 'network';
    throw new SourceError('source_unavailable', { detail }, { cause: error });
  }
}

async function fetchOnce(options: {
  archiveUrl: string;
  folder: string;
  limits: SourceLimits;
  signal: AbortSignal;
  expired: (status: number) => boolean;
}): Promise<void> {
  const { archiveUrl, folder, limits, signal, expired } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const response = await fetch(archiveUrl, { signal });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw refusal(response.status, expired);
  }
  try {
    await unpack(response.body, folder, limits);
  } catch (error) {
    if (error instanceof SourceError) throw new AbortError(error);
    throw error;
  }
}

const isGone = (status: number): boolean => status === 410;

/** Worth another attempt only where the other side may recover. */
function refusal(status: number, expired: (status: number) => boolean): Error {
  if (expired(status)) return new AbortError(new ArchiveAddressExpired(`The archive's address answered ${status}`));
  const error = new SourceError('source_unavailable', { status: String(status) });
  return status >= 500 || status === 429 ? error : new AbortError(error);
}

async function unpack(body: AsyncIterable<Uint8Array>, folder: string, limits: SourceLimits): Promise<void> {
  const inspector = new ArchiveInspector(limits);
  let problem: SourceError | null = null;
  const unpacking = extract({
    cwd: folder,
    strip: 1,
    noMtime: true,
    preserveOwner: false,
    maxDepth: 64,
    filter: (_path, entry) => {
      if (problem !== null || !(entry instanceof ReadEntry)) return false;
      try {
        inspector.admit(entry);
        return true;
      } catch (error) {
        problem = asSourceError(error);
        return false;
      }
    },
    onwarn: (code, message) => {
      problem ??= warningError(code, message);
    },
  });
  const closed = once(unpacking, 'close').then(
    () => null,
    (error: unknown) => invalidArchive(error),
  );
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > limits.compressedBytes) problem ??= tooLarge(limits.compressedBytes);
    if (problem !== null) throw problem;
    if (!unpacking.write(Buffer.from(chunk))) await Promise.race([once(unpacking, 'drain'), closed]);
  }
  unpacking.end();
  const failure = await closed;
  problem ??= failure;
  if (problem !== null) throw problem;
  if (inspector.entries === 0) throw invalidArchive();
  await checkLinks(folder, inspector.links);
}

/** A chain of links may lead out although each of them alone does not. */
async function checkLinks(folder: string, links: readonly string[]): Promise<void> {
  const root = await realpath(folder);
  for (const link of links) {
    const target = await realpath(join(root, link)).catch((error: unknown) => {
      if (isMissing(error)) return root;
      throw new SourceError('source_unsafe', { file: link, what: 'link' }, { cause: error });
    });
    if (target !== root && !target.startsWith(root + sep)) {
      throw new SourceError('source_unsafe', { file: link, what: 'link' });
    }
  }
}

function warningError(code: string, message: string | Error): SourceError | null {
  const cause = { cause: message };
  if (code === 'TAR_ENTRY_INFO') return null;
  if (code === 'TAR_ENTRY_ERROR') return new SourceError('source_unsafe', { what: 'entry' }, cause);
  return invalidArchive(message);
}

const invalidArchive = (cause?: unknown): SourceError =>
  new SourceError('source_unavailable', { detail: 'invalid_archive' }, { cause });

const asSourceError = (error: unknown): SourceError =>
  error instanceof SourceError ? error : new SourceError('source_unsafe', { what: 'entry' }, { cause: error });

const tooLarge = (limitBytes: number): SourceError =>
  new SourceError('source_too_large', { limitMb: String(Math.round(limitBytes / 1_048_576)), what: 'archive' });
