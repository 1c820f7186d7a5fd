import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { SessionView } from '@zarpa/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { SessionService } from './session.service.ts';
import type { AuthenticatedSession } from './session.ts';
import { SessionCookies } from './session-cookies.ts';

@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
  ) {}

  @Public()
  @Post()
  @Operation({ id: 'ensureSession', summary: 'Start a guest session, or keep the one there is', answer: SessionView })
  async ensure(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    const { view, token } = await this.sessions.ensure(this.cookies.read(request), request.ip);
    if (token !== undefined) this.cookies.write(reply, token);
    return view;
  }

  @Get()
  @Operation({ id: 'getSession', summary: 'The session of the caller', answer: SessionView })
  get(@CurrentSession() session: AuthenticatedSession): Promise<SessionView> {
    return this.sessions.view(session);
  }
}
