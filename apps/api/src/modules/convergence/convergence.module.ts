import { Module } from '@nestjs/common';
import { CommandModule } from '../command/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { Convergence } from './convergence.ts';
import { EventHandlers } from './event-handlers.ts';
import { InventoryService } from './inventory.service.ts';
import { KeepsakesRepository } from './keepsakes.repository.ts';
import { ObservationRepository } from './observation.repository.ts';
import { ObservationService } from './observation.service.ts';
import { ProgressRepository } from './progress.repository.ts';
import { ResendRepository } from './resend.repository.ts';
import { SafetyNet } from './safety-net.ts';

@Module({
  imports: [CommandModule, InstanceModule, RolloutModule],
  providers: [
    Convergence,
    EventHandlers,
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
