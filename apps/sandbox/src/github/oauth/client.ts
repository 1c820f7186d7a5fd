import { createHash, timingSafeEqual } from 'node:crypto';
import type { GitHub } from '../github.ts';

/** True for the one OAuth client that is known here, with its secret. */
export function isClient(github: GitHub, id: string, secret: string): boolean {
  return id === github.app.clientId && sameSecret(secret, github.settings.GITHUB_CLIENT_SECRET.reveal());
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
