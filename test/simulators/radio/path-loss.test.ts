// Loss on the way of a signal: the published figures, and what must hold at any distance, height and frequency.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightDb, patternDb } from '../../../simulators/radio/antenna.ts';
import {
  crestLossDb,
  losChance,
  losLossDb,
  nlosLossDb,
  type Path,
  type PathModel,
  seaLossDb,
  wallLossDb,
} from '../../../simulators/radio/path-loss.ts';

const MODELS: PathModel[] = ['UMa', 'UMi', 'RMa', 'InH'];
const HEIGHTS: Record<PathModel, [number, number]> = { UMa: [20, 60], UMi: [6, 15], RMa: [20, 80], InH: [2, 5] };
const FARTHEST: Record<PathModel, number> = { UMa: 5000, UMi: 5000, RMa: 10_000, InH: 150 };

const paths = fc.constantFrom(...MODELS).chain((model) =>
  fc.record<Path>({
    model: fc.constant(model),
    distanceM: fc.double({ min: 12, max: FARTHEST[model], noNaN: true }),
    heightM: fc.double({ min: HEIGHTS[model][0], max: HEIGHTS[model][1], noNaN: true }),
    frequencyMhz: fc.double({ min: 700, max: 6000, noNaN: true }),
    housesM: fc.double({ min: 5, max: 10, noNaN: true }),
  }),
);

describe('a signal on its way', () => {
  it('agrees with figures worked out by hand from TR 38.901 table 7.4.1-1', () => {
    const path = { distanceM: 200, heightM: 25, frequencyMhz: 2000 };
    // 28 + 22 log10(201.37) + 20 log10(2), within the break point of 320 m
    expect(losLossDb({ ...path, model: 'UMa' })).toBeCloseTo(84.71, 1);
    expect(nlosLossDb({ ...path, model: 'UMa' })).toBeCloseTo(13.54 + 39.08 * Math.log10(201.378) + 6.0206, 1);
    expect(losLossDb({ ...path, model: 'UMi', heightM: 10 })).toBeCloseTo(
      32.4 + 40 * Math.log10(200.18) + 6.0206 - 39.53,
      1,
    );
    expect(losLossDb({ distanceM: 20, heightM: 3, frequencyMhz: 3500, model: 'InH' })).toBeCloseTo(65.8, 1);
  });

  it('never loses less without sight than with it', () => {
    fc.assert(fc.property(paths, (path) => nlosLossDb(path) >= losLossDb(path)));
  });

  it('is never stronger than in free space, but for corridors, which guide it, and for what the published fits round off near the mast', () => {
    fc.assert(
      fc.property(
        paths.filter(({ model }) => model !== 'InH'),
        (path) => {
          const d = Math.hypot(path.distanceM, path.heightM - 1.5);
          return losLossDb(path) >= 32.45 + 20 * Math.log10(d * path.frequencyMhz) - 60 - 2.5;
        },
      ),
    );
  });

  it('weakens with distance and with frequency', () => {
    fc.assert(
      fc.property(paths, fc.double({ min: 1.02, max: 2, noNaN: true }), (path, by) => {
        const far = { ...path, distanceM: by * path.distanceM };
        const high = { ...path, frequencyMhz: by * path.frequencyMhz };
        const isMore = (loss: (of: Path) => number) => loss(far) > loss(path) && nlosLossDb(high) > nlosLossDb(path);
        return isMore(losLossDb) && isMore(nlosLossDb);
      }),
    );
  });

  it('is in sight surely at a few metres, and ever less likely farther out', () => {
    for (const model of MODELS) {
      expect(losChance(model, 1)).toBe(1);
      for (let metres = 1; metres < 3000; metres *= 1.1) {
        const chance = losChance(model, 1.1 * metres);
        expect(chance).toBeLessThanOrEqual(losChance(model, metres) + 1e-12);
        expect(chance).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('passes walls the worse the higher its frequency, and sees farther over water and less behind a crest', () => {
    expect(wallLossDb(3550)).toBeGreaterThan(wallLossDb(778));
    const path: Path = { model: 'RMa', distanceM: 6000, heightM: 90, frequencyMhz: 778 };
    expect(seaLossDb(6000, 90, 778)).toBeLessThan(nlosLossDb(path));
    expect(crestLossDb(75, 30, 1000, 300, 1842)).toBeGreaterThan(20);
    expect(crestLossDb(0, 30, 1000, 300, 1842)).toBeLessThan(3);
  });
});

describe('the beam of an antenna', () => {
  it('is strongest in its middle, half as strong where its width ends, and has a back', () => {
    expect(patternDb(0, 0)).toBeCloseTo(0);
    expect(patternDb(32.5, 0)).toBeCloseTo(-3);
    expect(patternDb(0, 4)).toBeCloseTo(-3);
    expect(patternDb(180, 0)).toBe(-25);
  });

  it('loses with every degree off its middle, to a bound', () => {
    const angle = fc.double({ min: 0, max: 180, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, (side, up, more) => {
        const loss = patternDb(side, up);
        return loss <= 0 && loss >= -25 && patternDb(side + more, up) <= loss && patternDb(side, up + more) <= loss;
      }),
    );
    expect(heightDb(90)).toBe(-20);
  });
});
