import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { ProblemCode } from '@zarpa/contracts';
import type { FastifyRequest } from 'fastify';
import type { AuthenticatedSession } from '../modules/session/session.ts';
import { DomainError } from '../problems/domain-error.ts';

/** A request with what was found out about it on its way. */
export type CallerRequest = FastifyRequest & { session?: AuthenticatedSession; problemCode?: ProblemCode };

export const publicRoute = 'zarpa:public-route';

/** A route that works without a session; one that is there is still read. */
export const Public = () => SetMetadata(publicRoute, true);

const sessionOf = (context: ExecutionContext): AuthenticatedSession => {
  const { session } = context.switchToHttp().getRequest<CallerRequest>();
  if (!session) throw new DomainError('not_authenticated');
  return session;
};

/** The authenticated owner's scope. */
export const Scope = createParamDecorator((_: unknown, context: ExecutionContext) => sessionOf(context).scope);

/** The session itself, for what is bound to one browser; with `optional` undefined where there is none. */
export const CurrentSession = createParamDecorator((options: { optional?: true } | undefined, context) =>
  options?.optional ? context.switchToHttp().getRequest<CallerRequest>().session : sessionOf(context),
);
