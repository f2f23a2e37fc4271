// Where the cells stand: the pool of peers that each is compared with, and the sites around it.

import { distanceM, type GroundPoint } from '../../../maths/ground.ts';
import { grown } from '../../../maths/grown.ts';
import type { Place } from '../../../model/place.ts';
import type { Peers } from './peers.ts';

/** Air and weather are alike over so far: peers stand in one tile of so many degrees, or anywhere if those are few. *Default.* */
const POOL_DEGREES = 2;
/** Sites are found again by tiles of so many degrees. */
const TILE_DEGREES = 0.1;
/** Users of a site that is off the air turn to so many sites around, none farther than this. *Default.* */
const MOST_AROUND = 16;
const FARTHEST_M = 40_000;
/** Nobody turns to a site that is so many times farther than the third nearest. */
const BEYOND_THIRD = 6;
const UNPLACED = -1;

interface Site {
  id: string;
  slots: Set<number>;
  at?: GroundPoint;
}

export class Places {
  /** Number of the pool by slot; cells of which nothing is known share one. */
  poolOf = new Int32Array(0);
  /** By pool the one of all its kind, wherever they stand; its own number for such a one. */
  readonly widerOf: number[] = [];
  private readonly bySlot: (Place | null)[] = [];
  private readonly pools = new Map<string, number>();
  private readonly sites = new Map<string, Site>();
  private readonly tiles = new Map<string, Set<Site>>();
  private readonly around = new Map<Site, readonly Site[]>();

  get poolCount(): number {
    return this.pools.size;
  }

  /** What the peers of a cell do together in one KPI. */
  commonOf(peers: Peers, slot: number) {
    const pool = this.poolOf[slot]!;
    return peers.common(pool, this.widerOf[pool]!);
  }

  at(slot: number): Place | undefined {
    return this.bySlot[slot] ?? undefined;
  }

  /** What is known of a cell from now on; null: nothing. */
  put(slot: number, place: Place | null): void {
    this.remove(slot);
    this.bySlot[slot] = place;
    this.poolOf = grown(this.poolOf, slot + 1, UNPLACED);
    this.poolOf[slot] = this.poolNumber(place);
    if (place) this.join(slot, place);
  }

  remove(slot: number): void {
    const place = this.bySlot[slot];
    this.bySlot[slot] = null;
    const site = place && this.sites.get(place.siteId);
    site?.slots.delete(slot);
  }

  /** Slots of the cells of the own site, itself among them. */
  ofSite(slot: number): Iterable<number> {
    const place = this.bySlot[slot];
    return place ? this.sites.get(place.siteId)!.slots : [slot];
  }

  /** Slots of the cells to which users of this cell can turn, or that turn to it: its own site's and those around. */
  *near(slot: number): Generator<number> {
    const place = this.bySlot[slot];
    if (!place) return;
    const site = this.sites.get(place.siteId)!;
    for (const other of site.slots) if (other !== slot) yield other;
    for (const { slots } of this.sitesAround(site)) yield* slots;
  }

  save(): (Place | null)[] {
    return this.bySlot;
  }

  load(places: readonly (Place | null)[]): void {
    for (const [slot, place] of places.entries()) this.put(slot, place);
  }

  private poolNumber(place: Place | null): number {
    const { radio = 'cells', duplex = '', lat, lon } = place ?? {};
    const kind = `${radio} ${duplex}`.trim();
    const wider = this.pool(kind);
    if (lat === undefined || lon === undefined) return wider;
    return this.pool(`${kind} ${tileOf({ lat, lon }, POOL_DEGREES)}`, wider);
  }

  private pool(key: string, wider?: number): number {
    const known = this.pools.get(key);
    if (known !== undefined) return known;
    const number = this.pools.size;
    this.pools.set(key, number);
    this.widerOf.push(wider ?? number);
    return number;
  }

  private join(slot: number, { siteId, lat, lon }: Place): void {
    const site = this.sites.get(siteId) ?? { id: siteId, slots: new Set() };
    this.sites.set(siteId, site);
    site.slots.add(slot);
    if (site.at || lat === undefined || lon === undefined) return;
    site.at = { lat, lon };
    const tile = tileOf(site.at, TILE_DEGREES);
    this.tiles.set(tile, (this.tiles.get(tile) ?? new Set()).add(site));
    this.around.clear();
  }

  private sitesAround(site: Site): readonly Site[] {
    const known = this.around.get(site);
    if (known) return known;
    const found = site.at ? this.nearest(site, site.at) : [];
    this.around.set(site, found);
    return found;
  }

  /** Looks in wider and wider squares of tiles until there are enough. */
  private nearest(site: Site, at: GroundPoint): Site[] {
    const reach = Math.ceil(FARTHEST_M / 111_000 / TILE_DEGREES);
    for (let ring = 1; ; ring++) {
      const found = this.inSquare(at, ring).filter((other) => other !== site && other.slots.size > 0);
      if (found.length < MOST_AROUND && ring < reach) continue;
      const byDistance = found
        .map((other) => ({ other, metres: distanceM(at, other.at!) }))
        .sort((a, b) => a.metres - b.metres || (a.other.id < b.other.id ? -1 : 1));
      const third = byDistance[2]?.metres ?? FARTHEST_M;
      const limit = Math.min(FARTHEST_M, BEYOND_THIRD * third);
      return byDistance
        .slice(0, MOST_AROUND)
        .filter(({ metres }) => metres <= limit)
        .map(({ other }) => other);
    }
  }

  private inSquare(at: GroundPoint, ring: number): Site[] {
    const sites: Site[] = [];
    for (let up = -ring; up <= ring; up++) {
      for (let right = -ring; right <= ring; right++) {
        const point = { lat: at.lat + up * TILE_DEGREES, lon: at.lon + right * TILE_DEGREES };
        sites.push(...(this.tiles.get(tileOf(point, TILE_DEGREES)) ?? []));
      }
    }
    return sites;
  }
}

function tileOf({ lat, lon }: GroundPoint, degrees: number): string {
  return `${Math.floor(lat / degrees)},${Math.floor(lon / degrees)}`;
}
