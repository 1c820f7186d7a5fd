import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.cluster.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    // What needs no images of the platform runs while they are built.
    maxWorkers: 2,
  },
});
