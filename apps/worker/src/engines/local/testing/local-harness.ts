import { type ChildProcess, fork } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeploymentId } from '@zarpa/contracts';
import type { EngineEvents, EngineHarness, EngineWorker, LogRecordText } from '../../contract/harness.ts';
import type { EngineInstance } from '../../engine.ts';
import { readFileIfAny } from '../atomic-file.ts';
import { Layout } from '../layout.ts';
import type { HostAnswer, HostCall, HostOptions } from './host-protocol.ts';

const hostFile = fileURLToPath(new URL('./engine-host.ts', import.meta.url));
const timings = { stableAfterMs: 400, stopGraceMs: 1_500, firstLineWaitMs: 2_000 };
const crashPolicy = { firstBackoffMs: 100, longestBackoffMs: 400, maxCrashes: 5 };

/** The local engine in a fresh folder. */
export async function newLocalHarness(): Promise<EngineHarness> {
  const directory = await mkdtemp(join(tmpdir(), 'zarpa-engine-'));
  const layout = new Layout(directory);
  const key = randomBytes(32);
  const options: HostOptions = { directory, keyId: 'test', key: key.toString('base64'), timings, crashPolicy };
  return {
    timings,
    crashPolicy,
    startWorker: (events) => startHost(options, events),
    readData: (instanceId, name) => readFileIfAny(join(layout.instance(instanceId).data, name)),
    seal: (deploymentId, variables) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(deploymentId));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(variables), 'utf8'), cipher.final()]);
      const [ciphertext, tag] = [sealed.toString('base64'), cipher.getAuthTag().toString('base64')];
      return { keyId: 'test', nonce: nonce.toString('base64'), ciphertext, tag };
    },
    dispose: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function startHost(options: HostOptions, events: EngineEvents): EngineWorker {
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
