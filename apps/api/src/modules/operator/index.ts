export { runClusterProgram } from './cluster-program.ts';
export { openOperator } from './open-operator.ts';
export { Refusal } from './refusal.ts';
