import { Inject, Injectable } from '@nestjs/common';
import {
  type ClientEventName,
  type ClientEventPayload,
  clientEvents,
  type LogStream,
  type SocketAnswer,
} from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Socket } from 'socket.io';
import { z } from 'zod';
import { LOGGER } from '../../platform/logger.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { languageOf } from '../../problems/language.ts';
import { problemText } from '../../problems/texts.ts';
import { LogWatches } from '../log/index.ts';
import { MetricService } from '../metric/index.ts';
import type { OwnerScope } from '../session/index.ts';
import type { SocketWatches } from './socket-watches.ts';

interface Caller {
  readonly scope: OwnerScope;
  readonly watches: SocketWatches;
  readonly language: string | undefined;
}

type Handlers = { [Name in ClientEventName]: (caller: Caller, payload: ClientEventPayload<Name>) => Promise<void> };

const mostWaitingFrames = 100;

const logKey = (stream: LogStream): string =>
  stream.kind === 'run' ? `run:${stream.instanceId}` : `build:${stream.deploymentId}`;

/** What a browser may ask over its socket. Every event of the contract has a handler, or this does not compile. */
@Injectable()
export class ClientEvents {
  private readonly handlers: Handlers = {
    'logs.watch': async ({ scope, watches }, request) => {
      await this.logs.authorise(scope, request.stream);
      const watch = this.logs.open(request.stream, watches.sinkOf(request.stream));
      watches.add(logKey(request.stream), () => watch.stop());
      await watch.start(request);
    },
    'logs.unwatch': async ({ watches }, { stream }) => watches.remove(logKey(stream)),
    'metrics.watch': async ({ scope, watches }, { instanceId }) => {
      const { socket } = watches;
      const stop = await this.metrics.watch(scope, instanceId, (sample) => {
        socket.emit('metrics.sample', { instanceId, sample });
      });
      watches.add(`metrics:${instanceId}`, stop);
    },
    'metrics.unwatch': async ({ watches }, { instanceId }) => watches.remove(`metrics:${instanceId}`),
  };

  constructor(
    private readonly logs: LogWatches,
    private readonly metrics: MetricService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A socket's frames are handled one after the other: an unwatch never overtakes its watch. */
  bind(socket: Socket, caller: Caller): void {
    const inTurn = pLimit(1);
    for (const name of eventNames) this.bindOne(socket, caller, name, inTurn);
  }

  private bindOne<Name extends ClientEventName>(
    socket: Socket,
    caller: Caller,
    name: Name,
    inTurn: LimitFunction,
  ): void {
    socket.on(name as string, async (...frame: unknown[]) => {
      const acknowledge = frame.at(-1);
      const answer =
        inTurn.pendingCount < mostWaitingFrames
          ? await inTurn(() => this.handle(caller, name, frame[0]))
          : refusal(new DomainError('too_many_requests'), caller);
      if (typeof acknowledge === 'function') acknowledge(answer);
    });
  }

  /** Never rejects: a socket's frames must not end the process. */
  private async handle<Name extends ClientEventName>(
    caller: Caller,
    name: Name,
    frame: unknown,
  ): Promise<SocketAnswer> {
    try {
      const schema: z.ZodType<ClientEventPayload<Name>> = clientEvents[name] as never;
      const parsed = z.safeParse(schema, frame);
      if (!parsed.success) throw new DomainError('invalid_input', { cause: parsed.error });
      await this.handlers[name](caller, parsed.data);
      return { ok: true };
    } catch (error) {
      if (!(error instanceof DomainError))
        this.logger.error({ err: error, event: name }, 'Failed to handle a socket event');
      return refusal(error instanceof DomainError ? error : new DomainError('unavailable'), caller);
    }
  }
}

function refusal({ code, params }: DomainError, caller: Caller): SocketAnswer {
  return { ok: false, code, detail: problemText(code, languageOf(caller.language), params).detail };
}

const eventNames = Object.keys(clientEvents) as ClientEventName[];
