// What hangs on a mast: sectors that look apart, a carrier on each or two, with the names and numbers of an inventory.

import type { Cell } from '../../server/model/cell.ts';
import type { Random } from '../random.ts';
import type { CityCell, Site } from './city.ts';
import { type Degrees, toDegrees } from './places.ts';
import { type Carrier, type Range, SCENARIOS } from './scenarios.ts';

const SECTORS = ['A', 'B', 'C'] as const;

export interface Mounting {
  site: Site;
  /** Of the site within its district, from 1. */
  number: number;
  /** Of the site in the network. */
  index: number;
  origin: Degrees;
  /** Beside what is usual for the scenario. */
  heightM?: number;
  /** Where its sectors look; all around unless told. */
  azimuthsDeg?: readonly number[];
}

interface Aim {
  azimuthDeg: number;
  tiltDeg: number;
  heightM: number;
}

/** Adds the cells of a site, to it and to the list. */
export function mount(mounting: Mounting, cells: CityCell[], random: Random): void {
  const { site, number, azimuthsDeg } = mounting;
  const scenario = SCENARIOS[site.district.scenario];
  const { capacityCarrier, capacityEvery, sectors } = scenario;
  const usualHeightM = whole(random, scenario.heightM);
  const heightM = mounting.heightM ?? usualHeightM;
  const first = random.between(0, 360 / sectors);
  const carriers = [scenario.carrier];
  if (capacityCarrier && number % capacityEvery === 1) carriers.push(capacityCarrier);
  for (let sector = 0; sector < sectors; sector++) {
    const turned = first + (360 / sectors) * sector + random.between(-14, 14);
    const azimuthDeg = (Math.round(azimuthsDeg?.[sector] ?? turned) + 360) % 360;
    const tiltDeg = whole(random, scenario.tiltDeg);
    for (const carrier of carriers) {
      const cell = describe(mounting, sector, carrier, { azimuthDeg, tiltDeg, heightM });
      site.cells.push(cells.length);
      cells.push(withPeople(cell, carrier, mounting, random));
    }
  }
}

function describe({ site, number, index, origin }: Mounting, sector: number, carrier: Carrier, aim: Aim): Cell {
  const { id: siteId, district, place } = site;
  const letter = SECTORS[sector]!;
  const isSecond = carrier.role === 'capacity';
  const localId = sector + (isSecond ? 11 : 1);
  const { radio, band, duplex, role, frequencyMhz, bandwidthMhz, powerDbm } = carrier;
  return {
    id: `${siteId}-${letter.toLowerCase()}${isSecond ? '-nr' : ''}`,
    siteId,
    sectorId: `${siteId}-${letter.toLowerCase()}`,
    name: `${district.en} ${number}-${letter}${isSecond ? ' 5G' : ''}`,
    nameZh: `${district.zh} ${number}-${letter}${isSecond ? ' 5G' : ''}`,
    area: district.en,
    areaZh: district.zh,
    // 001-01 is the network code set aside for tests (ITU-T E.212).
    cgi: `001-01-${(index + 1) * 256 + localId}`,
    ...{ radio, band, duplex, ...toDegrees(place, origin), ...aim },
    ...{ frequencyMhz, bandwidthMhz, powerDbm, role, scenario: SCENARIOS[district.scenario].told },
  };
}

/** How many use it, and when, is drawn around what its scenario and district are like. */
export function withPeople(
  cell: Cell,
  carrier: Carrier,
  { site, index }: Pick<Mounting, 'site' | 'index'>,
  random: Random,
): CityCell {
  const scenario = SCENARIOS[site.district.scenario];
  const peakUsers = carrier.fullUsers * random.between(...scenario.peakLoad);
  const homeShare = Math.min(1, Math.max(0, site.district.homeShare + random.between(-0.15, 0.15)));
  return { cell, carrier, scenario, site: index, peakUsers, homeShare };
}

export function whole(random: Random, [low, high]: Range): number {
  return Math.round(random.between(low, high));
}
