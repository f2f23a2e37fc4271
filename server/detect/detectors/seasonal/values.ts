// The inner loop of the detector: every value of a run is judged; what is in line is learned, what is not waits for the rest of the run.
// Its time goes into calls rather than into memory or sums: V8 puts methods in place of their calls only up to some 900 bytecodes in
// all, and numbers of a call that stays one are boxed. So what most values need stands in short methods, what few need in others that
// these call, and what is the same for a row or a length of period is reckoned once (`learns` of a run, Pace).

import type { Budget } from './budget.ts';
import type { Cells } from './cells.ts';
import { periodFactor } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import type { SeasonalProfile } from './profile.ts';
import { isAhead, ROW, type Run } from './run.ts';
import type { Channel, Hit, Series } from './series.ts';

/** KPIs beyond the line of release of their channel, by position in the run. */
export type Hits = Map<number, Hit[]>;

/** A value out of line as it was measured: whether that means anything is told by the other values of its period. */
export interface Outlier {
  /** Position in the run. */
  i: number;
  memory: Series;
  series: number;
  value: number;
  attempts: number;
  strength: number;
  channel: Channel;
  /** A shift that all of its peers make: theirs, and not its own. */
  isShared?: true;
}

export class Values {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly budget: Budget,
  ) {}

  /** One KPI of all cells of the run: what is in line is learned, the rest is handed back. */
  observe(run: Run, memory: Series, values: Float64Array, outliers: Outlier[]): void {
    const { rule, peers } = memory;
    const attempts = rule.attempts === undefined ? undefined : run.columns.get(rule.attempts);
    const byAttempts = rule.model === 'ratio';
    if (byAttempts && !attempts) return;
    const unlessByAttempts = !byAttempts && rule.unlessAttempts ? run.columns.get(rule.unlessAttempts) : undefined;
    const { poolOf, poolCount, widerOf } = this.cells.places;
    const { shiftRelease } = this.profile;
    if (!isAhead(run)) peers.begin(run.at, poolCount);
    for (let i = 0; i < run.rows.length; i++) {
      if (run.status[i] !== ROW.judged) continue;
      const row = run.rows[i]!;
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      const behind = attempts ? attempts[row]! : Number.NaN;
      if (byAttempts ? Number.isNaN(behind) : unlessByAttempts && unlessByAttempts[row]! >= 0) continue;
      const slot = run.slots[i]!;
      const series = memory.seriesOf(slot, this.cells.columns.fields.seed[slot]!);
      const { lastAt } = memory.columns.fields;
      if (run.at <= lastAt[series]!) continue;
      lastAt[series] = run.at;
      const strength = this.judge(run, i, memory, series, value, behind);
      if (Number.isNaN(strength)) {
        this.settle(run, i, memory, series, strength, behind);
        continue;
      }
      const pool = poolOf[slot]!;
      peers.add(pool, widerOf, run.at, strength);
      const pace = run.paces[i]!;
      memory.trace(series, strength, value, pace);
      // Most values are in line and move: they need no further look.
      const channel =
        (strength >= shiftRelease || memory.columns.fields.alike[series]! > 0) &&
        memory.channelOf(series, strength, pace, peers.commonLately(pool, widerOf));
      if (channel) outliers.push({ i, memory, series, value, attempts: behind, ...channel });
      else this.settle(run, i, memory, series, strength, behind);
    }
  }

  /** What is left of an outlier once all that excuses it is taken off. */
  resolve(run: Run, outlier: Outlier, strength: number, hits: Hits): void {
    const { i, memory, series, value, attempts } = outlier;
    this.judge(run, i, memory, series, value, attempts);
    const { shiftRelease, releaseStrength } = this.profile;
    if (strength === 0 && !outlier.isShared) memory.forgetShift(series);
    if (strength >= (outlier.channel === 'shift' ? shiftRelease : releaseStrength)) {
      const hit = memory.hit(series, run.rows[i]!, strength, value, attempts, run.paces[i]!, outlier.channel);
      hits.set(i, [...(hits.get(i) ?? []), hit]);
    }
    this.settle(run, i, memory, series, strength, attempts, outlier.channel, strength < outlier.strength);
  }

  private judge(run: Run, i: number, memory: Series, series: number, value: number, attempts: number): number {
    const pace = run.paces[i]!;
    return memory.judge(series, run.bins[i]!, pace, value * periodFactor(memory.rule, pace.seconds), attempts);
  }

  /** Confirms or releases by the value just judged, and learns it unless something is wrong or uncommon. */
  private settle(
    run: Run,
    i: number,
    memory: Series,
    series: number,
    strength: number,
    attempts: number,
    channel: Channel = 'residual',
    excused = false,
  ): void {
    const pace = run.paces[i]!;
    if (!Number.isNaN(strength)) {
      const change = memory.confirm(series, strength, this.budget.line, channel);
      if (change !== 0) this.cells.columns.fields.raised[run.slots[i]!]! += change;
      if (this.tookNewLevel(run, i, memory, series, pace)) return;
    }
    const isCommon = !excused && run.learns[i] === 1 && !memory.mayHaveShifted(series);
    if (isCommon || memory.isCold(series)) {
      memory.learn(series, run.bins[i]!, pace, run.at, attempts);
    }
  }

  private tookNewLevel(run: Run, i: number, memory: Series, series: number, pace: Pace): boolean {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    if (run.learns[i] === 0 && f.faultSince[slot]! > 0) return false;
    if (!memory.acceptNewLevel(series, pace)) return false;
    if (memory.columns.fields.raised[series]! > 0) f.raised[slot]! += memory.release(series);
    return true;
  }
}
