// A detector for one series of any kind: row by row a score from 0 to 1, from the rows so far alone, in constant memory.

import { Channel } from './channel.ts';
import { Gaps } from './gaps.ts';
import { Pace } from './pace.ts';
import type { AnySeriesProfile } from './profile.ts';
import { Season } from './season.ts';
import { Verdict } from './verdict.ts';
import { type View, Views } from './views.ts';

const HOUR_MS = 3_600_000;
const VIEWS: readonly View[] = ['level', 'mid', 'jump', 'shift', 'spread', 'flat'];
/** Far beyond what anybody measures, and small enough that sums stay finite. */
const MOST = 1e150;

export class AnySeries {
  private readonly pace = new Pace();
  private readonly season: Season;
  private readonly views: Views;
  private readonly channels: Record<View | 'density', Channel>;
  private readonly gaps: Gaps;
  private readonly verdict: Verdict;
  private density = 0;
  private apart = 0;

  constructor(private readonly profile: AnySeriesProfile) {
    const channel = (name: View | 'density') => new Channel(profile.channels[name], profile);
    this.season = new Season(profile);
    this.views = new Views(profile);
    this.channels = {
      level: channel('level'),
      mid: channel('mid'),
      jump: channel('jump'),
      shift: channel('shift'),
      spread: channel('spread'),
      flat: channel('flat'),
      density: channel('density'),
    };
    this.gaps = new Gaps(profile.tail.memory);
    this.verdict = new Verdict(profile);
  }

  /**
   * The score of the next row, 0.5 and more is an alarm; it learns as it goes.
   *
   * @param at epoch milliseconds; rows may share a time or go back in it: the order of calls counts
   * @param measured any finite number; NaN: nothing was measured
   */
  judge(at: number, measured: number): number {
    const { profile, pace } = this;
    pace.tick(at);
    this.apart = Math.max(profile.apartHours * HOUR_MS, profile.apartRows * pace.periodMs);
    const missing = this.gaps.judge(Number.isNaN(measured));
    if (Number.isNaN(measured)) return this.verdict.score(missing, pace.periodMs);
    const value = Math.min(MOST, Math.max(-MOST, measured));
    const surprise = this.surprise(at, value);
    this.learn(value, surprise > this.verdict.line(pace.periodMs) ? profile.incidentWeight : 1);
    return this.verdict.score(surprise, pace.periodMs);
  }

  /** The greatest surprise of the channels, and a share of the others'. */
  private surprise(at: number, value: number): number {
    const { views, profile } = this;
    views.look(value, this.season.partAt(at), this.season.deviation(value));
    let sum = 0;
    let greatest = 0;
    for (const view of VIEWS) {
      const surprise = this.channels[view].judge(views.sizes[view], views.least[view], at, this.apart);
      sum += surprise;
      greatest = Math.max(greatest, surprise);
    }
    const fused = greatest + profile.others * (sum - greatest);
    this.density += (Math.min(fused, profile.densityMost) - this.density) / profile.densityRows;
    const dense = this.channels.density.judge(this.density, 0, at, this.apart);
    return Math.max(fused, dense) + profile.others * Math.min(fused, dense);
  }

  private learn(value: number, weight: number): void {
    const { channels, views, pace } = this;
    for (const view of VIEWS) if (view !== 'flat') channels[view].learn(weight);
    channels.density.learn(weight);
    if (views.endedRun !== undefined) channels.flat.learnSize(views.endedRun);
    this.season.learn(value, pace.periodMs, weight);
    views.learn(weight);
  }
}
