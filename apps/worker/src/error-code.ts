/** Whether a system call failed with this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Whether a file or folder does not exist. */
export const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT');
