import { createHmac, timingSafeEqual } from 'node:crypto';

export type ArchiveFormat = 'tarball' | 'zipball';

export interface Archive {
  readonly owner: string;
  readonly name: string;
  readonly sha: string;
  readonly format: ArchiveFormat;
}

export const archiveLifetimeMs = 5 * 60_000;
const formats: Record<ArchiveFormat, string> = { tarball: 'legacy.tar.gz', zipball: 'legacy.zip' };

/** Signed addresses of archives, each good for five minutes. */
export class Archives {
  readonly #secret: string;
  readonly #webUrl: string;
  readonly #now: () => number;

  constructor({ secret, webUrl, now }: { secret: string; webUrl: string; now: () => number }) {
    this.#secret = secret;
    this.#webUrl = webUrl;
    this.#now = now;
  }

  addressOf(archive: Archive): string {
    const { owner, name, sha, format } = archive;
    const expires = this.#now() + archiveLifetimeMs;
    const token = `${expires}.${this.#sign(archive, expires)}`;
    return `${this.#webUrl}/_codeload/${owner}/${name}/${formats[format]}/${sha}?token=${token}`;
  }

  /** True while `token` is the one that was made for this archive and its time is not over. */
  accepts(archive: Archive, token: string): boolean {
    const [, time = '', signature = ''] = /^(\d{1,15})\.([\w-]+)$/.exec(token) ?? [];
    const expected = Buffer.from(this.#sign(archive, Number(time)));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) && Number(time) > this.#now();
  }

  #sign({ owner, name, sha, format }: Archive, expires: number): string {
    return createHmac('sha256', this.#secret)
      .update(`${format} ${owner}/${name} ${sha} ${expires}`)
      .digest('base64url');
  }
}
