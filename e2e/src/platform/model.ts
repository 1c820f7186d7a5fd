import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstanceView } from '@zarpa/api-client';
import { waitFor } from '@zarpa/testing';
import type { Customer } from './customer.ts';
import type { Platform } from './platform.ts';

/** What the API accepted last for one instance; undefined after a request whose outcome is unknown. */
export interface Expectation {
  readonly instanceId: string;
  wanted: 'running' | 'paused' | 'deleted' | undefined;
}

/** What an accepted change made the API want. */
export function desiredOf({ desiredState }: Pick<InstanceView, 'desiredState'>): NonNullable<Expectation['wanted']> {
  if (desiredState === 'purged') throw new Error('A purged instance cannot be changed');
  return desiredState;
}

const observedFor = { running: 'running', paused: 'paused', deleted: 'deleted' } as const;

/** True once the API wants what it accepted last, and the engine has it. */
export function hasConverged(instance: InstanceView, expectation: Expectation): boolean {
  const desired = instance.desiredState;
  if (expectation.wanted !== undefined && desired !== expectation.wanted) {
    throw new Error(`${instance.instanceId}: accepted ${expectation.wanted}, the API now wants ${desired}`);
  }
  if (desired === 'purged') return false;
  return !instance.settling && instance.state === observedFor[desired];
}

/** Waits until all have converged and no deployment is unfinished; the error names those that have not. */
export async function converge(
  customer: Customer,
  expectations: readonly Expectation[],
  timeoutMs: number,
): Promise<void> {
  const waiting = new Map<string, InstanceView | undefined>();
  const check = async () => {
    for (const expectation of expectations) {
      const instance = await customer.instance(expectation.instanceId);
      const unfinished = ['queued', 'building', 'starting'].includes(instance.latestDeployment?.status ?? '');
      if (hasConverged(instance, expectation) && !unfinished) waiting.delete(expectation.instanceId);
      else waiting.set(expectation.instanceId, instance);
    }
    return waiting.size === 0;
  };
  try {
    await waitFor(check, { timeoutMs, describe: `${expectations.length} instances converge` });
  } catch (error) {
    const left = [...waiting.values()].map((view) => ({
      instanceId: view?.instanceId,
      desired: view?.desiredState,
      state: view?.state,
      reason: view?.reason,
      settling: view?.settling,
      generation: view?.generation,
      deployment: view?.latestDeployment?.status,
      deploymentReason: view?.latestDeployment?.reason,
    }));
    throw new Error(`Not converged after ${timeoutMs} ms: ${JSON.stringify(left, null, 1)}`, { cause: error });
  }
}

/** When lone bots found a second copy of themselves: must be none. Each must have run, or the question was not asked. */
export async function doubledBots(
  platform: Pick<Platform, 'directory'>,
  expectations: readonly Expectation[],
): Promise<string[]> {
  const files = expectations.map(async ({ instanceId }) => {
    const data = join(platform.directory, 'engine', 'instances', instanceId, 'data');
    if (!(Number(await readFile(join(data, 'ticks'), 'utf8')) > 0)) throw new Error(`${instanceId} never ran`);
    const found = await readFile(join(data, 'doubled'), 'utf8').catch(() => '');
    return found === '' ? [] : [`${instanceId}: ${found}`];
  });
  return (await Promise.all(files)).flat();
}
