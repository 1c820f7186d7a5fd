/** The SHA-256 that `Repr-Digest` (RFC 9530) tells, in base64; null where it tells none. */
export const digestOf = (headers: Headers): string | null =>
  /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(headers.get('repr-digest') ?? '')?.[1] ?? null;
