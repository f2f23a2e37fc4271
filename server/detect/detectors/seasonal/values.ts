// The inner loop of the detector: every value of a run is judged, then learned unless something is wrong with its cell.

import type { Cells } from './cells.ts';
import { periodFactor } from './kpi-rule.ts';
import type { SeasonalProfile } from './profile.ts';
import { ROW, type Run } from './run.ts';
import type { Hit, Series } from './series.ts';

/** KPIs beyond the line of release, by position in the run. */
export type Hits = Map<number, Hit[]>;

export class Values {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
  ) {}

  /** One KPI of all cells of the run. */
  observe(run: Run, memory: Series, values: Float64Array, hits: Hits): void {
    const { rule } = memory;
    const attempts = rule.attempts === undefined ? undefined : run.columns.get(rule.attempts);
    const byAttempts = rule.model === 'ratio';
    if (byAttempts && !attempts) return;
    const unlessByAttempts = !byAttempts && rule.unlessAttempts ? run.columns.get(rule.unlessAttempts) : undefined;
    for (let i = 0; i < run.rows.length; i++) {
      if (run.status[i] !== ROW.judged) continue;
      const row = run.rows[i]!;
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      const behind = attempts ? attempts[row]! : Number.NaN;
      if (byAttempts ? Number.isNaN(behind) : unlessByAttempts && unlessByAttempts[row]! >= 0) continue;
      this.observeValue(run, i, memory, value, behind, hits);
    }
  }

  private observeValue(run: Run, i: number, memory: Series, value: number, attempts: number, hits: Hits): void {
    const slot = run.slots[i]!;
    const series = memory.seriesOf(slot, this.cells.columns.fields.seed[slot]!);
    const { lastAt } = memory.columns.fields;
    if (run.at <= lastAt[series]!) return;
    lastAt[series] = run.at;
    const seconds = run.batch.periodSeconds[run.rows[i]!]!;
    const scaled = value * periodFactor(memory.rule, seconds);
    const bin = run.bins[i]!;
    const strength = memory.judge(series, bin, seconds / 3600, scaled, attempts);
    if (!Number.isNaN(strength)) {
      if (strength >= this.profile.releaseStrength) {
        const hit = memory.hit(series, run.rows[i]!, strength, value, attempts, seconds);
        hits.set(i, [...(hits.get(i) ?? []), hit]);
      }
      const change = memory.confirm(series, strength);
      if (change !== 0) this.cells.columns.fields.raised[slot]! += change;
      if (this.tookNewLevel(memory, series, slot, seconds)) return;
    }
    if (memory.isCold(series) || !this.cells.isFrozen(slot)) {
      memory.learn(series, bin, seconds / 3600, run.at, attempts);
    }
  }

  private tookNewLevel(memory: Series, series: number, slot: number, periodSeconds: number): boolean {
    const f = this.cells.columns.fields;
    if (memory.isCold(series) || f.faultSince[slot]! > 0) return false;
    if (!memory.acceptNewLevel(series, periodSeconds / 3600)) return false;
    if (memory.columns.fields.raised[series] === 1) f.raised[slot]! += memory.release(series);
    return true;
  }
}
