export * from './cluster-file.ts';
export * from './connect-test-cluster.ts';
