import { Module } from '@nestjs/common';
import { SessionController } from './session.controller.ts';
import { SessionService } from './session.service.ts';
import { SessionCookies } from './session-cookies.ts';

@Module({
  controllers: [SessionController],
  providers: [SessionService, SessionCookies],
})
export class SessionModule {}
