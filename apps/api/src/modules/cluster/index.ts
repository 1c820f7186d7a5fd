export { ClusterModule } from './cluster.module.ts';
export { ClusterRepository } from './cluster.repository.ts';
export { ClusterService } from './cluster.service.ts';
export type { ClusterEngine, ClusterRow, ClusterState } from './cluster.ts';
export { Placement } from './placement.ts';
