// Measurement reports of a cell as a small table: rows by distance, columns by level, each the share of all reports.

import type { CellTimingAdvance } from '../../../server/api/contract.ts';

/** Lower edges of the rows, metres: 2, 4, 8 … steps of timing advance. */
const DISTANCES_M = [0, 156, 312, 625, 1249, 2498, 4997];
/** Columns after the weak one begin so many dB above the line. */
const ABOVE_DB = [0, 10, 20];

export interface TimingGrid {
  rows: { fromM: number; toM: number | null; shares: number[] }[];
  /** The first is all that is weak; null is open. */
  columns: { lowDbm: number | null; highDbm: number | null }[];
  /** The largest share, 0…1. */
  most: number;
}

/** Of the counts that are judged; rows beyond the farthest report are left out. */
export function timingGrid({ rows, form, samples, weakDbm }: CellTimingAdvance): TimingGrid {
  const edges = ABOVE_DB.map((above) => weakDbm + above);
  const columns = [null, ...edges].map((lowDbm, i) => ({ lowDbm, highDbm: edges[i] ?? null }));
  const grid = DISTANCES_M.map((fromM, i) => ({
    ...{ fromM, toM: DISTANCES_M[i + 1] ?? null },
    shares: columns.map(() => 0),
  }));
  for (const row of rows) {
    if (row.form !== form || row.fromM === null || (row.lowDbm === null && row.highDbm === null)) continue;
    const middleM = row.toM === null ? row.fromM : (row.fromM + row.toM) / 2;
    const place = DISTANCES_M.findLastIndex((edge) => edge <= middleM);
    grid[place]!.shares[columnOf(row, edges)]! += row.samples / samples;
  }
  const last = grid.findLastIndex(({ shares }) => shares.some((share) => share > 0));
  const shown = grid.slice(0, last + 1);
  return { rows: shown, columns, most: Math.max(0, ...shown.flatMap(({ shares }) => shares)) };
}

type Level = Pick<CellTimingAdvance['rows'][number], 'lowDbm' | 'highDbm'>;

function columnOf({ lowDbm, highDbm }: Level, edges: readonly number[]): number {
  if (highDbm !== null && highDbm <= edges[0]!) return 0;
  return (
    1 +
    Math.max(
      0,
      edges.findLastIndex((edge) => edge <= (lowDbm ?? edges[0]!)),
    )
  );
}
