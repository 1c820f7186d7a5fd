import { Module } from '@nestjs/common';
import { ClusterRepository } from './cluster.repository.ts';
import { ClusterService } from './cluster.service.ts';
import { Placement } from './placement.ts';

@Module({
  providers: [ClusterRepository, ClusterService, Placement],
  exports: [ClusterRepository, ClusterService, Placement],
})
export class ClusterModule {}
