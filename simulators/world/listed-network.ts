// Makes a pretend network of a list of real cells: sites in their middle, sectors that look where phones heard them, carriers by radio.

import { Random } from '../random.ts';
import type { CellList, ListedCell } from './cell-list.ts';
import type { City, CityCell, Site } from './city.ts';
import { whole, withPeople } from './mounting.ts';
import { at, type District, type Point, toDegrees } from './places.ts';
import { groundAround } from './region-ground.ts';
import { OPEN_PLAIN } from './relief.ts';
import { type Carrier, carrierOf, SCENARIOS, type ScenarioName } from './scenarios.ts';

const SECTORS = 3;
/** A second and third layer of cells on one mast has frequencies beside the first's, MHz. */
const NEXT_LAYER_MHZ = 21;
/** So near to its mast a cell's place says nothing of where it looks. */
const NO_BEARING_KM = 0.06;
/** Sites of the list within a kilometre or so: from here on dense, or a suburb. */
const DENSE_FROM = 9;
const SUBURB_FROM = 3;
const SQUARE_KM = 1;
const DISTRICTS: Record<'dense-urban' | 'suburb' | 'rural', { en: string; zh: string; homeShare: number }> = {
  'dense-urban': { en: 'Centres', zh: '中心', homeShare: 0.4 },
  suburb: { en: 'Outskirts', zh: '郊区', homeShare: 0.75 },
  rural: { en: 'Country', zh: '乡村', homeShare: 0.85 },
};

export function buildListed(seed: number, { origin, cells: listed }: CellList): City {
  const groups = bySite(listed);
  const middles = new Map([...groups].map(([id, group]) => [id, middleOf(group)]));
  const crowd = crowdOf([...middles.values()]);
  const sites: Site[] = [];
  const cells: CityCell[] = [];
  for (const [id, group] of groups) {
    const place = middles.get(id)!;
    const near = crowd(place);
    const scenario = near >= DENSE_FROM ? 'dense-urban' : near >= SUBURB_FROM ? 'suburb' : 'rural';
    const site: Site = { id, name: id, district: districtOf(scenario), place, cells: [] };
    hang(seed, site, sites.length, group, origin, cells);
    sites.push(site);
  }
  const ground = groundAround(seed, sites, cells, []);
  return { origin, relief: OPEN_PLAIN, sites, cells, ground, weakPlaces: [] };
}

function hang(
  seed: number,
  site: Site,
  index: number,
  group: readonly ListedCell[],
  origin: City['origin'],
  cells: CityCell[],
): void {
  const random = new Random(seed, `site:${site.id}`);
  const scenario = SCENARIOS[site.district.scenario];
  const heightM = whole(random, scenario.heightM);
  const first = random.between(0, 360 / SECTORS);
  group.forEach((listed, rank) => {
    const carrier = layered(carrierOf(listed.radio, scenario.name === 'rural'), Math.floor(rank / SECTORS));
    const spread = first + (360 / SECTORS) * (rank % SECTORS);
    const azimuthDeg = (Math.round(bearingDeg(site.place, listed.place) ?? spread) + 360) % 360;
    const { band, duplex, frequencyMhz, bandwidthMhz, powerDbm, role } = carrier;
    const cell = {
      ...{ id: listed.id, siteId: site.id, cgi: listed.id, area: site.district.en, areaZh: site.district.zh },
      ...{ radio: listed.radio, band, duplex, ...toDegrees(site.place, origin), azimuthDeg, heightM },
      ...{ tiltDeg: whole(random, scenario.tiltDeg), frequencyMhz, bandwidthMhz, powerDbm, role },
      scenario: scenario.told,
    };
    site.cells.push(cells.length);
    cells.push(withPeople(cell, carrier, { site, index }, random));
  });
}

function layered(carrier: Carrier, layer: number): Carrier {
  if (layer === 0) return carrier;
  return { ...carrier, role: 'capacity', frequencyMhz: carrier.frequencyMhz + layer * NEXT_LAYER_MHZ };
}

/** Towards where phones heard it on average. */
function bearingDeg(from: Point, to: Point): number | undefined {
  const [east, north] = [to.eastKm - from.eastKm, to.northKm - from.northKm];
  return Math.hypot(east, north) < NO_BEARING_KM ? undefined : (Math.atan2(east, north) * 180) / Math.PI;
}

function bySite(listed: readonly ListedCell[]): Map<string, ListedCell[]> {
  const groups = new Map<string, ListedCell[]>();
  for (const cell of listed) groups.set(cell.siteId, [...(groups.get(cell.siteId) ?? []), cell]);
  return groups;
}

function middleOf(group: readonly ListedCell[]): Point {
  const mean = (pick: (place: Point) => number) =>
    group.reduce((sum, { place }) => sum + pick(place), 0) / group.length;
  return at(
    mean(({ eastKm }) => eastKm),
    mean(({ northKm }) => northKm),
  );
}

/** How many sites stand in the squares around a place. */
function crowdOf(places: readonly Point[]): (place: Point) => number {
  const key = (east: number, north: number) => `${east},${north}`;
  const square = (km: number) => Math.floor(km / SQUARE_KM);
  const counts = new Map<string, number>();
  for (const { eastKm, northKm } of places) {
    const where = key(square(eastKm), square(northKm));
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  return ({ eastKm, northKm }) => {
    let sum = 0;
    for (let east = -1; east <= 1; east++) {
      for (let north = -1; north <= 1; north++) {
        sum += counts.get(key(square(eastKm) + east, square(northKm) + north)) ?? 0;
      }
    }
    return sum;
  };
}

function districtOf(scenario: Extract<ScenarioName, 'dense-urban' | 'suburb' | 'rural'>): District {
  return { ...DISTRICTS[scenario], scenario, centre: at(0, 0), weight: 1 };
}
