import { Module } from '@nestjs/common';
import { DeploymentController } from './deployment.controller.ts';
import { DeploymentService } from './deployment.service.ts';

@Module({
  controllers: [DeploymentController],
  providers: [DeploymentService],
})
export class DeploymentModule {}
