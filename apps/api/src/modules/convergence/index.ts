export { ConvergenceModule } from './convergence.module.ts';
export { Convergence } from './convergence.ts';
