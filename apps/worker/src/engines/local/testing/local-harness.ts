import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineHarness } from '../../contract/harness.ts';
import { startEngineProcess } from '../../contract/process/engine-process.ts';
import { sealVariables } from '../../contract/seal-variables.ts';
import { readFileIfAny } from '../atomic-file.ts';
import { Layout } from '../layout.ts';
import type { HostOptions } from './host-options.ts';

const hostFile = fileURLToPath(new URL('./engine-host.ts', import.meta.url));
const timings = { stableAfterMs: 400, stopGraceMs: 1_500, firstLineWaitMs: 2_000 };
const crashPolicy = { firstBackoffMs: 100, longestBackoffMs: 400, maxCrashes: 5 };

/** The local engine in a fresh folder. */
export async function newLocalHarness(): Promise<EngineHarness> {
  const directory = await mkdtemp(join(tmpdir(), 'zarpa-engine-'));
  const layout = new Layout(directory);
  const key = randomBytes(32);
  const options: HostOptions = { directory, key: key.toString('base64'), timings, crashPolicy };
  return {
    timings,
    crashPolicy,
    patience: 1,
    deathRounds: 25,
    sourceHost: '127.0.0.1',
    startWorker: (events) => startEngineProcess(hostFile, options, events),
    readData: (instanceId, name) => readFileIfAny(join(layout.instance(instanceId).data, name)),
    seal: (deploymentId, variables) => sealVariables(key, deploymentId, variables),
    dispose: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}
