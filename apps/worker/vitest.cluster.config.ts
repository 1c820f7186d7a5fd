import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const everything = 'src/**/*.cluster.test.ts';
/** They stop parts of the cluster that all share. */
const disruptive = ['src/**/{faults,data-survives}.cluster.test.ts'];
const limits = { testTimeout: 300_000, hookTimeout: 300_000, maxConcurrency: 3 };

/** The contract suite takes as long as all others together: begun last, everything would wait for it. */
class ContractFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isContract = ({ moduleId }: TestSpecification) => moduleId.endsWith('kubernetes-engine.cluster.test.ts');
    return (await super.sort(files)).toSorted((left, right) => Number(isContract(right)) - Number(isContract(left)));
  }
}

/** Two files at a time, each in namespaces of its own; then, one after another, those that need the cluster for themselves. */
export default defineConfig({
  test: {
    sequence: { sequencer: ContractFirst },
    projects: [
      {
        test: {
          ...limits,
          name: 'shared cluster',
          include: [everything],
          exclude: disruptive,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...limits,
          name: 'own cluster',
          include: disruptive,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
