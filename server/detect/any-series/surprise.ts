// How surprising a value is after those before it: seasons taken off, then all channels, fused to one number.

import { Channel } from './channel.ts';
import type { AnySeriesProfile } from './profile.ts';
import { Season } from './season.ts';
import { type View, Views } from './views.ts';

const VIEWS: readonly View[] = ['level', 'mid', 'jump', 'shift', 'spread', 'flat'];

export class Surprise {
  private readonly season: Season;
  private readonly views: Views;
  private readonly channels: Record<View | 'density', Channel>;
  private density = 0;

  constructor(private readonly profile: AnySeriesProfile) {
    const channel = (name: View | 'density') => new Channel(profile.weights[name], profile);
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
    // A value that comes twice is nothing in any series: longer standstills are measured against that.
    this.channels.flat.learnSize(1);
  }

  /**
   * −log10 of a chance: the greatest surprise of the channels, and a share of the others'.
   *
   * @param at epoch milliseconds  @param apart what lies closer than this is of one peak, milliseconds
   */
  judge(at: number, value: number, apart: number): number {
    const { views, profile, channels } = this;
    views.look(value, this.season.partAt(at), this.season.deviation(value), this.season.slack());
    let sum = 0;
    let greatest = 0;
    for (const view of VIEWS) {
      const surprise = channels[view].judge(views.sizes[view], views.least[view], at, apart);
      sum += surprise;
      greatest = Math.max(greatest, surprise);
    }
    const fused = greatest + profile.others * (sum - greatest);
    this.density += (Math.min(fused, profile.densityMost) - this.density) / profile.densityRows;
    const dense = channels.density.judge(this.density, 0, at, apart);
    return Math.max(fused, dense) + profile.others * Math.min(fused, dense);
  }

  /** Learns the value judged last, with a weight from 0 to 1. */
  learn(value: number, periodMs: number, weight: number): void {
    const { channels, views } = this;
    for (const view of VIEWS) if (view !== 'flat') channels[view].learn(weight);
    channels.density.learn(weight);
    if (views.endedRun !== undefined) channels.flat.learnSize(views.endedRun);
    this.season.learn(value, periodMs, weight);
    views.learn(weight);
  }
}
