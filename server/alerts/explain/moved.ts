// What else was outside its usual range in the same period, on the cell and around it.

import { findKpi } from '../../model/catalogue.ts';
import type { Moved } from '../../model/explanation.ts';

/** The usual range of one KPI at one time. */
export interface Range {
  low: number;
  mid: number;
  high: number;
}

/** All KPIs of one cell in one period, with their usual ranges where these are known. */
export interface Judged {
  cell: string;
  kpis: Readonly<Record<string, number>>;
  usual: Readonly<Record<string, Range | null>>;
}

/** The worst that any distance is worth; beyond it only the order is of interest. */
const MOST_STRENGTH = 99;

/** Distance from the middle in halves of the range, signed: beyond −1 or 1 it is outside. */
export function strengthOf(value: number, { low, mid, high }: Range): number {
  const half = value >= mid ? high - mid : mid - low;
  const distance = half > 0 ? (value - mid) / half : 0;
  return Math.max(-MOST_STRENGTH, Math.min(MOST_STRENGTH, distance));
}

/** Strongest first; `from`: the distance from which a KPI has moved, 1 is at the edge of its range. */
export function movedOf({ cell, kpis, usual }: Judged, from = 1): Moved[] {
  return Object.entries(kpis)
    .flatMap(([kpi, observed]) => {
      const range = usual[kpi];
      if (!range || !findKpi(kpi)) return [];
      const strength = strengthOf(observed, range);
      return Math.abs(strength) > from ? [movedBy(kpi, cell, observed, range, strength)] : [];
    })
    .sort((a, b) => b.strength - a.strength || (a.kpi < b.kpi ? -1 : 1));
}

function movedBy(kpi: string, cell: string, observed: number, { low, mid, high }: Range, signed: number): Moved {
  const direction = signed > 0 ? 'up' : 'down';
  return {
    ...{ kpi, cell, observed, expected: mid, low, high, direction },
    strength: Math.abs(signed),
    said: { code: `moved-${direction}`, values: { kpi, cell, observed, expected: mid, low, high } },
  };
}
