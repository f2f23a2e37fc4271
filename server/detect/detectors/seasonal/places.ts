// Where the cells stand: the pool of peers that each is compared with, and the sites around it.

import { distanceM, type GroundPoint } from '../../../maths/ground.ts';
import { grown } from '../../../maths/grown.ts';
import type { Place } from '../../../model/place.ts';
import { type Common, LEAST_PEERS, NOTHING_COMMON, type Peers } from './peers.ts';

/** Air and weather are alike over so far: peers stand in one tile of so many degrees, or anywhere if those are few. *Default.* */
const POOL_DEGREES = 2;
/** Sites are found again by tiles of so many degrees. */
const TILE_DEGREES = 0.1;
/** Users of a site that is off the air turn to so many sites around, some to one farther out, none beyond this. *Default.* */
const MOST_AROUND = 16;
const MOST_FARTHER = 48;
const FARTHEST_M = 40_000;
/** Nobody turns to a site that is so many times farther than the third nearest. */
const BEYOND_THIRD = 6;
const UNPLACED = -1;
/** Cells of fewer sites have more in common than the air. *Default.* */
export const LEAST_SITES = 3;

interface Site {
  id: string;
  slots: Set<number>;
  /** Where its first cell with a position stands, by slot, so that it does not matter who came first. */
  at?: GroundPoint;
  atSlot?: number;
}

/** By number: what is common to the pool, and the number of the wider one. */
export type PoolsState = [key: string, wider: number][];

export class Places {
  /** Number of the pool by slot; cells of which nothing is known share one. */
  poolOf = new Int32Array(0);
  /** By pool the next wider one: of all its kind wherever they stand, of all that share its air; its own number for the widest. */
  readonly widerOf: number[] = [];
  /** By pool how many of its cells each site has. */
  private readonly sitesIn: Map<string, number>[] = [];
  private readonly bySlot: (Place | null)[] = [];
  private readonly pools = new Map<string, number>();
  private readonly sites = new Map<string, Site>();
  private readonly tiles = new Map<string, Set<Site>>();
  private readonly nearest = new Map<Site, readonly Site[]>();

  get poolCount(): number {
    return this.pools.size;
  }

  /** What the peers of a cell do together in one KPI at a time, in the narrowest pool that has enough of them. */
  commonOf(peers: Peers, slot: number, at: number): Common {
    for (let pool = this.poolOf[slot]!; ; pool = this.widerOf[pool]!) {
      const isWidest = this.widerOf[pool] === pool;
      const common = peers.common(pool, at);
      if (!isWidest && common.peers < LEAST_PEERS) continue;
      return this.sitesIn[pool]!.size >= LEAST_SITES ? common : NOTHING_COMMON;
    }
  }

  /** Pools of a cell, the narrowest first. */
  poolsOf(slot: number): readonly number[] {
    const pools = [this.poolOf[slot]!];
    for (let pool = pools[0]!; this.widerOf[pool] !== pool; ) {
      pool = this.widerOf[pool]!;
      pools.push(pool);
    }
    return pools;
  }

  /** Sites that have cells in a pool. */
  sitesOf(pool: number): number {
    return this.sitesIn[pool]!.size;
  }

  at(slot: number): Place | undefined {
    return this.bySlot[slot] ?? undefined;
  }

  /** What is known of a cell from now on; null: nothing. */
  put(slot: number, place: Place | null): void {
    if (place && isSame(this.bySlot[slot], place)) return;
    this.remove(slot);
    this.bySlot[slot] = place;
    this.poolOf = grown(this.poolOf, slot + 1, UNPLACED);
    this.poolOf[slot] = this.poolNumber(place);
    this.countSite(slot, 1);
    if (place) this.join(slot, place);
  }

  remove(slot: number): void {
    this.countSite(slot, -1);
    const place = this.bySlot[slot];
    this.bySlot[slot] = null;
    const site = place && this.sites.get(place.siteId);
    if (!site) return;
    site.slots.delete(slot);
    if (site.atSlot === slot) this.stand(site, this.firstPlaced(site));
    if (site.slots.size === 0) this.sites.delete(site.id);
  }

  /** Slots of the cells of the own site, itself among them. */
  ofSite(slot: number): Iterable<number> {
    const place = this.bySlot[slot];
    return place ? this.sites.get(place.siteId)!.slots : [slot];
  }

  /** Slots of the cells to which users of this cell usually turn, or that turn to it: its own site's and those around. */
  near(slot: number): Generator<number> {
    return this.around(slot, 0, MOST_AROUND);
  }

  /** Of those beyond, some of whose users may turn to this cell. */
  farther(slot: number): Generator<number> {
    return this.around(slot, MOST_AROUND, MOST_FARTHER);
  }

  private *around(slot: number, from: number, until: number): Generator<number> {
    const place = this.bySlot[slot];
    if (!place) return;
    const site = this.sites.get(place.siteId)!;
    if (from === 0) for (const other of site.slots) if (other !== slot) yield other;
    for (const { slots } of this.sitesAround(site).slice(from, until)) yield* slots;
  }

  save(): (Place | null)[] {
    return this.bySlot;
  }

  savePools(): PoolsState {
    return [...this.pools].map(([key, number]) => [key, this.widerOf[number]!]);
  }

