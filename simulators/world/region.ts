// A pretend region of any size: towns with dense middles and suburbs, villages between them, and roads and railways that join them.

import { Reach } from '../radio/reach.ts';
import { Random } from '../random.ts';
import type { City, CityCell, Site, WeakPlace } from './city.ts';
import { distanceKm, hexPoint, shifted, slug } from './grid.ts';
import { mount } from './mounting.ts';
import { at, type Degrees, type District, type Point } from './places.ts';
import { groundAround } from './region-ground.ts';
import { OPEN_PLAIN } from './relief.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts';
import { layOutTowns, roadsOf, type SiteCounts, SPACING_KM, type Town } from './towns.ts';

export const MAX_CELLS = 200_000;
/** A wide plain far from any coast. */
const PLAIN: Degrees = { lat: 50, lon: 66 };
/** Of the cells. */
const SHARE: Record<ScenarioName, number> = {
  'dense-urban': 0.34,
  suburb: 0.32,
  rural: 0.18,
  indoor: 0.03,
  highway: 0.06,
  railway: 0.03,
  street: 0.04,
};
/** What the parts of a town and its surroundings are called, and how much of their traffic follows homes. */
const PARTS: Record<ScenarioName, { en: string; zh: string; homeShare: number }> = {
  'dense-urban': { en: 'centre', zh: '中心', homeShare: 0.35 },
  suburb: { en: 'outskirts', zh: '郊区', homeShare: 0.78 },
  rural: { en: 'county', zh: '乡', homeShare: 0.85 },
  indoor: { en: 'halls', zh: '楼宇', homeShare: 0.15 },
  highway: { en: 'road', zh: '公路', homeShare: 0.5 },
  railway: { en: 'line', zh: '铁路', homeShare: 0.4 },
  street: { en: 'lanes', zh: '街巷', homeShare: 0.3 },
};
/** One far village that nobody built for, to so many cells. */
const CELLS_A_HAMLET = 1500;
const HAMLET_KM: readonly [number, number] = [6, 8.5];

/** A region of so many cells (1…MAX_CELLS), the same for the same seed. */
export function buildRegion(seed: number, cellCount: number): City {
  const builder = new RegionBuilder(seed, cellCount);
  const random = new Random(seed, 'region');
  const counts = siteCounts(cellCount);
  const towns = layOutTowns(random, cellCount, counts);
  for (const town of towns) builder.buildTown(town);
  builder.buildRoads(towns, 'highway', counts.highway);
  builder.buildRoads(towns, 'railway', counts.railway);
  const spare = builder.buildVillages(towns);
  const weakPlaces = builder.hamlets(spare, Math.max(1, Math.round(cellCount / CELLS_A_HAMLET)));
  const { sites, cells } = builder;
  const ground = groundAround(seed, sites, cells, weakPlaces);
  return { origin: PLAIN, relief: OPEN_PLAIN, sites, cells, ground, weakPlaces };
}

function siteCounts(cells: number): SiteCounts {
  const onASite = (name: ScenarioName) => {
    const { sectors, capacityCarrier, capacityEvery } = SCENARIOS[name];
    return sectors * (capacityCarrier ? 1 + 1 / capacityEvery : 1);
  };
  const counts = SCENARIO_NAMES.map((name) => [name, Math.round((cells * SHARE[name]) / onASite(name))]);
  return Object.fromEntries(counts) as SiteCounts;
}

class RegionBuilder {
  readonly sites: Site[] = [];
  readonly cells: CityCell[] = [];
  readonly #seed: number;
  readonly #cellCount: number;
  readonly #districts = new Map<string, { district: District; sites: number }>();

  constructor(seed: number, cellCount: number) {
    this.#seed = seed;
    this.#cellCount = cellCount;
  }

  get isFull(): boolean {
    return this.cells.length >= this.#cellCount;
  }

  /** Sites of the dense middle on one grid, those of the suburbs on a wider one around it, small cells among the first. */
  buildTown(town: Town): void {
    const random = new Random(this.#seed, `town:${town.en}`);
    const dense = this.#onGrid(town, 'dense-urban', town.sites['dense-urban'], 0, random);
    this.#onGrid(town, 'suburb', town.sites.suburb, town.denseKm + 0.3, random);
    const among = dense.length > 0 ? dense : [town.centre];
    for (const name of ['street', 'indoor'] as const) {
      for (let n = 0; n < town.sites[name]; n++) {
        this.#add(town, name, shifted(among[random.below(among.length)]!, 0.22, random));
      }
    }
  }

  #onGrid(town: Town, name: 'dense-urban' | 'suburb', count: number, beyondKm: number, random: Random): Point[] {
    const places: Point[] = [];
    for (let ring = 0; places.length < count; ring++) {
      for (let step = 0; step < Math.max(1, 6 * ring) && places.length < count; step++) {
        const place = hexPoint(town.centre, SPACING_KM[name], ring, step);
        if (distanceKm(place, town.centre) < beyondKm) continue;
        places.push(shifted(place, 0.15 * SPACING_KM[name], random));
      }
    }
    for (const place of places) this.#add(town, name, place);
    return places;
  }

