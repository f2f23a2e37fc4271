// What the peers of a cell do at the same time: weather, holidays and far transmitters move all of a pool alike.

/** Strengths from −4 to 4 are counted in steps of a quarter. */
const STEPS = 32;
const LEAST = -4;
const PER_STRENGTH = 4;
const HOUR_MS = 3_600_000;
/** A pool of fewer says nothing about what is common. *Default.* */
const LEAST_PEERS = 8;
/** The middle peer must be off by this share of the line before any common movement is taken, by `SURELY` all of it is. *Default.* */
const FIRST = 0.15;
const SURELY = 0.35;

/** How far the peers are out of line together, in strengths. */
export interface Common {
  /** That is taken off each: three of four peers are off by no more. */
  level: number;
  /** The middle peer. */
  median: number;
  peers: number;
}

export const NOTHING_COMMON: Common = { level: 0, median: 0, peers: 0 };

export interface PeersState {
  at: number;
  counts: number[];
  before: Common[];
  lately: number[];
}

/** Of one KPI: how many peers of each pool are how far out of line in the newest period. */
export class Peers {
  private at = 0;
  private counts = new Uint32Array(0);
  /** What was common in the period before, by pool, and the median on the average of the last hours. */
  private before: Common[] = [];
  private lately: number[] = [];

  constructor(private readonly averageHours: number) {}

  /** Values of a period are coming; of an older one nothing is counted. */
  begin(at: number, pools: number): void {
    if (this.counts.length < pools * STEPS) {
      const more = new Uint32Array(pools * STEPS);
      more.set(this.counts);
      this.counts = more;
    }
    if (at <= this.at) return;
    const rate = Math.min(0.5, (at - this.at) / HOUR_MS / this.averageHours);
    for (let pool = 0; pool < pools; pool++) {
      const common = this.commonOf(pool);
      this.before[pool] = common;
      this.lately[pool] = (this.lately[pool] ?? 0) + rate * (common.median - (this.lately[pool] ?? 0));
    }
    this.counts.fill(0);
    this.at = at;
  }

  /** A peer of a pool, and of the wider one that this is part of. */
  add(pool: number, wider: number, at: number, strength: number): void {
    if (at !== this.at) return;
    const step = Math.floor((strength - LEAST) * PER_STRENGTH);
    const inside = step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step;
    this.counts[pool * STEPS + inside]!++;
    if (wider !== pool) this.counts[wider * STEPS + inside]!++;
  }

  /** In the pool, or the wider one where that has too few. */
  common(pool: number, wider: number): Common {
    const own = this.newest(pool);
    return own.peers >= LEAST_PEERS || wider === pool ? own : this.newest(wider);
  }

  /** How far the middle peer has been out of line on the average of the last hours. */
  commonLately(pool: number, wider: number): number {
    const own = (this.before[pool]?.peers ?? 0) >= LEAST_PEERS;
    return this.lately[own ? pool : wider] ?? 0;
  }

  /** Of the pool that is farthest out of line. */
  get highestMedian(): number {
    let highest = 0;
    for (let pool = 0; pool < this.counts.length / STEPS; pool++) highest = Math.max(highest, this.newest(pool).median);
    return highest;
  }

  /** By the peers heard of in this period, or in the one before while most are still to come. */
  private newest(pool: number): Common {
    const now = this.commonOf(pool);
    const before = this.before[pool] ?? NOTHING_COMMON;
    return now.peers >= Math.max(LEAST_PEERS, before.peers / 2) ? now : before;
  }

  save(): PeersState {
    return { at: this.at, counts: [...this.counts], before: this.before, lately: this.lately };
  }

  load({ at, counts, before, lately }: PeersState): void {
    this.at = at;
    this.counts = Uint32Array.from(counts);
    this.before = [...before];
    this.lately = [...lately];
  }

  private commonOf(pool: number): Common {
    const from = pool * STEPS;
    // A pool that is new since the period began.
    if (from >= this.counts.length) return NOTHING_COMMON;
    let peers = 0;
    for (let step = 0; step < STEPS; step++) peers += this.counts[from + step]!;
    if (peers < LEAST_PEERS) return { ...NOTHING_COMMON, peers };
    const median = this.quantile(from, peers * 0.5);
    const weight = Math.min(1, Math.max(0, (median - FIRST) / (SURELY - FIRST)));
    return { level: weight * this.quantile(from, peers * 0.75), median, peers };
  }

  /** The strength below which so many peers are, straight within a step. */
  private quantile(from: number, rank: number): number {
    let below = 0;
    for (let step = 0; step < STEPS; step++) {
      const here = this.counts[from + step]!;
      if (below + here >= rank) return LEAST + (step + (here > 0 ? (rank - below) / here : 0)) / PER_STRENGTH;
      below += here;
    }
    return -LEAST;
  }
}
