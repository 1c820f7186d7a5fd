export * from './build-plan.ts';
