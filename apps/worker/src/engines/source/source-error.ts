import type { Reason } from '@zarpa/contracts';

/** Why a repository's content cannot be had, or must not be used. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: Reason;

  constructor(
    code: 'source_unavailable' | 'source_too_large' | 'source_unsafe',
    params: Record<string, string>,
    options?: ErrorOptions,
  ) {
    super(`The source cannot be used: ${code} ${JSON.stringify(params)}`, options);
    this.reason = { code, params };
  }
}

/** The archive's address is no longer good: a fresh one will come, nothing is wrong with the deployment. */
export class ArchiveAddressExpired extends Error {
  override readonly name = 'ArchiveAddressExpired';
}
