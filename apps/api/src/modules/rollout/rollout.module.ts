import { Module } from '@nestjs/common';
import { CommandModule } from '../command/index.ts';
import { Rollout } from './rollout.ts';
import { VariableVault } from './variable-vault.ts';

@Module({ imports: [CommandModule], providers: [Rollout, VariableVault], exports: [Rollout, VariableVault] })
export class RolloutModule {}
