export { type Context, currentContext, runWithContext } from './context.ts';
export * from './health-server.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './shutdown.ts';
export * from './traceparent.ts';
