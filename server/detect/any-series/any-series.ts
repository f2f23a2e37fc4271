// A detector for one series of any kind: row by row a score from 0 to 1, from the rows so far alone, in constant memory.

import { Counter } from './counter.ts';
import { Gaps } from './gaps.ts';
import { Pace } from './pace.ts';
import type { AnySeriesProfile } from './profile.ts';
import { Surprise } from './surprise.ts';
import { Verdict } from './verdict.ts';

const HOUR_MS = 3_600_000;
/** Far beyond what anybody measures, and small enough that sums stay finite. */
const MOST = 1e150;

export class AnySeries {
  private readonly pace = new Pace();
  private readonly counter: Counter;
  private readonly gaps: Gaps;
  private surprise: Surprise;
  private verdict: Verdict;

  constructor(private readonly profile: AnySeriesProfile) {
    this.counter = new Counter(profile);
    this.gaps = new Gaps(profile.tail.memory);
    this.surprise = new Surprise(profile);
    this.verdict = new Verdict(profile);
  }

  /**
   * The score of the next row, 0.5 and more is an alarm; it learns as it goes.
   *
   * @param at epoch milliseconds; rows may share a time or go back in it: the order of calls counts
   * @param measured any finite number; NaN: nothing was measured
   */
  judge(at: number, measured: number): number {
    this.pace.tick(at);
    const { periodMs } = this.pace;
    const isMissing = Number.isNaN(measured);
    const missing = this.gaps.judge(isMissing);
    const surprise = isMissing ? missing : this.surpriseOf(at, Math.min(MOST, Math.max(-MOST, measured)));
    return this.verdict.score(surprise, periodMs);
  }

  private surpriseOf(at: number, value: number): number {
    const { profile, pace, counter } = this;
    const wasTotal = counter.isTotal;
    const flow = counter.flow(at, value);
    if (counter.isTotal !== wasTotal) this.beginAnew();
    const apart = Math.max(profile.apartHours * HOUR_MS, profile.apartRows * pace.periodMs);
    const surprise = this.surprise.judge(at, flow, apart);
    const isAlarm = surprise > this.verdict.line(pace.periodMs);
    this.surprise.learn(flow, pace.periodMs, isAlarm ? profile.incidentWeight : 1);
    return surprise;
  }

  /** A level has turned out to be a running total, or the reverse: nothing learned holds for what is judged from now on. */
  private beginAnew(): void {
    this.surprise = new Surprise(this.profile);
    this.verdict = new Verdict(this.profile);
  }
}
