export { RolloutModule } from './rollout.module.ts';
export { type RolledOut, Rollout, sameVersion, versionOf } from './rollout.ts';
export { VariableVault } from './variable-vault.ts';
