export { BuildLogService } from './build-log.service.ts';
export { LogModule } from './log.module.ts';
