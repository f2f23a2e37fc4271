// The bench itself: a quick run tells every row as a line of JSON. Its figures are not looked at.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { LeftOut, Result } from './measuring.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const ROWS = [
  'ingest-embedded',
  'ingest-influx',
  'detector-speed',
  'detector-memory',
  'detect-file-speed',
  'detect-file-memory',
  'foretell-period',
  'foretell-memory',
  'foretell-training',
  'foretell-training-memory',
  'foretell-capacity-day',
  'foretell-capacity-memory',
  'alert-latency-p50',
  'alert-latency-p99',
  'pm-file',
  'pm-file-accepted',
  'cells-frame',
  'cells-list',
  'cell-chart-p50',
  'map-update',
  'samples-binned',
  'coverage-map-p50',
  'stars-scored',
  'star-page-p50',
];

const bench = (...args: string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', MAIN, ...args]);

describe('npm run bench', () => {
  it('prints one line of JSON a row: the figure, its baseline, the target, or how to have it', async () => {
    const { stdout } = await bench('--small');
    const lines = stdout.trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as Result | LeftOut);
    expect(rows.map((row) => row.bench)).toEqual(ROWS);
    for (const row of rows) {
      if ('left out' in row) {
        expect(row['left out']).toMatch(/is missing: apt-get install/);
        continue;
      }
      expect(row).toMatchObject({
        value: expect.any(Number),
        unit: expect.stringMatching(/\w/),
        baselineIs: expect.stringMatching(/\w/),
        target: expect.stringMatching(/^[≥≤] \d/),
        met: expect.any(Boolean),
      });
      expect(row.value).toBeGreaterThan(0);
      expect(row.baseline).toBeGreaterThan(0);
      // All three are rounded to four figures.
      expect((row.ratio * row.baseline) / row.value).toBeCloseTo(1, 2);
    }
  }, 120_000);

  it('says which rows there are when one is not known', async () => {
    await expect(bench('ingest-nowhere')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ingest-nowhere; there are ingest-embedded, .*map-update.*stars/),
    });
  });
});
