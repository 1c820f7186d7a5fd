import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings.ts';
import { useBodies } from './bodies.ts';

/** What a request passes before anything else. */
export type Entrance = (request: FastifyRequest, reply: FastifyReply, next: () => void) => void;

/** What an id may be, its schema says; Node takes no address that is longer. */
const longestParameter = 16_384;

/** Nest's way to Fastify. All requests come in by the `entrance`. */
export function httpAdapter({ TRUSTED_PROXIES, MOVE_STEP_TIMEOUT }: Settings, entrance: Entrance): FastifyAdapter {
  const adapter = new FastifyAdapter({
    trustProxy: TRUSTED_PROXIES > 0 && ((_address: string, hop: number) => hop < TRUSTED_PROXIES),
    // An upload of an instance's data may take longer than the five minutes that Node gives a request.
    requestTimeout: MOVE_STEP_TIMEOUT,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestParameter },
    skipMiddie: true,
    // An address that cannot be decoded meets no hook and no filter by itself.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      entrance(request, reply, () => adapter.getInstance().errorHandler(error, request, reply)),
  });
  adapter.setOnRequestHook(entrance);
  useBodies(adapter.getInstance());
  return adapter;
}
