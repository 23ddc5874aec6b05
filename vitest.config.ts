import { defineConfig } from 'vitest/config';

/** How long something is waited for before it counts as not coming: a busy machine takes its time. */
const expect = { poll: { timeout: 30_000 } };

/** `unit`: no outside process. `integration`: real Postgres, containerd, nftables, git, kubectl; one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          environment: 'node',
          testTimeout: 60_000,
          expect,
          setupFiles:
            process.env.GANTRY_FUZZ_FACTOR === undefined
              ? []
              : ['packages/machinery/src/testing/fuzz-setup.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/src/**/*.integration.test.ts', 'e2e/integration/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          expect,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
