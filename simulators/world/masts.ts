// The antennas on the air: our own, as the inventory has them, and those of the second operator.

import type { Transmitter } from '../radio/air.ts';
import { Random } from '../random.ts';
import type { City } from './city.ts';
import { at, isLand, type Point } from './places.ts';
import { SCENARIOS } from './scenarios.ts';

/** The rival's name, as the devices that measured it wrote it. */
export const RIVAL = 'Harbour Mobile';
/** Its one mast in the valley of Kestrel Ridge, which we do not have. */
const IN_THE_VALLEY = at(-4.81, 14.7);
/** It has fewer sites than we have, between ours. */
const SITES_OF_OURS = 0.85;

export function ownTransmitters(city: City): Transmitter[] {
  return city.cells.map(({ cell, carrier, scenario, site }) => ({
    name: cell.id,
    siteId: cell.siteId,
    place: city.sites[site]!.place,
    radio: carrier.radio as Transmitter['radio'],
    band: carrier.band,
    scenario: scenario.name,
    azimuthDeg: cell.azimuthDeg!,
    tiltDeg: cell.tiltDeg!,
    heightM: cell.heightM!,
    frequencyMhz: carrier.frequencyMhz,
    bandwidthMhz: carrier.bandwidthMhz,
    powerDbm: carrier.powerDbm,
  }));
}

/** Coverage carriers only, on masts of its own that stand some way off ours. */
export function rivalTransmitters(seed: number, city: City): Transmitter[] {
  const random = new Random(seed, 'rival');
  const places: { place: Point; scenario: keyof typeof SCENARIOS }[] = [];
  for (const { place, district } of city.sites) {
    const { spacingKm } = SCENARIOS[district.scenario];
    const angle = random.between(0, 2 * Math.PI);
    const moved = at(
      place.eastKm + 0.4 * spacingKm * Math.cos(angle),
      place.northKm + 0.4 * spacingKm * Math.sin(angle),
    );
    if (random.uniform() < SITES_OF_OURS && isLand(moved)) places.push({ place: moved, scenario: district.scenario });
  }
  places.push({ place: IN_THE_VALLEY, scenario: 'rural' });
  return places.flatMap(({ place, scenario: name }, index) => {
    const { carrier, heightM, tiltDeg } = SCENARIOS[name];
    const firstAzimuth = random.between(0, 120);
    const siteId = `hm-${1001 + index}`;
    const { band, frequencyMhz, bandwidthMhz, powerDbm } = carrier;
    const common = { siteId, place, radio: 'LTE', band, scenario: name, frequencyMhz, bandwidthMhz, powerDbm } as const;
    return [1, 2, 3].map((sector) => ({
      ...common,
      name: `${siteId}-${sector}`,
      azimuthDeg: Math.round(firstAzimuth + 120 * sector) % 360,
      heightM: Math.round(random.between(...heightM)),
      tiltDeg: Math.round(random.between(...tiltDeg)),
    }));
  });
}
