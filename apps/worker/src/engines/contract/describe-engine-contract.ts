import { afterAll, beforeAll, describe } from 'vitest';
import { ContractWorld } from './contract-world.ts';
import { crashCases } from './crash-cases.ts';
import { deploymentCases } from './deployment-cases.ts';
import type { EngineHarness } from './harness.ts';
import { lifecycleCases } from './lifecycle-cases.ts';
import { logCases } from './log-cases.ts';
import { orderCases } from './order-cases.ts';
import { workerDeathCases } from './worker-death-cases.ts';

/** Gives the world that is set up before a group's tests. */
export type WorldOf = () => ContractWorld;

/** What every engine must do. Each group has an engine of its own; its tests share it, each with instances of its own. */
export function describeEngineContract(name: string, newHarness: () => Promise<EngineHarness>): void {
  const group = (title: string, cases: (world: WorldOf) => void) => {
    describe(`${name} engine: ${title}`, () => {
      let world: ContractWorld | undefined;
      beforeAll(async () => {
        world = await ContractWorld.open(await newHarness());
      });
      afterAll(async () => {
        await world?.dispose();
      });
      cases(() => {
        if (world === undefined) throw new Error('The world is not set up');
        return world;
      });
    });
  };
  group('deployments', deploymentCases);
  group('crashes', crashCases);
  group('life of an instance', lifecycleCases);
  group('logs and samples', logCases);
  group('commands in any order', orderCases);
  group('death of the worker', workerDeathCases);
}
