// The antennas on the air: our own, as the inventory has them, and those of the second operator.

import type { Transmitter } from '../radio/air.ts';
import { Random } from '../random.ts';
import { MAX_SITES } from './bay-city.ts';
import type { City } from './city.ts';
import { at, type Point } from './places.ts';
import { BAY } from './relief.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/** The rival's name, as the devices that measured it wrote it. */
export const RIVAL = 'Harbour Mobile';
/** Its one mast in the valley of Kestrel Ridge, which we do not have. */
const IN_THE_VALLEY = at(-4.81, 14.7);
/** It has fewer sites than we have, between ours. */
const SITES_OF_OURS = 0.85;

const EARSHOT_KM = 7;
const SEA_EARSHOT_KM = 13;
const SEA_VIEW_M = 70;

export function ownTransmitters(city: City): Transmitter[] {
  return city.cells.map(({ cell, carrier, scenario, site }) => ({
    name: cell.id,
    siteId: cell.siteId,
    place: city.sites[site]!.place,
    radio: carrier.radio,
    band: carrier.band,
    scenario,
    azimuthDeg: cell.azimuthDeg!,
    tiltDeg: cell.tiltDeg!,
    heightM: cell.heightM!,
    frequencyMhz: carrier.frequencyMhz,
    bandwidthMhz: carrier.bandwidthMhz,
    powerDbm: carrier.powerDbm,
    earshotKm: earshotKm(city, cell.heightM!, scenario),
  }));
}

/** In a city of few sites everything is heard; far over water only from a height. */
function earshotKm({ sites }: City, heightM: number, { earshotKm }: Scenario): number {
  if (sites.length > MAX_SITES) return earshotKm;
  return heightM >= SEA_VIEW_M ? SEA_EARSHOT_KM : Math.max(EARSHOT_KM, earshotKm);
}

/** Coverage carriers only, on masts of its own that stand some way off ours. */
export function rivalTransmitters(seed: number, city: City): Transmitter[] {
  const random = new Random(seed, 'rival');
  const places: { place: Point; scenario: Scenario }[] = [];
  for (const { place, district } of city.sites) {
    const scenario = SCENARIOS[district.scenario];
    if (scenario.sectors !== 3) continue;
    const angle = random.between(0, 2 * Math.PI);
    const moved = at(
      place.eastKm + 0.4 * scenario.spacingKm * Math.cos(angle),
      place.northKm + 0.4 * scenario.spacingKm * Math.sin(angle),
    );
    if (random.uniform() < SITES_OF_OURS && city.relief.isLand(moved)) places.push({ place: moved, scenario });
  }
  if (city.relief === BAY) places.push({ place: IN_THE_VALLEY, scenario: SCENARIOS.rural });
  return places.flatMap(({ place, scenario }, index) => {
    const { carrier, heightM, tiltDeg } = scenario;
    const firstAzimuth = random.between(0, 120);
    const siteId = `hm-${1001 + index}`;
    const { band, frequencyMhz, bandwidthMhz, powerDbm } = carrier;
    const common = { siteId, place, radio: 'LTE', band, scenario, frequencyMhz, bandwidthMhz, powerDbm } as const;
    return [1, 2, 3].map((sector) => ({
      ...common,
      name: `${siteId}-${sector}`,
      azimuthDeg: Math.round(firstAzimuth + 120 * sector) % 360,
      heightM: Math.round(random.between(...heightM)),
      tiltDeg: Math.round(random.between(...tiltDeg)),
      earshotKm: earshotKm(city, 0, scenario),
    }));
  });
}
