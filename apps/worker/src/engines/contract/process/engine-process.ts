import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { DeploymentId } from '@zarpa/contracts';
import type { EngineInstance } from '../../engine.ts';
import type { EngineEvents, EngineWorker, LogRecordText } from '../harness.ts';
import type { HostAnswer, HostCall } from './host-protocol.ts';

/** Starts `hostFile` (which calls `serveEngine`) with its options as JSON, and speaks to it. */
export function startEngineProcess(hostFile: string, options: unknown, events: EngineEvents): EngineWorker {
  const child = fork(hostFile, [JSON.stringify(options)], { serialization: 'advanced' });
  const calls = new Calls(child, events);
  const call = <T>(request: HostCall) => calls.send(request) as Promise<T>;
  return {
    opened: calls.opened,
    reconcile: (desired) => call({ method: 'reconcile', desired }),
    inventory: () => call<EngineInstance[]>({ method: 'inventory' }),
    sample: () => call({ method: 'sample' }),
    runLog: (instanceId) => call<LogRecordText[]>({ method: 'runLog', instanceId }),
    buildLog: (instanceId, deploymentId) =>
      call<LogRecordText[]>({ method: 'buildLog', instanceId, deploymentId: DeploymentId.parse(deploymentId) }),
    kill: async () => {
      child.kill('SIGKILL');
      await calls.exited;
    },
    close: async ({ stopBots }) => {
      await call({ method: 'close', stopBots });
      child.disconnect();
      await calls.exited;
    },
  };
}

/** Requests to a child process and their answers. */
class Calls {
  readonly opened: Promise<void>;
  readonly exited: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor(child: ChildProcess, events: EngineEvents) {
    const opening = Promise.withResolvers<void>();
    this.#child = child;
    this.opened = opening.promise;
    this.opened.catch(() => undefined);
    this.exited = once(child, 'exit').then(() => {
      const gone = new Error('The worker is gone');
      opening.reject(gone);
      for (const { reject } of this.#waiting.values()) reject(gone);
    });
    child.on('message', (answer: HostAnswer) => {
      if ('opened' in answer) opening.resolve();
      else if ('observed' in answer) events.observed(answer.observed);
      else if ('progress' in answer) events.progressed(answer.progress);
      else if ('error' in answer) this.#waiting.get(answer.id)?.reject(new Error(answer.error));
      else this.#waiting.get(answer.id)?.resolve(answer.result);
    });
  }

  send(request: HostCall): Promise<unknown> {
    const id = ++this.#lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    if (!this.#child.connected) waiting.reject(new Error('The worker is gone'));
    else this.#child.send({ ...request, id }, (error) => error && waiting.reject(error));
    return waiting.promise;
  }
}
