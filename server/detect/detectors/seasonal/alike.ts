// How far all cells have moved in one KPI over the same weeks: seasons, growth and what is done to a whole network are no creep of one cell.

import { median } from '../../../maths/median.ts';
import type { Cells } from './cells.ts';
import { fromScale, harmOf } from './kpi-rule.ts';
import { LEAST_PEERS } from './peers.ts';
import { LEAST_SITES, type Places } from './places.ts';
import type { Trail } from './trail.ts';

/** Standard deviation of normal values over the median of their distances. */
const NORMAL_DEVIATION = 1.4826;
/** Farther from the middle it is none of the crowd. */
const CROWD_DEVIATIONS = 3;
/** Fewer others than this say nothing of what is common. *Default.* */
export const LEAST_OTHERS = 2;

/** What is common to the cells alike, in the harmful direction: how far they moved, how much that varies, and how many they are. */
export interface AlikeMove {
  common: number;
  scatter: number;
  cells: number;
}

/** One KPI of all cells over the weeks of its trail. */
export class Moves {
  /** By cell slot how far it has moved in the harmful direction, on the scale worked on; of those whose trail is long enough. */
  readonly bySlot = new Map<number, number>();
  private readonly byPool: number[][];
  private readonly known: (AlikeMove | undefined)[] = [];
  private readonly places: Places;

  constructor(
    readonly trail: Trail,
    cells: Cells,
  ) {
    this.places = cells.places;
    this.byPool = Array.from({ length: this.places.poolCount }, () => []);
    const harm = harmOf(trail.memory.rule);
    for (let slot = 0; slot < cells.columns.length; slot++) {
      const series = trail.memory.knownSeries(slot);
      const change = series < 0 ? Number.NaN : harm * trail.change(series);
      if (Number.isNaN(change)) continue;
      this.bySlot.set(slot, change);
      for (const pool of this.places.poolsOf(slot)) this.byPool[pool]!.push(change);
    }
  }

  /** In the narrowest pool of the cell that has enough of them. Of few the mildest tell: nearly all must have moved. */
  alikeTo(slot: number): AlikeMove {
    const pools = this.places.poolsOf(slot);
    for (const pool of pools) {
      if (this.byPool[pool]!.length < LEAST_PEERS || this.places.sitesOf(pool) < LEAST_SITES) continue;
      this.known[pool] ??= moveOf(this.byPool[pool]!);
      return this.known[pool];
    }
    const others = this.byPool[pools.at(-1)!]!.toSorted((a, b) => a - b);
    others.splice(others.indexOf(this.bySlot.get(slot)!), 1);
    const common = others.length < LEAST_OTHERS ? 0 : others[others.length >> 2]!;
    return { common, scatter: 0, cells: others.length };
  }

  /** Whether the cell's level has risen beyond that of the cells alike, by this share and by so many standard deviations of theirs. */
  hasGrown(slot: number, share: number, sigmas: number): boolean {
    const change = this.bySlot.get(slot);
    if (change === undefined) return false;
    const { rule } = this.trail.memory;
    const { common, scatter } = this.alikeTo(slot);
    const rise = harmOf(rule) * (change - common);
    const before = this.trail.reference(this.trail.memory.knownSeries(slot));
    return rise >= sigmas * scatter && fromScale(rule, before + rise) >= (1 + share) * fromScale(rule, before);
  }
}

function moveOf(changes: readonly number[]): AlikeMove {
  const common = median(changes)!;
  const apart = changes.map((change) => Math.abs(change - common));
  // Of those that belong to the crowd the squares tell more surely than the median does.
  const most = CROWD_DEVIATIONS * NORMAL_DEVIATION * median(apart)!;
  const crowd = apart.filter((each) => each <= most);
  const scatter = Math.sqrt(crowd.reduce((sum, each) => sum + each * each, 0) / crowd.length);
  return { common, scatter, cells: changes.length - 1 };
}
