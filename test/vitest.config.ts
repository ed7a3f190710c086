/** How the tests run; here rather than at the top level, so `npm test` names this file. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/fakes/postgres-global.ts'],
    reporters: ['default', './test/count-reporter.ts'],
  },
});
