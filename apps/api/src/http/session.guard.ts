import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { SessionCookies, SessionService } from '../modules/session/index.ts';
import { DomainError } from '../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../settings.ts';
import { type CallerRequest, publicRoute } from './caller.ts';
import { RateLimits } from './rate-limits.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who calls, whether the call comes from our own pages, and whether it is one write too many. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const isPublic = this.reflector.getAllAndOverride<boolean>(publicRoute, [context.getHandler(), context.getClass()]);
    const writes = !readingMethods.has(request.method);
    if (writes) this.assertOwnOrigin(request.headers.origin);
    const token = this.cookies.read(request);
    const session = token === undefined ? undefined : await this.sessions.authenticate(token);
    if (session && token !== undefined) {
      request.session = session;
      if (writes) await this.limits.write(session.ownerId);
      if (session.prolonged) this.cookies.write(context.switchToHttp().getResponse<FastifyReply>(), token);
    }
    if (!session && !isPublic) throw new DomainError('not_authenticated');
    return true;
  }

  /** Browsers name the page that sends a write. Programs, and GitHub, name none. */
  private assertOwnOrigin(origin: string | undefined): void {
    if (origin !== undefined && origin !== this.settings.WEB_ORIGIN) throw new DomainError('not_allowed');
  }
}
