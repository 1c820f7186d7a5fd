import { Injectable } from '@nestjs/common';
import type { SessionView } from '@zarpa/contracts';
import { RateLimits } from '../../http/rate-limits.ts';
import { isoTime } from '../../platform/time.ts';
import { GithubProfileRepository } from './github-profile.repository.ts';
import { OwnerScope } from './owner-scope.ts';
import { SessionRepository } from './session.repository.ts';
import { type AuthenticatedSession, expiryFrom, hashToken, needsProlonging, newToken } from './session.ts';
import { SessionCache } from './session-cache.ts';

/** Who a token belongs to. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly cache: SessionCache,
    private readonly profiles: GithubProfileRepository,
    private readonly limits: RateLimits,
  ) {}

  /** The session of a token, prolonged where it is due; undefined where there is none. */
  async authenticate(token: string): Promise<AuthenticatedSession | undefined> {
    const tokenHash = hashToken(token);
    const key = tokenHash.toString('base64');
    const cached = this.cache.get(key);
    if (cached) return cached;
    const session = await this.sessions.find(tokenHash);
    if (!session) return undefined;
    const now = Date.now();
    const prolonged = needsProlonging(session, now);
    const expiresAt = prolonged ? expiryFrom(now) : session.expiresAt;
    if (prolonged) await this.sessions.prolong(session.sessionId, expiresAt);
    const authenticated = { ...session, expiresAt, scope: OwnerScope.of(session), prolonged };
    this.cache.set(key, { ...authenticated, prolonged: false });
    return authenticated;
  }

  /** The caller's session; a new one with its token where there is none. The token is known to the browser alone. */
  async ensure(token: string | undefined, address: string): Promise<{ view: SessionView; token: string }> {
    const known = token === undefined ? undefined : await this.authenticate(token);
    if (known && token !== undefined) return { view: await this.view(known), token };
    await this.limits.newSession(address);
    const fresh = newToken();
    const session = await this.sessions.createGuest(hashToken(fresh), expiryFrom(Date.now()));
    return { view: await this.view({ ...session, scope: OwnerScope.of(session), prolonged: false }), token: fresh };
  }

  async view(session: AuthenticatedSession): Promise<SessionView> {
    return {
      ownerId: session.ownerId,
      kind: session.ownerKind,
      createdAt: isoTime(session.createdAt),
      expiresAt: isoTime(session.expiresAt),
      github: await this.profiles.find(session.scope),
    };
  }
}
