import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{src,bootstrap}/**/*.test.{ts,mjs}'], testTimeout: 30_000 },
});
