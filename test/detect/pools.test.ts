// Peers by pool and time: who is counted with whom, and from how many on they say what is common.

import { describe, expect, it } from 'vitest';
import { Peers } from '../../server/detect/detectors/seasonal/peers.ts';
import { Places } from '../../server/detect/detectors/seasonal/places.ts';
import type { Place } from '../../server/model/place.ts';

const PERIOD_MS = 900_000;
const FIRST = 100 * PERIOD_MS;
const AVERAGE_HOURS = 6;

/** Slots from 0 on, one cell a site unless told. */
function placed(kinds: readonly Pick<Place, 'radio' | 'duplex'>[], cellsASite = 1): Places {
  const places = new Places();
  kinds.forEach((kind, slot) => {
    places.put(slot, { ...kind, siteId: `site-${Math.floor(slot / cellsASite)}`, lat: 31.1, lon: 121.1 });
  });
  return places;
}

/** Counts a strength for each slot that has one. */
function count(peers: Peers, places: Places, at: number, strengths: readonly (number | undefined)[]): void {
  peers.begin(at, places.poolCount);
  strengths.forEach((strength, slot) => {
    if (strength !== undefined) peers.add(places.poolOf[slot]!, places.widerOf, at, strength);
  });
}

const LTE = { radio: 'LTE', duplex: 'TDD' } as const;
const NR = { radio: 'NR', duplex: 'TDD' } as const;
const FDD = { radio: 'LTE', duplex: 'FDD' } as const;
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('peers of a cell', () => {
  it('are all that share its air where there are few of its own radio', () => {
    const places = placed([...times(5, LTE), ...times(5, NR), ...times(5, FDD)]);
    const peers = new Peers(AVERAGE_HOURS);
    count(peers, places, FIRST, [...times(5, 1), ...times(5, 2), ...times(5, 0)]);
    expect(places.commonOf(peers, 0, FIRST)).toMatchObject({ peers: 10 });
    expect(places.commonOf(peers, 0, FIRST).level).toBeGreaterThan(1.9);
    expect(places.commonOf(peers, 12, FIRST).level).toBe(0);
  });

  it('say what is common when they are few only if nearly all of them say it', () => {
    const places = placed(times(5, LTE));
    const peers = new Peers(AVERAGE_HOURS);
    count(peers, places, FIRST, [1, 1.2, 1.4, 0.8, 1.1]);
    expect(places.commonOf(peers, 0, FIRST).level).toBeGreaterThan(0.9);
    count(peers, places, FIRST + PERIOD_MS, [1, 1.2, 1.4, 0, 0]);
    expect(places.commonOf(peers, 0, FIRST + PERIOD_MS).level).toBeLessThan(0.1);
  });

  it('say nothing where they stand on one or two sites: what these have in common is no weather', () => {
    const places = placed(times(12, LTE), 6);
    const peers = new Peers(AVERAGE_HOURS);
    count(peers, places, FIRST, times(12, 2));
    expect(places.commonOf(peers, 0, FIRST).level).toBe(0);
  });

  it('are those of the same time, when another source is a period ahead', () => {
    const places = placed(times(20, LTE));
    const peers = new Peers(AVERAGE_HOURS);
    const [fast, slow] = [
      [...times(10, 0), ...times(10, undefined)],
      [...times(10, undefined), ...times(10, 3)],
    ];
    count(peers, places, FIRST, [...times(10, 0), ...times(10, 0)]);
    count(peers, places, FIRST + PERIOD_MS, fast);
    count(peers, places, FIRST + 2 * PERIOD_MS, fast);
    count(peers, places, FIRST + PERIOD_MS, slow);
    expect(places.commonOf(peers, 15, FIRST + PERIOD_MS)).toMatchObject({ peers: 20 });
    expect(places.commonOf(peers, 15, FIRST + 2 * PERIOD_MS)).toMatchObject({ peers: 10 });
  });

  it('are on the average what they were while hardly any of them is heard', () => {
    const places = placed(times(20, LTE));
    const peers = new Peers(AVERAGE_HOURS);
    for (let n = 0; n < 40; n++) count(peers, places, FIRST + n * PERIOD_MS, times(20, 1));
    const lately = () => peers.commonLately(places.poolOf[0]!, places.widerOf);
    const before = lately();
    expect(before).toBeGreaterThan(0.5);
    for (let n = 40; n < 80; n++) count(peers, places, FIRST + n * PERIOD_MS, [1, 1]);
    expect(lately()).toBeGreaterThanOrEqual(before);
  });

  it('are on the average what most of them are, where the clock of one goes half a minute apart', () => {
    const here = placed(times(12, LTE));
    here.put(12, { ...LTE, siteId: 'odd', lat: 31.1, lon: 121.1 });
    for (let i = 0; i < 40; i++) here.put(13 + i, { ...LTE, siteId: `far-${i}`, lat: 41.1, lon: 121.1 });
    const peers = new Peers(AVERAGE_HOURS);
    for (let n = 1; n <= 40; n++) {
      const at = FIRST + n * PERIOD_MS;
      count(peers, here, at - 30_000, [...times(12, undefined), 1]);
      count(peers, here, at, [...times(12, 1), undefined, ...times(40, 0)]);
      if (n > 30) expect(peers.commonLately(here.poolOf[0]!, here.widerOf)).toBeGreaterThan(0.6);
    }
  });
});
