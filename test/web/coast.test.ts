// The world is drawn without the lines along which its map was cut.

import { describe, expect, it } from 'vitest';
import { coastLines, unwrapped } from '../../web/data/seam.ts';

const widest = (ring: number[][]) => Math.max(...ring.slice(1).map((point, i) => Math.abs(point[0]! - ring[i]![0]!)));

describe('land that touches 180°', () => {
  it('has no edge that runs across the whole map', () => {
    const ring = unwrapped([
      [170, 70],
      [-180, 69],
      [-170, 66],
      [179, 65],
      [170, 70],
    ]);
    expect(widest(ring)).toBeLessThan(20);
    expect(ring[2]).toEqual([190, 66]);
    expect(ring.at(-1)).toEqual(ring[0]);
  });

  it('has a coast where there is water, and none along the cut or the pole', () => {
    expect(
      coastLines([
        [170, 70],
        [180, 70],
        [180, 65],
        [170, 65],
        [170, 70],
      ]),
    ).toEqual([
      [
        [170, 70],
        [180, 70],
      ],
      [
        [180, 65],
        [170, 65],
        [170, 70],
      ],
    ]);
    const south = [
      [10, -89.999],
      [20, -89.999],
    ];
    expect(coastLines(south)).toEqual([]);
  });
});
