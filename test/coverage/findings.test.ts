// What coverage tells: an area is told once, again when it grows or gets worse, and is over when enough good samples came.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { severityOf } from '../../server/alerts/severity.ts';
import type { Sample } from '../../server/model/sample.ts';
import { disc, isIn, openTown, type Rectangle, type Town } from './measured-town.ts';

const DAY = 86_400_000;
const SMALL: Rectangle = { west: 0, east: 280, south: -150, north: 150 };
const LARGE: Rectangle = { west: -100, east: 700, south: -250, north: 250 };

const weakIn =
  (rectangle: Rectangle, part = 1) =>
  (x: number, y: number, random: () => number) =>
    isIn(rectangle, x, y) && random() < part ? -116 : -92;
const later = (samples: Sample[], days: number) => samples.map((sample) => ({ ...sample, at: sample.at + days * DAY }));

describe('findings of weak coverage', () => {
  let town: Town;
  beforeEach(async () => {
    town = await openTown();
  });
  afterEach(() => town.close());
  const judged = async (samples: Sample[]) => {
    const findings = await town.coverage.findings(await town.add(samples));
    await town.coverage.settle();
    return findings;
  };

  it('begin with an area, and are not told again while nothing moves, nor after a restart', async () => {
    const [first, ...others] = await judged(disc(8000, 900, weakIn(SMALL)));
    expect(others).toEqual([]);
    expect(first).toMatchObject({ kind: 'weak-coverage', phase: 'begins', subject: { scope: 'area' }, cells: ['A'] });
    expect(first!.evidence.observed).toBeGreaterThan(85);
    expect(first!.evidence.score).toBeGreaterThan(0.5);
    expect(await judged(later(disc(2000, 900, weakIn(SMALL), { seed: 2 }), 1))).toEqual([]);
    const seq = town.coverage.judged;
    await town.reopen();
    expect(town.coverage.judged).toBe(seq);
    expect(await town.coverage.findings(seq)).toEqual([]);
    expect(await judged(later(disc(2000, 900, weakIn(SMALL), { seed: 3 }), 2))).toEqual([]);
  });

  it('are handed out again when they could not be dealt with', async () => {
    const seq = await town.add(disc(8000, 900, weakIn(SMALL)));
    const first = await town.coverage.findings(seq);
    expect(first).toHaveLength(1);
    expect(await town.coverage.findings(seq)).toEqual(first);
  });

  it('of an area that grew keep its id, are told again, and are worse', async () => {
    const [small] = await judged(disc(8000, 900, weakIn(SMALL)));
    const [large, ...others] = await judged(later(disc(60_000, 900, weakIn(LARGE), { seed: 2 }), 1));
    expect(others).toEqual([]);
    expect([large!.phase, large!.subject.id]).toEqual(['lasts', small!.subject.id]);
    expect(large!.since).toBe(small!.since);
    expect([small, large].map((finding) => severityOf(finding!, false))).toEqual(['warning', 'minor']);
    const [area] = await town.coverage.areas({});
    expect(area!.id).toBe(small!.subject.id);
  });

  it('of an area whose share rose by ten points are told again', async () => {
    const [first] = await judged(disc(8000, 900, weakIn(SMALL, 0.4)));
    const [second] = await judged(later(disc(30_000, 900, weakIn(SMALL, 0.9), { seed: 2 }), 1));
    expect([second!.phase, second!.subject.id]).toEqual(['lasts', first!.subject.id]);
    expect(second!.evidence.observed! - first!.evidence.observed!).toBeGreaterThan(10);
  });

  it('end when enough good samples came there, not when none came', async () => {
    const [first] = await judged(disc(8000, 900, weakIn(SMALL)));
    const elsewhere = disc(500, 200, () => -90, { seed: 2 }).map((sample) => ({ ...sample, lat: sample.lat + 0.2 }));
    expect(await judged(later(elsewhere, 40))).toEqual([]);
    const [end, ...others] = await judged(
      later(
        disc(8000, 900, () => -90, { seed: 3 }),
        41,
      ),
    );
    expect(others).toEqual([]);
    expect([end!.phase, end!.subject.id]).toEqual(['ends', first!.subject.id]);
  });

  it('are never of a rival, and of each of our technologies apart', async () => {
    expect(
      (
        await judged([
          ...disc(8000, 900, weakIn(SMALL)),
          ...disc(8000, 900, weakIn(SMALL), { radio: 'NR' }),
          ...disc(8000, 900, weakIn(LARGE), { operator: 'Rival', radio: 'UMTS' }),
        ])
      )
        .map(({ why }) => why.values.radio)
        .sort(),
    ).toEqual(['LTE', 'NR']);
  });
});
