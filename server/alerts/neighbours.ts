// Which sites stand next to each other: found by the inventory, as near as sites usually stand there.

import { distanceM, type GroundPoint } from '../maths/ground.ts';

/** A site and where it stands. */
export interface SitePlace extends GroundPoint {
  id: string;
}

export interface SiteMap {
  /** All sites that are placed. */
  sites(): Iterable<SitePlace>;
  /** Another number whenever they may have changed. */
  version(): number;
}

/** So many sites next to one are looked at. *Default.* */
const MOST_NEAR = 12;
/** Next to it: within so many times the distance of its second nearest, which is how close sites usually stand there. *Default.* */
const TIMES_SPACING = 3;
/** Sites on one roof say nothing about that. */
const LEAST_SPACING_M = 300;
/** Sites are found again by tiles of so many degrees, in so many rings of them around a site, until there are enough. */
const TILE_DEGREES = 0.02;
const RINGS = [1, 3, 9, 18];

export class Neighbours {
  private version: number | undefined;
  private readonly sites = new Map<string, SitePlace>();
  private readonly tiles = new Map<string, SitePlace[]>();
  private readonly known = new Map<string, readonly string[]>();

  /** Without a map of sites nothing is next to anything. */
  constructor(private readonly map: SiteMap | undefined) {}

  /** Sites of which each is among the nearest of the other, nearest first. */
  of(siteId: string): string[] {
    this.refresh();
    return this.near(siteId).filter((other) => this.near(other).includes(siteId));
  }

  private refresh(): void {
    const version = this.map?.version();
    if (version === this.version) return;
    this.version = version;
    for (const index of [this.sites, this.tiles, this.known]) index.clear();
    for (const site of this.map!.sites()) {
      this.sites.set(site.id, site);
      const key = tileOf(site, 0, 0);
      const tile = this.tiles.get(key);
      if (tile) tile.push(site);
      else this.tiles.set(key, [site]);
    }
  }

  private near(siteId: string): readonly string[] {
    const known = this.known.get(siteId);
    if (known) return known;
    const site = this.sites.get(siteId);
    const found = site ? this.nearest(site) : [];
    this.known.set(siteId, found);
    return found;
  }

  private nearest(site: SitePlace): string[] {
    let found: SitePlace[] = [];
    for (const rings of RINGS) {
      found = this.inSquare(site, rings).filter((other) => other !== site);
      if (found.length >= MOST_NEAR) break;
    }
    const byDistance = found
      .map((other) => ({ id: other.id, metres: distanceM(site, other) }))
      .sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_NEAR);
    const spacing = Math.max(LEAST_SPACING_M, byDistance[1]?.metres ?? 0);
    return byDistance.filter(({ metres }) => metres <= TIMES_SPACING * spacing).map(({ id }) => id);
  }

  private inSquare(at: GroundPoint, rings: number): SitePlace[] {
    const steps = Array.from({ length: 2 * rings + 1 }, (_, i) => i - rings);
    return steps.flatMap((up) => steps.flatMap((right) => this.tiles.get(tileOf(at, up, right)) ?? []));
  }
}

function tileOf({ lat, lon }: GroundPoint, up: number, right: number): string {
  return `${Math.floor(lat / TILE_DEGREES) + up},${Math.floor(lon / TILE_DEGREES) + right}`;
}
