export { MetricModule } from './metric.module.ts';
export { MetricService } from './metric.service.ts';