  /** Along the way between towns, until the count is used up; both sectors look along it. */
  buildRoads(towns: readonly Town[], name: 'highway' | 'railway', count: number): void {
    let left = count;
    for (const { from, to, lengthKm } of roadsOf(towns)) {
      const random = new Random(this.#seed, `${name}:${from.en}`);
      const whole = distanceKm(from.centre, to);
      const bearing = Math.atan2(to.eastKm - from.centre.eastKm, to.northKm - from.centre.northKm);
      const degrees = (bearing * 180) / Math.PI;
      const asideKm = name === 'railway' ? 0.8 : 0;
      for (let km = from.radiusKm + 1; km < lengthKm && left > 0; km += SPACING_KM[name]) {
        const on = at(
          from.centre.eastKm + (km / whole) * (to.eastKm - from.centre.eastKm) + asideKm * Math.cos(bearing),
          from.centre.northKm + (km / whole) * (to.northKm - from.centre.northKm) - asideKm * Math.sin(bearing),
        );
        this.#add(from, name, shifted(on, 0.05, random), [degrees, degrees + 180]);
        left--;
      }
    }
  }

  /** One site each, the nearest to a town first, until the region has all its cells; returns places that stay without. */
  buildVillages(towns: readonly Town[]): Point[] {
    const random = new Random(this.#seed, 'villages');
    const reachKm = Math.max(
      ...towns.map(({ centre, radiusKm }) => Math.hypot(centre.eastKm, centre.northKm) + radiusKm),
    );
    const missing = (this.#cellCount - this.cells.length) / 3;
    const rings = Math.ceil((reachKm + 2.5 * Math.sqrt(missing) * SPACING_KM.rural) / SPACING_KM.rural) + 3;
    const free: { place: Point; town: Town; km: number }[] = [];
    for (let ring = 0; ring <= rings; ring++) {
      for (let step = 0; step < Math.max(1, 6 * ring); step++) {
        const place = shifted(hexPoint(at(0, 0), SPACING_KM.rural, ring, step), 0.25 * SPACING_KM.rural, random);
        const { town, km } = nearest(towns, place);
        if (km > 1.5) free.push({ place, town, km });
      }
    }
    free.sort((a, b) => a.km - b.km);
    let next = 0;
    while (!this.isFull && next < free.length) this.#add(free[next]!.town, 'rural', free[next++]!.place);
    return free.slice(next).map(({ place }) => place);
  }

  /** Villages without a site, some way from the nearest one. */
  hamlets(spare: readonly Point[], count: number): WeakPlace[] {
    const found: WeakPlace[] = [];
    const [near, far] = HAMLET_KM;
    const around = new Reach(this.sites.map(({ place }) => ({ place, earshotKm: far })));
    for (const place of spare) {
      if (found.length === count) break;
      const site = this.#nearestSite(place, far, around);
      if (site === undefined || distanceKm(this.sites[site]!.place, place) < near) continue;
      const name = `${this.sites[site]!.district.en}, far farms ${found.length + 1}`;
      const { eastKm, northKm } = place;
      const patch = { west: eastKm - 0.3, south: northKm - 0.3, east: eastKm + 0.3, north: northKm + 0.3 };
      found.push({ name, patch, site });
    }
    return found;
  }

  #nearestSite(place: Point, withinKm: number, around: Reach): number | undefined {
    let best: number | undefined;
    let bestKm = withinKm;
    const { masts, from, to } = around.at(place);
    for (let i = from; i < to; i++) {
      const km = distanceKm(this.sites[masts[i]!]!.place, place);
      if (km < bestKm) [best, bestKm] = [masts[i]!, km];
    }
    return best;
  }

  #add(town: Town, name: ScenarioName, place: Point, azimuthsDeg?: readonly number[]): void {
    if (this.isFull) return;
    const entry = this.#district(town, name);
    const number = ++entry.sites;
    const text = `${entry.district.en} ${number}`;
    const site: Site = { id: slug(text), name: text, district: entry.district, place, cells: [] };
    const random = new Random(this.#seed, `site:${text}`);
    mount({ site, number, index: this.sites.length, origin: PLAIN, azimuthsDeg }, this.cells, random);
    this.sites.push(site);
    for (; this.cells.length > this.#cellCount; this.cells.pop()) site.cells.pop();
  }

  #district(town: Town, scenario: ScenarioName): { district: District; sites: number } {
    const { en, zh, homeShare } = PARTS[scenario];
    const name = `${town.en} ${en}`;
    let entry = this.#districts.get(name);
    if (!entry) {
      const district = { en: name, zh: town.zh + zh, scenario, centre: town.centre, homeShare, weight: 1 };
      entry = { district, sites: 0 };
      this.#districts.set(name, entry);
    }
    return entry;
  }
}

/** The town whose edge is nearest, and how far it is. */
function nearest(towns: readonly Town[], place: Point): { town: Town; km: number } {
  let best = { town: towns[0]!, km: Number.POSITIVE_INFINITY };
  for (const town of towns) {
    const km = distanceKm(town.centre, place) - town.radiusKm;
    if (km < best.km) best = { town, km };
  }
  return best;
}
