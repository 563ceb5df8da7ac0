import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { FOREIGN, slowTests } from './test/support/fast.ts';

const slow = slowTests();

export default defineConfig({
  // Only an extension host has the module.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/extension/vscode.ts', import.meta.url)) } },
  test: {
    pool: 'forks',
    // Hundreds of processes are started from source. Node compiles a file for the first of them: half of what a command line takes that answers one question.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/compiled', import.meta.url)) },
    // Most of the slow ones wait for processes they started.
    maxWorkers: 2,
    // Unlike other options, this one does not reach projects from the command line. The launch configuration "Test file" switches it off.
    hookTimeout: process.argv.includes('--hookTimeout=0') ? 0 : 240_000,
    projects: [
      {
        extends: true,
        test: {
          // Logic on values. A new test belongs here until it imports what is slow: test/support/fast.ts.
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...FOREIGN, ...slow],
          setupFiles: ['test/support/fast-setup.ts'],
          // They share nothing that they change, so they share what they import.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: slow, testTimeout: 240_000 },
      },
    ],
  },
});
