// The table of reports by distance and level on the cell page: every judged report in one field, weak ones left of the line.

import { expect, test } from 'vitest';
import type { CellTimingAdvance } from '../../server/api/contract.ts';
import { timingGrid } from '../../web/pages/cell/timing-grid.ts';

const row = (
  [fromM, toM]: [number | null, number | null],
  [lowDbm, highDbm]: [number | null, number | null],
  samples: number,
  form: 'reports' | 'statistics' = 'reports',
) => ({ form, fromM, toM, lowDbm, highDbm, samples });
const share = { samples: 0, share: 0, low: 0, high: 0 };
const timing = (rows: CellTimingAdvance['rows'], form: CellTimingAdvance['form'] = 'reports'): CellTimingAdvance => ({
  ...{ cell: 'pier-1', from: null, to: null, form, weakDbm: -110, nearM: 500, farM: 900, meanM: 300, rows },
  samples: rows
    .filter((one) => one.form === form && one.fromM !== null && (one.lowDbm ?? one.highDbm) !== null)
    .reduce((sum, one) => sum + one.samples, 0),
  ...{ weakNear: share, weakFar: share, strongFar: share, verdict: { kind: 'good', why: '' } },
});

test('each report stands by its distance and level, as a share of all', () => {
  const grid = timingGrid(
    timing([
      row([0, 78], [-115, -110], 10),
      row([78, 156], [-110, -105], 20),
      row([1249, 1406], [-95, -90], 30),
      row([19986, null], [-60, null], 40),
      row([null, null], [-60, null], 500),
      row([0, 234], [null, -110], 500, 'statistics'),
    ]),
  );
  expect(grid.columns.map(({ lowDbm }) => lowDbm)).toEqual([null, -110, -100, -90]);
  expect(grid.rows.map(({ shares }) => shares)).toEqual([
    [0.1, 0.2, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0.3, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0.4],
  ]);
  expect(grid.most).toBe(0.4);
});

test('statistics whose lowest bin is all below the line are weak, and far rows without any are left out', () => {
  const rows = [row([0, 234], [null, -110], 3, 'statistics'), row([234, 469], [-110, -105], 1, 'statistics')];
  expect(timingGrid(timing(rows, 'statistics')).rows).toEqual([
    { fromM: 0, toM: 156, shares: [0.75, 0, 0, 0] },
    { fromM: 156, toM: 312, shares: [0, 0, 0, 0] },
    { fromM: 312, toM: 625, shares: [0, 0.25, 0, 0] },
  ]);
  expect(timingGrid(timing([], null))).toMatchObject({ rows: [], most: 0 });
});
