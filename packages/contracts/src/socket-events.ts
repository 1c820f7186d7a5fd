import { z } from 'zod';
import { DeploymentView } from './http/deployment.ts';
import { InstanceView } from './http/instance.ts';
import { ProblemCode } from './http/problem.ts';
import { PushView } from './http/source.ts';
import { InstanceId } from './ids.ts';
import { LogLine, LogLineId, LogStream } from './log.ts';
import { MetricSample } from './metrics.ts';

/** Browser -> API. Each is answered by an acknowledgement of `SocketAnswer`. */
export const clientEvents = {
  /** `after` is the last id that the browser has: lines come from there on, none missing, none doubled. Null sends the newest `tail` lines first. */
  'logs.watch': z.object({
    stream: LogStream,
    after: LogLineId.nullable().default(null),
    tail: z.int().min(0).max(1000).default(500),
  }),
  'logs.unwatch': z.object({ stream: LogStream }),
  'metrics.watch': z.object({ instanceId: InstanceId }),
  'metrics.unwatch': z.object({ instanceId: InstanceId }),
} as const;
export type ClientEventName = keyof typeof clientEvents;

export const SocketAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: ProblemCode, detail: z.string() }),
]);
export type SocketAnswer = z.infer<typeof SocketAnswer>;

/** API -> browser. A socket gets the first four for all its owner's instances without asking. */
export const serverEvents = {
  'instance.changed': z.object({ instance: InstanceView }),
  'instance.removed': z.object({ instanceId: InstanceId }),
  'deployment.changed': z.object({ deployment: DeploymentView }),
  /** A push was seen, with what became of it: one more line of the instance's log of pushes. */
  'push.recorded': z.object({ instanceId: InstanceId, push: PushView }),
  /** In order. `reset` true: what the browser holds of this stream is older than what is kept; show a gap. */
  'logs.lines': z.object({ stream: LogStream, lines: z.array(LogLine), reset: z.boolean() }),
  'metrics.sample': z.object({ instanceId: InstanceId, sample: MetricSample }),
} as const;
export type ServerEventName = keyof typeof serverEvents;
export type ServerEventPayload<Name extends ServerEventName> = z.infer<(typeof serverEvents)[Name]>;
export type ClientEventPayload<Name extends ClientEventName> = z.infer<(typeof clientEvents)[Name]>;
