import type { DeploymentId, InstanceId } from '@zarpa/contracts';
import type { Engine, EngineListener } from '../../engine.ts';
import type { LogRecordText } from '../harness.ts';
import type { HostAnswer, HostRequest } from './host-protocol.ts';

/** A worker's engine alone, in this process, spoken to by its parent. */
export interface HostedEngine {
  readonly engine: Engine;
  /** Who hears of logs. */
  readonly logs: Pick<EngineListener, 'logActive' | 'logEnded' | 'logReleased'>;
  runLog(instanceId: InstanceId): Promise<LogRecordText[]>;
  buildLog(instanceId: InstanceId, deploymentId: DeploymentId): Promise<LogRecordText[]>;
  /** After the engine is closed. */
  close?(): Promise<void>;
}

/** Serves the parent process until it goes away. */
export async function serveEngine(hosted: HostedEngine): Promise<void> {
  const { engine, logs } = hosted;
  const say = (answer: HostAnswer): void => {
    process.send?.(answer);
  };
  const opened = Promise.withResolvers<void>();
  process.on('message', (request: HostRequest) => {
    const answered = opened.promise.then(() => answer(hosted, request));
    answered.then(
      (result) => say({ id: request.id, result }),
      (error: unknown) => say({ id: request.id, error: error instanceof Error ? String(error.stack) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  await engine.open({
    observed: (observed) => say({ observed }),
    progressed: (progress) => say({ progress }),
    logActive: (stream, secrets) => logs.logActive(stream, secrets),
    logEnded: (stream) => logs.logEnded(stream),
    logReleased: (stream) => logs.logReleased(stream),
  });
  opened.resolve();
  say({ opened: true });
}

async function answer(hosted: HostedEngine, request: HostRequest): Promise<unknown> {
  const { engine } = hosted;
  switch (request.method) {
    case 'reconcile':
      return engine.reconcile(request.desired);
    case 'inventory':
      return engine.inventory();
    case 'sample':
      return [...(await engine.sample())];
    case 'runLog':
      return hosted.runLog(request.instanceId);
    case 'buildLog':
      return hosted.buildLog(request.instanceId, request.deploymentId);
    case 'close':
      await engine.close({ stopBots: request.stopBots });
      return hosted.close?.();
  }
}
