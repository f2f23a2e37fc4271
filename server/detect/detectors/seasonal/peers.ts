// What the peers of a cell do at the same time: weather, holidays and far transmitters move all of a pool alike.

/** Strengths from −4 to 12 are counted in steps of a quarter. */
const STEPS = 64;
const LEAST = -4;
const PER_STRENGTH = 4;
const HOUR_MS = 3_600_000;
/** So many of the newest times are counted apart: sources that tell of a period later than others have peers, too. *Default.* */
const TIMES = 4;
/** A pool of fewer says little about what is common, one of less than `FEW_PEERS` nothing. *Default.* */
export const LEAST_PEERS = 8;
export const FEW_PEERS = 4;
/** The middle peer must be off by this share of the line before any common movement is taken, by `SURELY` all of it is. *Default.* */
const FIRST = 0.15;
const SURELY = 0.35;
/** Beyond the upper quarter of the peers so many times its distance from the middle is still scatter: two standard deviations in all. */
const SCATTER = 2;

/** How far the peers are out of line together, in strengths. */
export interface Common {
  /** That is taken off each: hardly any peer is off by more, scattered as they are. */
  level: number;
  /** The middle peer; of few that one which all but one in four surpass. */
  median: number;
  peers: number;
}

export const NOTHING_COMMON: Common = { level: 0, median: 0, peers: 0 };

/** By pool and step, how many peers were so far out of line at one time. */
interface Slice {
  at: number;
  counts: Uint32Array;
}

export interface PeersState {
  slices: { at: number; counts: number[] }[];
  lately: number[];
  tells: boolean[];
}

/** Of one KPI: how many peers of each pool are how far out of line in the newest periods. */
export class Peers {
  /** In the order of time, the newest last. */
  private slices: Slice[] = [];
  /** That which is being counted; undefined: the time is too long ago. */
  private now: Slice | undefined;
  /** The median on the average of the last hours, by pool, and whether enough of the pool was heard of last. */
  private lately: number[] = [];
  private tells: boolean[] = [];

  constructor(private readonly averageHours: number) {}

  /** Values of a period are coming; of one that is older than all that are kept nothing is counted. */
  begin(at: number, pools: number): void {
    if (this.now?.at !== at) this.now = this.sliceOf(at, pools);
    if (!this.now || this.now.counts.length >= pools * STEPS) return;
    const more = new Uint32Array(pools * STEPS);
    more.set(this.now.counts);
    this.now.counts = more;
  }

  /** A peer of a pool, and of the wider ones that this is part of. */
  add(pool: number, widerOf: readonly number[], at: number, strength: number): void {
    if (this.now?.at !== at) return;
    const { counts } = this.now;
    const step = Math.floor((strength - LEAST) * PER_STRENGTH);
    const inside = step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step;
    for (let each = pool; ; each = widerOf[each]!) {
      counts[each * STEPS + inside]!++;
      if (widerOf[each] === each) return;
    }
  }

  /** In the pool at that time; by the peers heard of so far, or those of the period before while most are still to come. */
  common(pool: number, at: number): Common {
    const place = Math.max(0, this.placeOf(at));
    const now = commonOf(this.slices[place], pool);
    const before = commonOf(this.slices[place - 1], pool);
    return now.peers >= Math.max(FEW_PEERS, before.peers / 2) ? now : before;
  }

  /** How far the middle peer has been out of line on the average of the last hours, in the first of these pools that tells. */
  commonLately(pool: number, widerOf: readonly number[]): number {
    let each = pool;
    while (!this.tells[each] && widerOf[each] !== each) each = widerOf[each]!;
    return this.lately[each] ?? 0;
  }

  /** Of the pool that is farthest out of line. */
  highestMedian(at: number): number {
    let highest = 0;
    const pools = (this.slices.at(-1)?.counts.length ?? 0) / STEPS;
    for (let pool = 0; pool < pools; pool++) highest = Math.max(highest, this.common(pool, at).median);
    return highest;
  }

  save(): PeersState {
    const { lately, tells } = this;
    return { slices: this.slices.map(({ at, counts }) => ({ at, counts: [...counts] })), lately, tells };
  }

  load({ slices, lately, tells }: PeersState): void {
    this.slices = slices.map(({ at, counts }) => ({ at, counts: Uint32Array.from(counts) }));
    this.now = undefined;
    this.lately = [...lately];
    this.tells = [...tells];
  }

  private sliceOf(at: number, pools: number): Slice | undefined {
    const place = this.placeOf(at);
    const known = this.slices[place];
    if (known?.at === at) return known;
    if (place < 0 && this.slices.length >= TIMES) return undefined;
    if (place === this.slices.length - 1) this.average(at);
    const slice = { at, counts: new Uint32Array(pools * STEPS) };
    this.slices.splice(place + 1, 0, slice);
    if (this.slices.length > TIMES) this.slices.shift();
    return slice;
  }

  /** Position of the newest slice that is not of later; −1: all are. */
  private placeOf(at: number): number {
    let place = this.slices.length - 1;
    while (place >= 0 && this.slices[place]!.at > at) place--;
    return place;
  }

  /** The newest time is over: what its peers did becomes part of the average; a pool of which little was heard keeps its own. */
  private average(at: number): void {
    const [before, over] = [this.slices.at(-2), this.slices.at(-1)];
    if (!over) return;
    const rate = Math.min(0.5, (at - over.at) / HOUR_MS / this.averageHours);
    for (let pool = 0; pool < over.counts.length / STEPS; pool++) {
      const { peers, median } = commonOf(over, pool);
      // Some whose clocks go a little apart are no time of all.
      if (2 * peers < commonOf(before, pool).peers) continue;
      const known = this.lately[pool] ?? 0;
      this.tells[pool] = peers >= LEAST_PEERS;
      this.lately[pool] = this.tells[pool] ? known + rate * (median - known) : known;
    }
  }
}

function commonOf(slice: Slice | undefined, pool: number): Common {
  const from = pool * STEPS;
  // A pool that is new since the period began.
  if (!slice || from >= slice.counts.length) return NOTHING_COMMON;
  let peers = 0;
  for (let step = 0; step < STEPS; step++) peers += slice.counts[from + step]!;
  if (peers < FEW_PEERS) return { ...NOTHING_COMMON, peers };
  const isFew = peers < LEAST_PEERS;
  const quantile = (share: number) => quantileOf(slice.counts, from, peers * share);
  // A few agree by chance, or share a site: nearly all must be off, and less is taken off.
  const median = quantile(isFew ? 0.25 : 0.5);
  const weight = Math.min(1, Math.max(0, (median - FIRST) / (SURELY - FIRST)));
  const upper = quantile(isFew ? 0.5 : 0.75);
  return { level: weight * (upper + SCATTER * (upper - median)), median, peers };
}

/** The strength below which so many peers are, straight within a step. */
function quantileOf(counts: Uint32Array, from: number, rank: number): number {
  let below = 0;
  for (let step = 0; step < STEPS; step++) {
    const here = counts[from + step]!;
    if (below + here >= rank) return LEAST + (step + (here > 0 ? (rank - below) / here : 0)) / PER_STRENGTH;
    below += here;
  }
  return LEAST + STEPS / PER_STRENGTH;
}
