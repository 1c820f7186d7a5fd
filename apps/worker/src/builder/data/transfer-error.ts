/** Why a transfer cannot go on: for good, or this time. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly isFinal: boolean;
  /** A code, such as `digest_mismatch`, with a number or a system's code after it. */
  readonly detail: string;

  private constructor(detail: string, isFinal: boolean, options?: ErrorOptions) {
    super(`The transfer failed: ${detail}`, options);
    this.detail = detail;
    this.isFinal = isFinal;
  }

  static final(detail: string, cause?: unknown): TransferError {
    return new TransferError(detail, true, { cause });
  }

  static again(detail: string, cause?: unknown): TransferError {
    return new TransferError(detail, false, { cause });
  }
}

/** A system call's code where there is one, also of what caused it; else its name. Never a message: that may hold an address. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? errorCode(error.cause) : error.name;
}
