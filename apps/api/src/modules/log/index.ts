export { LogModule } from './log.module.ts';
export type { LogSink } from './log-watch.ts';
export { LogWatches } from './log-watches.ts';
