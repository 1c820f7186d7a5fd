import type { PriorityClass } from 'kubernetes-types/scheduling/v1';
import { priorityClassNames } from './stateful-set.ts';

/** Pure: bots of a paid plan are placed before those of the free one, and may push them from a full node. */
export const priorityClasses = (): PriorityClass[] => [
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: priorityClassNames.paid },
    value: 1_000,
    description: 'Bots with a paid plan',
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: priorityClassNames.free },
    value: 100,
    preemptionPolicy: 'Never',
    description: 'Bots with the free plan',
  },
];
