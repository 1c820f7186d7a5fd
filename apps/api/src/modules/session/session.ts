import { hash, randomBytes } from 'node:crypto';
import type { OwnerId, SessionId } from '@zarpa/contracts';
import type { OwnerScope } from './owner-scope.ts';

export const sessionCookieName = 'zarpa_session';
export const sessionLifetimeMs = 90 * 24 * 60 * 60 * 1000;
/** A session that was prolonged less than this ago is left as it is: reads stay reads. */
export const prolongAfterMs = 24 * 60 * 60 * 1000;

const tokenPattern = /^[\w-]{43}$/;

export interface Session {
  readonly sessionId: SessionId;
  readonly ownerId: OwnerId;
  readonly ownerKind: 'guest' | 'account';
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface AuthenticatedSession extends Session {
  readonly scope: OwnerScope;
  /** Its end was just moved: the browser has to be told. */
  readonly prolonged: boolean;
}

/** 256 random bits. Only `hashToken` of it is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/** The token of a `Cookie` header's value, or undefined where there is none that could be ours. */
export function tokenFrom(cookies: Record<string, string | undefined>): string | undefined {
  const token = cookies[sessionCookieName];
  return token !== undefined && tokenPattern.test(token) ? token : undefined;
}

export const expiryFrom = (now: number): Date => new Date(now + sessionLifetimeMs);

export const needsProlonging = (session: Pick<Session, 'expiresAt'>, now: number): boolean =>
  session.expiresAt.getTime() - now < sessionLifetimeMs - prolongAfterMs;
