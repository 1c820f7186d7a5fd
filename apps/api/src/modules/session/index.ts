export { OwnerScope } from './owner-scope.ts';
export { SessionModule } from './session.module.ts';
export { SessionRepository } from './session.repository.ts';
export { SessionService } from './session.service.ts';
export { type AuthenticatedSession, hashToken, newToken } from './session.ts';
export { SessionCookies } from './session-cookies.ts';
