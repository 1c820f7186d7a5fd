import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../settings.ts';
import { ClusterModule } from '../cluster/index.ts';
import { CommandModule } from '../command/index.ts';
import { LeftoverRepository } from './leftover.repository.ts';
import { LeftoverClearing } from './leftover-clearing.ts';
import { MoveRepository } from './move.repository.ts';
import { MoveService } from './move.service.ts';
import { MoveRound } from './move-round.ts';
import { MoveStart } from './move-start.ts';
import { TransferController } from './transfer.controller.ts';
import { TransferService } from './transfer.service.ts';
import { TransferStore } from './transfer-store.ts';

@Module({
  imports: [ClusterModule, CommandModule],
  controllers: [TransferController],
  providers: [
    LeftoverClearing,
    LeftoverRepository,
    MoveRepository,
    MoveRound,
    MoveService,
    MoveStart,
    TransferService,
    {
      provide: TransferStore,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new TransferStore(settings.TRANSFER_DIRECTORY),
    },
  ],
  exports: [LeftoverRepository, MoveRound, MoveService],
})
export class MoveModule {}
