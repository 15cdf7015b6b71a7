import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const noNetwork = './test/support/no-network.ts';

/** Generous, because a busy machine proves nothing about the code. */
const unitLimits = { testTimeout: 20_000, hookTimeout: 60_000 };

/** Two cores carry stores, functions and tests at once, so files that use real stores run one after the other. */
const onRealStores = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 240_000, retry: 0 };

/** Functions that run in the tests' own process would bury the outcome under their logs. */
const quietFunctions = { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' };

export default defineConfig({
  test: {
    // The stores end gracefully, which takes longer than vitest's own 10 s.
    teardownTimeout: 90_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/web/**'],
          environment: 'node',
          setupFiles: [noNetwork],
          ...unitLimits,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'unit-web',
          include: ['test/unit/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: [noNetwork],
          ...unitLimits,
          css: { modules: { classNameStrategy: 'non-scoped' } },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          exclude: ['test/infra/lint/**'],
          environment: 'node',
          setupFiles: [noNetwork],
          // Loading the CDK takes longer than any of the tests: one process loads it once for all files.
          isolate: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Makes a Python environment at its first run, which needs the network and time.
        test: {
          name: 'infra-lint',
          include: ['test/infra/lint/**/*.test.ts'],
          environment: 'node',
          testTimeout: 600_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real sockets and child processes on loopback, but no stores: quick to run while working on local/.
        test: {
          name: 'loopback',
          include: ['test/integration/loopback/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/loopback/**'],
          environment: 'node',
          globalSetup: ['./test/support/stores-set-up.ts'],
          env: quietFunctions,
          sequence: { groupOrder: 2 },
          ...onRealStores,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/{api,claims,drills,page}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/system-set-up.ts'],
          sequence: { groupOrder: 3 },
          ...onRealStores,
        },
      },
      {
        // What goes over the API and the socket, once more on functions that run as Lambda runs them.
        test: {
          name: 'e2e-like-lambda',
          include: ['test/e2e/{api,claims}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/system-set-up.ts'],
          sequence: { groupOrder: 4 },
          ...onRealStores,
        },
      },
      {
        // All stacks, deployed for real to an emulator of AWS.
        test: {
          name: 'deployed',
          include: ['test/e2e/deployed/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/emulator-set-up.ts'],
          sequence: { groupOrder: 5 },
          ...onRealStores,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
