import { defineConfig } from 'vitest/config';

/** One file after another: some of them stop parts of the cluster that all share. */
export default defineConfig({
  test: {
    include: ['src/**/*.cluster.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxConcurrency: 3,
    fileParallelism: false,
  },
});