  /** Pools keep their numbers: what peers did is counted by them. Slots that hold no cell any more count for none. */
  load(places: readonly (Place | null)[], pools: PoolsState, holdsCell: (slot: number) => boolean): void {
    for (const [key, wider] of pools) this.pool(key, wider);
    for (const [slot, place] of places.entries()) if (holdsCell(slot)) this.put(slot, place);
  }

  private poolNumber(place: Place | null): number {
    const { radio, duplex, lat, lon } = place ?? {};
    const kind = [radio ?? 'cells', ...(duplex ? [duplex] : [])].join(' ');
    const ofKind = this.pool(kind, duplex && this.pool(duplex));
    if (lat === undefined || lon === undefined) return ofKind;
    return this.pool(`${kind} ${tileOf({ lat, lon }, POOL_DEGREES)}`, ofKind);
  }

  /** The cell comes to its pools, or leaves them. One of which nothing is known stands alone. */
  private countSite(slot: number, change: 1 | -1): void {
    const first = this.poolOf[slot] ?? UNPLACED;
    if (first === UNPLACED) return;
    const site = this.bySlot[slot]?.siteId ?? `slot ${slot}`;
    for (let pool = first; ; pool = this.widerOf[pool]!) {
      const cells = (this.sitesIn[pool]!.get(site) ?? 0) + change;
      if (cells > 0) this.sitesIn[pool]!.set(site, cells);
      else this.sitesIn[pool]!.delete(site);
      if (this.widerOf[pool] === pool) return;
    }
  }

  private pool(key: string, wider?: number): number {
    const known = this.pools.get(key);
    if (known !== undefined) return known;
    const number = this.pools.size;
    this.pools.set(key, number);
    this.widerOf.push(wider ?? number);
    this.sitesIn.push(new Map());
    return number;
  }

  private join(slot: number, { siteId, lat, lon }: Place): void {
    const site = this.sites.get(siteId) ?? { id: siteId, slots: new Set() };
    this.sites.set(siteId, site);
    site.slots.add(slot);
    if (lat !== undefined && lon !== undefined && slot < (site.atSlot ?? Number.POSITIVE_INFINITY))
      this.stand(site, slot);
  }

  /** The site stands where this cell does from now on; undefined: nobody knows where. */
  private stand(site: Site, slot: number | undefined): void {
    if (site.at) this.tiles.get(tileOf(site.at, TILE_DEGREES))?.delete(site);
    site.atSlot = slot;
    site.at = slot === undefined ? undefined : pointOf(this.bySlot[slot]);
    this.nearest.clear();
    if (!site.at) return;
    const tile = tileOf(site.at, TILE_DEGREES);
    this.tiles.set(tile, (this.tiles.get(tile) ?? new Set()).add(site));
  }

  private firstPlaced({ slots }: Site): number | undefined {
    const placed = [...slots].filter((slot) => pointOf(this.bySlot[slot]));
    return placed.length > 0 ? placed.reduce((first, slot) => Math.min(first, slot)) : undefined;
  }

  private sitesAround(site: Site): readonly Site[] {
    const known = this.nearest.get(site);
    if (known) return known;
    const found = site.at ? this.byDistance(site, site.at) : [];
    this.nearest.set(site, found);
    return found;
  }

  /** Looks in wider and wider squares of tiles until there are enough. */
  private byDistance(site: Site, at: GroundPoint): Site[] {
    const reach = Math.ceil(FARTHEST_M / 111_000 / TILE_DEGREES);
    for (let ring = 1; ; ring++) {
      const found = this.inSquare(at, ring).filter((other) => other !== site);
      if (found.length < MOST_FARTHER && ring < reach) continue;
      const byDistance = found
        .map((other) => ({ other, metres: distanceM(at, other.at!) }))
        .sort((a, b) => a.metres - b.metres || (a.other.id < b.other.id ? -1 : 1));
      const third = byDistance[2]?.metres ?? FARTHEST_M;
      const limit = Math.min(FARTHEST_M, BEYOND_THIRD * third);
      return byDistance
        .slice(0, MOST_FARTHER)
        .filter(({ metres }) => metres <= limit)
        .map(({ other }) => other);
    }
  }

  /** By whole tiles: sums of degrees would meet some twice and miss others. */
  private inSquare({ lat, lon }: GroundPoint, ring: number): Site[] {
    const [row, column] = [Math.floor(lat / TILE_DEGREES), Math.floor(lon / TILE_DEGREES)];
    const sites: Site[] = [];
    for (let up = -ring; up <= ring; up++) {
      for (let right = -ring; right <= ring; right++) {
        sites.push(...(this.tiles.get(`${row + up},${column + right}`) ?? []));
      }
    }
    return sites;
  }
}

function pointOf(place: Place | null | undefined): GroundPoint | undefined {
  const { lat, lon } = place ?? {};
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

function isSame(a: Place | null | undefined, b: Place): boolean {
  return (
    a?.siteId === b.siteId &&
    a.radio === b.radio &&
    a.duplex === b.duplex &&
    a.area === b.area &&
    a.lat === b.lat &&
    a.lon === b.lon
  );
}

function tileOf({ lat, lon }: GroundPoint, degrees: number): string {
  return `${Math.floor(lat / degrees)},${Math.floor(lon / degrees)}`;
}
