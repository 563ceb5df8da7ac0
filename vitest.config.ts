import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These run in an editor: see scripts/editor-suite.ts and test/ui/main.ts.
    exclude: ['test/editor/**', 'test/ui/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Most of them wait for processes they started.
    maxWorkers: 2,
  },
});
