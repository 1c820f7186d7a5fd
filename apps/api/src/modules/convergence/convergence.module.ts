import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/index.ts';
import { CommandModule } from '../command/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { MoveModule } from '../move/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { Convergence } from './convergence.ts';
import { EventHandlers } from './event-handlers.ts';
import { InventoryService } from './inventory.service.ts';
import { InventoryRepair } from './inventory-repair.ts';
import { KeepsakesRepository } from './keepsakes.repository.ts';
import { ObservationRepository } from './observation.repository.ts';
import { ObservationService } from './observation.service.ts';
import { ProgressRepository } from './progress.repository.ts';
import { ResendRepository } from './resend.repository.ts';
import { SafetyNet } from './safety-net.ts';

@Module({
  imports: [ClusterModule, CommandModule, InstanceModule, MoveModule, RolloutModule],
  providers: [
    Convergence,
    EventHandlers,
    InventoryRepair,
    InventoryService,
    KeepsakesRepository,
    ObservationRepository,
    ObservationService,
    ProgressRepository,
    ResendRepository,
    SafetyNet,
  ],
  exports: [Convergence],
})
export class ConvergenceModule {}
