// Where cells stand: who is compared with whom, and who is beside whom, whatever came first.

import { describe, expect, it } from 'vitest';
import { NOTHING_COMMON, Peers } from '../../server/detect/detectors/seasonal/peers.ts';
import { Places } from '../../server/detect/detectors/seasonal/places.ts';
import type { Place } from '../../server/model/place.ts';

const at = (site: string, lon: number): Place => ({ siteId: site, radio: 'NR', duplex: 'TDD', lat: 31, lon });
const again = (places: Places, holdsCell: (slot: number) => boolean = () => true): Places => {
  const loaded = new Places();
  loaded.load(structuredClone(places.save()), places.savePools(), holdsCell);
  return loaded;
};
const nearOf = (places: Places, slot: number) => [...places.near(slot)].sort();

describe('the places of cells', () => {
  it('keep the numbers of their pools over a restart: what peers did is counted by them', () => {
    const places = new Places();
    places.put(0, null);
    places.put(1, { siteId: 'x', radio: 'LTE' });
    places.put(0, at('a', 121));
    const loaded = again(places);
    expect([...loaded.poolOf.subarray(0, 2)]).toEqual([...places.poolOf.subarray(0, 2)]);
    expect(loaded.widerOf).toEqual(places.widerOf);
  });

  it('follow a site that was corrected, before a restart as after it', () => {
    const places = new Places();
    places.put(0, at('a', 121));
    places.put(1, at('b', 120));
    expect(nearOf(places, 0)).toEqual([]);
    places.put(1, at('b', 121.01));
    expect(nearOf(places, 0)).toEqual([1]);
    expect(nearOf(again(places), 0)).toEqual([1]);
    places.put(0, at('a', 120));
    expect(nearOf(places, 1)).toEqual([]);
    expect(nearOf(again(places), 1)).toEqual([]);
  });

  it('forget a site with its last cell, and make room for those beside it', () => {
    const places = new Places();
    for (let i = 0; i < 18; i++) places.put(i, at(`site-${i}`, 121 + i * 0.001));
    expect(nearOf(places, 0)).not.toContain(17);
    for (let i = 1; i < 17; i++) places.remove(i);
    expect(nearOf(places, 0)).toEqual([17]);
  });

  it('of cells that left count for no pool, before a restart as after it', () => {
    const places = new Places();
    for (let slot = 0; slot < 12; slot++) places.put(slot, slot < 8 ? { siteId: `site-${slot % 2}` } : null);
    for (let slot = 8; slot < 12; slot++) places.remove(slot);
    const peers = new Peers(6);
    peers.begin(900_000, places.poolCount);
    for (let slot = 0; slot < 8; slot++) peers.add(places.poolOf[slot]!, places.widerOf, 900_000, 2);
    expect(places.commonOf(peers, 0, 900_000)).toEqual(NOTHING_COMMON);
    expect(again(places, (slot) => slot < 8).commonOf(peers, 0, 900_000)).toEqual(NOTHING_COMMON);
  });
});
