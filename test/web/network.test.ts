// The cells in typed arrays follow the binary frames exactly.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellRow } from '../../server/api/contract.ts';
import { decodeCellFrame, encodeCellFrame } from '../../server/model/cell-frame.ts';
import { HEALTHS, healthCode } from '../../server/model/health.ts';
import { applyFrame, createNetwork, RANKS } from '../../web/data/network.ts';

export function row(index: number, change: Partial<CellRow> = {}): CellRow {
  return {
    id: `c${index}`,
    index,
    siteId: 's',
    radio: 'LTE',
    lat: 1,
    lon: 2,
    health: 'ok',
    at: null,
    kpis: {},
    ...change,
  };
}

function frame(states: [index: number, health: number][]) {
  return decodeCellFrame(
    encodeCellFrame({
      seq: 1,
      dataAt: 0,
      whole: false,
      index: Uint32Array.from(states.map(([index]) => index)),
      ageMinutes: new Uint16Array(states.length).fill(7),
      health: Uint8Array.from(states.map(([, health]) => health)),
    }).slice().buffer,
  );
}

describe('a frame of cell states', () => {
  it('names exactly the cells whose health is another one now', () => {
    const network = createNetwork([row(4), row(9, { health: 'major' })], null);
    const { changed, strangers } = applyFrame(
      network,
      frame([
        [4, healthCode('critical')],
        [9, healthCode('major')],
      ]),
    );
    expect([...changed]).toEqual([0]);
    expect(strangers).toBe(false);
    expect(HEALTHS[network.health[0]!]).toBe('critical');
    expect(network.ageMinutes[1]).toBe(7);
  });

  it('tells of a cell that the page does not know, and changes nothing for it', () => {
    const network = createNetwork([row(0)], null);
    expect(applyFrame(network, frame([[5, 1]])).strangers).toBe(true);
    expect(network.counts[0]).toBe(1);
  });

  it('keeps the counts right through any frames', () => {
    const states = fc.array(fc.tuple(fc.nat(19), fc.nat(HEALTHS.length - 1)), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(states, { maxLength: 8 }), (frames) => {
        const network = createNetwork(
          Array.from({ length: 20 }, (_, i) => row(i)),
          null,
        );
        for (const one of frames) applyFrame(network, frame(one));
        const counts = new Array(HEALTHS.length).fill(0);
        for (const code of network.health) counts[code] += 1;
        expect([...network.counts]).toEqual(counts);
      }),
    );
  });
});

describe('what must be seen first', () => {
  it('is a fault before silence, and silence before plans', () => {
    const rank = (health: (typeof HEALTHS)[number]) => RANKS[healthCode(health)]!;
    expect(rank('critical')).toBeGreaterThan(rank('major'));
    expect(rank('warning')).toBeGreaterThan(rank('unknown'));
    expect(rank('unknown')).toBeGreaterThan(rank('planned'));
    expect(rank('saving')).toBeGreaterThan(rank('ok'));
  });
});
