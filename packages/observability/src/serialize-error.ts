const maxCauses = 5;

/** The fields of an error that a log line carries: no other property of it, no password of an address. */
export function serializeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: maskPasswords(String(error)) };
  return {
    type: error.name,
    message: maskPasswords(error.message),
    ...('code' in error && { code: error.code }),
    stack: maskPasswords(error.stack ?? ''),
    ...(error.cause !== undefined && depth < maxCauses && { cause: serializeError(error.cause, depth + 1) }),
  };
}

function maskPasswords(text: string): string {
  return text.replace(/(\w:\/\/[^\s:/@]*):[^\s/@]+@/g, '$1:[redacted]@');
}
