import { Module } from '@nestjs/common';
import { GithubProfileRepository } from './github-profile.repository.ts';
import { SessionController } from './session.controller.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';
import { SessionCache } from './session-cache.ts';
import { SessionCookies } from './session-cookies.ts';

@Module({
  controllers: [SessionController],
  providers: [SessionService, SessionCookies, SessionCache, SessionRepository, GithubProfileRepository],
  exports: [SessionService, SessionCookies, SessionRepository],
})
export class SessionModule {}
