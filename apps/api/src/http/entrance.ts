import type { Logger } from '@zarpa/observability';
import type { Settings } from '../settings.ts';
import { answerHeaders, answerPreflight } from './answer-headers.ts';
import type { Entrance } from './http-adapter.ts';
import { requestLog } from './request-log.ts';

/** A context and a log line for every request, the same headers on every answer; preflights go no further. */
export function entrance(logger: Logger, { WEB_ORIGIN }: Settings): Entrance {
  const log = requestLog(logger);
  const headers = answerHeaders(WEB_ORIGIN);
  return (request, reply, next) =>
    log(request, reply, () => {
      reply.headers(headers);
      if (request.method === 'OPTIONS') answerPreflight(request, reply);
      else next();
    });
}
