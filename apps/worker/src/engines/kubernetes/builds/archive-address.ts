import pRetry, { AbortError } from 'p-retry';
import { ArchiveAddressExpired, SourceError } from '../../source/source-error.ts';
import { HttpExchange } from '../registry/http-exchange.ts';

/**
 * Where an archive lies for the next minutes: follows the one redirect of its ticket, and fetches nothing. The ticket itself never reaches a build.
 * @throws SourceError, ArchiveAddressExpired
 */
export async function archiveAddress(archiveUrl: string, options: { caPem: string | null }): Promise<string> {
  const http = new HttpExchange(options);
  try {
    return await pRetry(() => lookUp(http, new URL(archiveUrl)), { retries: 3, minTimeout: 300, maxTimeout: 2_000 });
  } catch (error) {
    if (error instanceof SourceError || error instanceof ArchiveAddressExpired) throw error;
    throw new SourceError('source_unavailable', { detail: 'network' }, { cause: error });
  } finally {
    http.close();
  }
}

async function lookUp(http: HttpExchange, url: URL): Promise<string> {
  const { status, headers } = await http.send('GET', url, {});
  if (status >= 300 && status < 400 && headers.location !== undefined) return new URL(headers.location, url).href;
  if (status === 410) throw new AbortError(new ArchiveAddressExpired(`The archive's address answered ${status}`));
  const error = new SourceError('source_unavailable', { status: String(status) });
  throw status >= 500 || status === 429 ? error : new AbortError(error);
}
