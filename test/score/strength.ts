// What baselines share: how far each cell is out of line in each period, and alerts made of that with a line and hysteresis.

import { findKpi } from '../../server/model/catalogue.ts';
import type { Kpi } from '../../server/model/kpi.ts';
import type { ReadingsTable } from './readings-table.ts';
import type { ScoredAlert } from './scored-alert.ts';

/** One number a cell and period, laid out as the columns of the table; 0 where nothing can be said. */
export type Strengths = Float32Array;

/** How far a value is out of line the way that hurts; 0 or less where it is not, or cannot be judged. Must look back only. */
export type Judge = (value: number, place: number) => number;

/** A ratio of fewer attempts, or a mean of fewer users, says nothing. */
const LEAST_ATTEMPTS = 20;
const LEAST_USERS = 3;
/** Share of a period of planned works or energy saving of which every operator's tools are told. */
const EXCUSED_SHARE = 0.1;
/** Said by availability already. */
const LEFT_OUT = new Set(['fault_unavail_s']);

/** KPIs of the table that can hurt, with values that rest on too little, or on excused periods, taken out. */
export function* judgedColumns(table: ReadingsTable): Generator<{ kpi: Kpi; values: Float64Array }> {
  const excused = excusedPlaces(table);
  for (const id of table.kpis) {
    const kpi = findKpi(id);
    if (!kpi || kpi.worse === 'none' || LEFT_OUT.has(id)) continue;
    const attempts = kpi.attempts && table.kpis.includes(kpi.attempts) ? table.column(kpi.attempts) : undefined;
    const least = kpi.aggregation === 'ratio-of-sums' ? LEAST_ATTEMPTS : LEAST_USERS;
    const values = table.column(id).slice();
    for (let place = 0; place < values.length; place++) {
      if (excused[place] === 1 || (attempts && !(attempts[place]! >= least))) values[place] = Number.NaN;
    }
    yield { kpi, values };
  }
}

function excusedPlaces(table: ReadingsTable): Uint8Array {
  const excused = new Uint8Array(table.heard.length);
  const least = (EXCUSED_SHARE * table.periodMs) / 1000;
  for (const kpi of ['planned_unavail_s', 'saving_s']) {
    if (!table.kpis.includes(kpi)) continue;
    table.column(kpi).forEach((seconds, place) => {
      if (seconds >= least) excused[place] = 1;
    });
  }
  return excused;
}

/** 1 for values that hurt when high, −1 when low; those that hurt both ways count as high. */
export const harmOf = ({ worse }: Kpi) => (worse === 'lower' ? -1 : 1);

/**
 * The strongest KPI of each cell and period. A KPI is as far out as in the second worst of its last three periods, or half as
 * far as it is now: what is far out is believed at once, the rest when it comes again.
 */
export function raiseStrengths(into: Strengths, values: Float64Array, cells: number, judge: Judge): void {
  const last = new Float32Array(3 * cells);
  for (let place = 0; place < values.length; place++) {
    const cell = place % cells;
    const value = values[place]!;
    const now = Number.isNaN(value) ? 0 : judge(value, place);
    last.copyWithin(3 * cell, 3 * cell + 1, 3 * cell + 3);
    last[3 * cell + 2] = Math.max(0, now);
    const [a, b, c] = [last[3 * cell]!, last[3 * cell + 1]!, last[3 * cell + 2]!];
    const second = Math.max(Math.min(a, b), Math.min(b, c), Math.min(a, c));
    into[place] = Math.max(into[place]!, second, c / 2);
  }
}

export interface AlertRule {
  /** Strength from which a cell is out of line. */
  line: number;
  /** Below this share of the line, for so many periods, it is in line again. */
  release: number;
  clearPeriods: number;
  /** Without a reading for so many periods a cell is silent. */
  silentPeriods: number;
}

export const USUAL_RULE: Omit<AlertRule, 'line'> = { release: 0.7, clearPeriods: 3, silentPeriods: 3 };

/** One alert at a time a cell for what is out of line, and one for silence. */
export function alertsOf(table: ReadingsTable, strengths: Strengths, rule: AlertRule): ScoredAlert[] {
  const alerts: ScoredAlert[] = [];
  const say = (kind: 'anomaly' | 'silent', cell: string, period: number) => {
    const at = table.endOf(period);
    alerts.push({ id: `${kind} ${cell} ${at}`, kind, scope: 'cell', cells: [cell], raises: [at] });
  };
  table.cells.forEach((id, cell) => {
    const state = { isOpen: false, calm: 0, missed: Number.POSITIVE_INFINITY };
    for (let period = 0; period < table.periods; period++) {
      const place = period * table.cells.length + cell;
      if (table.heard[place] === 1) state.missed = 0;
      else if (++state.missed === rule.silentPeriods) say('silent', id, period);
      const strength = strengths[place]!;
      if (!state.isOpen && strength >= rule.line) {
        state.isOpen = true;
        say('anomaly', id, period);
      }
      state.calm = strength >= rule.release * rule.line ? 0 : state.calm + 1;
      if (state.calm >= rule.clearPeriods) state.isOpen = false;
    }
  });
  return alerts.sort((a, b) => a.raises[0]! - b.raises[0]!);
}
