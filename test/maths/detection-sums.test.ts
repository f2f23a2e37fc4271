// The sums behind detection: surprise of a share, score of a strength, fair rounding, crossings, stable hashes.

import fc from 'fast-check';
import { binomialDistribution, mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { binomialDeviance } from '../../server/maths/binomial-deviance.ts';
import { crossing } from '../../server/maths/crossing.ts';
import { dither } from '../../server/maths/dither.ts';
import { strengthScore } from '../../server/maths/strength-score.ts';
import { textHash } from '../../server/maths/text-hash.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const usual = fc.double({ min: 0.0001, max: 0.9999, noNaN: true });

describe('the deviance of a share of failures', () => {
  it('is nought for the usual, positive above and negative below', () => {
    fc.assert(
      fc.property(share, usual, fc.integer({ min: 1, max: 1e6 }), (p, q, n) => {
        const deviance = binomialDeviance(p, q, n);
        expect(deviance >= 0).toBe(p >= q || deviance === 0);
        expect(binomialDeviance(q, q, n)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('does not overstate the tail where few failures are expected, as the plain z does', () => {
    const [attempts, chance, failures] = [50, 0.01, 4];
    const tail = binomialDistribution(attempts, chance)!
      .slice(failures)
      .reduce((sum, p) => sum + p, 0);
    const deviance = binomialDeviance(failures / attempts, chance, attempts);
    const plain = (failures - attempts * chance) / Math.sqrt(attempts * chance * (1 - chance));
    // P(Z > 2.9) = 0.0019 in the normal distribution; P(Z > 4.9) would be 5e-7.
    expect(tail).toBeGreaterThan(0.001);
    expect(deviance).toBeLessThan(3.3);
    expect(plain).toBeGreaterThan(4.9);
  });
});

describe('the score of a strength', () => {
  it('is one half at the line, within 0 and 1, and rises with strength', () => {
    expect(strengthScore(1)).toBe(0.5);
    expect(strengthScore(-3)).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (strength) => {
        const score = strengthScore(strength);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(strengthScore(strength + 1)).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});

describe('dithered rounding', () => {
  it('is right on average and always the same for the same arguments', () => {
    const rounded = Array.from({ length: 20_000 }, (_, i) => Math.floor(3.3 + dither(7, i * 900)));
    expect(mean(rounded)).toBeCloseTo(3.3, 1);
    expect(dither(5, 6)).toBe(dither(5, 6));
  });
});

describe('a crossing', () => {
  it('is where the function reaches the level, or the end when it never does', () => {
    expect(crossing((x) => x * x, 9, 0, 10)).toBeCloseTo(3, 4);
    expect(crossing((x) => x, 99, 0, 10)).toBe(10);
  });
});

describe('the hash of a text', () => {
  it('is FNV-1a, so that cells keep their thread over restarts', () => {
    expect(textHash('')).toBe(0x811c9dc5);
    expect(textHash('a')).toBe(0xe40c292c);
    expect(textHash('foobar')).toBe(0xbf9cf968);
  });
});
