// Builds the page, and runs the two families of tests: the server's in Node, the page's parts in a DOM.

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: 'web',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '/api': { target: 'http://localhost:8080', ws: true } } },
  test: {
    root: here,
    // Tests that start a server mostly wait for it: the default, a worker fewer than cores, would leave two cores half idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // Kept apart from the page's tests: browser resolution would turn `ws` into a stub.
        test: {
          name: 'server',
          root: here,
          include: ['test/**/*.test.ts'],
          exclude: ['test/web/**'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // What comes soon comes later on a machine that is busy.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          ...{ name: 'web', root: here, include: ['test/web/**/*.test.ts'], environment: 'jsdom' },
          ...{ testTimeout: 20_000, expect: { poll: { timeout: 10_000 } } },
        },
      },
    ],
  },
});
