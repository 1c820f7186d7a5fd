export { InstanceModule } from './instance.module.ts';
export { InstanceRepository } from './instance.repository.ts';
export { InstanceService } from './instance.service.ts';
export { InstanceSystemRepository } from './instance.system-repository.ts';
export type { InstanceRow } from './instance-row.ts';
