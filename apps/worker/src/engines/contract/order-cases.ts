import type { DesiredInstance } from '@zarpa/contracts';
import { expect, it } from 'vitest';
import { steadyBot } from './bots.ts';
import type { ContractInstance } from './contract-world.ts';
import type { WorldOf } from './describe-engine-contract.ts';
import { randomFrom, shuffled } from './random.ts';

/** As the API's safety net does: the newest state is sent again until it is settled. */
async function converges(instance: ContractInstance): Promise<void> {
  await instance.resend();
  await instance.until('the newest state holds', ({ settled }) => settled);
}

export function orderCases(world: WorldOf): void {
  it.concurrent.each([1, 2, 3, 4, 5, 6])(
    'ends in the newest desired state when commands are lost, doubled and reordered (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const instance = world().newInstance();
      const commands: DesiredInstance[] = [];
      for (let index = 0; index < 6; index++) {
        const state = random() < 0.3 ? 'paused' : random() < 0.2 ? 'deleted' : 'running';
        const deployment =
          index === 0 || random() < 0.4
            ? await instance.newDeployment(steadyBot(String(index)))
            : instance.desired.deployment;
        commands.push(
          instance.change({
            state,
            deployment,
            restartRevision: random() < 0.3 ? index : instance.desired.restartRevision,
          }),
        );
      }
      const sent = shuffled([...commands, ...commands], random).filter(() => random() > 0.3);
      await Promise.all(sent.map((command) => world().worker.reconcile(command)));
      await converges(instance);
      const { state, deployment } = instance.desired;
      expect(instance.observed).toMatchObject({ state });
      if (state === 'running') expect(instance.observed?.deploymentId).toBe(deployment?.deploymentId);
      expect(await instance.overlaps()).toBe('');
    },
  );

  it.concurrent('never resurrects a deleted instance by a late deploy', async () => {
    const instance = world().newInstance();
    const deployment = await instance.newDeployment(steadyBot('late'));
    const deploy = instance.change({ deployment });
    await instance.send({ state: 'deleted' });
    await instance.until('it is deleted', ({ state, settled }) => state === 'deleted' && settled);
    await world().worker.reconcile(deploy);
    expect(instance.observed?.state).toBe('deleted');
    await instance.send({ state: 'purged' });
    await instance.until('it is purged', ({ state }) => state === 'purged');
    await world().worker.reconcile(deploy);
    expect(await world().worker.inventory()).not.toContainEqual(
      expect.objectContaining({ observed: expect.objectContaining({ instanceId: instance.id }) }),
    );
    expect(await instance.data('starts')).toBeNull();
  });
}
