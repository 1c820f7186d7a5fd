export { OwnerScope } from './owner-scope.ts';
export { SessionModule } from './session.module.ts';
export type { AuthenticatedSession } from './session.ts';
