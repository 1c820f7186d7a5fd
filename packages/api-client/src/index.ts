export * from './client.ts';
export type * from './generated/schema.ts';
export * from './problem.ts';
