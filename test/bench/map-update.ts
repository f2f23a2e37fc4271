// What one second's changes of a large network cost the page's main thread, in a real browser.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromiumMissing, openBrowser } from '../chromium.ts';
import type { MapTimes } from './map-update-page.ts';
import { type Bench, quantile, resultOf } from './measuring.ts';

const PAGE = fileURLToPath(new URL('./map-update-page.ts', import.meta.url));

export const mapUpdate: Bench = {
  name: 'map-update',
  async run({ small }) {
    if (chromiumMissing) return [{ bench: 'map-update', 'left out': 'chromium is missing: apt-get install chromium' }];
    const [cells, updates] = small ? [1_000, 3] : [100_000, 30];
    const bundle = await build({ entryPoints: [PAGE], bundle: true, write: false, format: 'iife', logLevel: 'error' });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
      const times: MapTimes = await page.evaluate(([c, u]) => window.measureMap(c!, u!), [cells, updates]);
      return [
        resultOf({
          ...{ bench: 'map-update', value: quantile(times.updates, 0.5), unit: 'ms' },
          // The browser's clock ticks in tenths of a millisecond: less than half a tick is not told from nothing.
          ...{
            baseline: Math.max(0.05, quantile(times.uploads, 0.5)),
            baselineIs: 'one bufferSubData of a byte for each vertex',
          },
          target: { of: 'value', is: '≤', figure: 3 },
          under: `${cells.toLocaleString('en')} cells, a tenth changed, a frame decoded, taken over and drawn as flowers`,
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};
