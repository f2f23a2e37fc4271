// The world is drawn without the lines along which its map was cut.

import { describe, expect, it } from 'vitest';
import { coastLines, onOneSide } from '../../web/data/seam.ts';

const widest = (ring: number[][]) => Math.max(...ring.slice(1).map((point, i) => Math.abs(point[0]! - ring[i]![0]!)));

describe('land that touches 180°', () => {
  it('has no edge that runs across the whole map', () => {
    const ring = onOneSide([
      [-180, 70],
      [170, 70],
      [170, 65],
      [180, 65],
      [-180, 66],
      [-180, 70],
    ]);
    expect(widest(ring)).toBe(10);
    expect(ring.every(([lon]) => lon! > 0)).toBe(true);
  });

  it('keeps both ends of land that goes all around the pole', () => {
    const ring = onOneSide([
      [-179, -80],
      [179, -80],
      [-180, -84],
      [-180, -90],
      [0, -90],
      [-180, -90],
      [-180, -84],
      [-179, -80],
    ]);
    expect(ring[2]).toEqual([180, -84]);
    expect(ring.at(-2)?.[1]).toBe(-84);
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
