export * from './key-ring.ts';
export * from './schemas.ts';
export * from './secret.ts';
export * from './settings.ts';
export * from './settings-table.ts';
