// What the planner's page fetches and when: once for each question and view, coarser where there is too much, and nothing lost by a failure.

import { latLngToCell } from 'h3-js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CoverageHexagons } from '../../server/api/contract.ts';
import { Failure } from '../../web/data/api.ts';
import type { CoverageDoors, CoverageQuestion } from '../../web/data/coverage.ts';
import { CoverageBook } from '../../web/pages/coverage/coverage-book.svelte.ts';
import { sampleArea } from './sample-area.ts';

const QUESTION: CoverageQuestion = { operator: 'ours', radio: 'LTE', kind: 'drive' };
const VIEW = { bounds: { west: 120, south: 36, east: 120.2, north: 36.1 }, zoom: 11.5 };

let asked: string[];
let tooMany: (resolution: number) => boolean;
let failing: string;
let samples: number;

function hexagons(resolution: number): CoverageHexagons {
  return {
    resolution,
    weakDbm: -110,
    leastSamples: 20,
    id: [latLngToCell(36.05, 120.1, resolution)],
    samples: [100],
    weakShare: [0.3],
    medianRsrpDbm: [-105],
    notJudged: [0],
    rivalDifference: [null],
    cut: tooMany(resolution),
  };
}

async function answer<T>(what: string, value: T): Promise<T> {
  asked.push(what);
  if (failing && what.startsWith(failing)) throw new Failure(503, 'The store is away.', 'abc');
  return value;
}

const doors: CoverageDoors = {
  slices: () =>
    answer('slices', {
      slices: [
        {
          operator: null,
          ours: true,
          radio: 'LTE',
          kind: 'drive',
          bands: [],
          samples,
          unmeasured: 0,
          from: '2026-03-01T00:00:00Z',
          to: '2026-03-17T00:00:00Z',
        },
      ],
    }),
  areas: () => answer('areas', { areas: [sampleArea()], samples, from: null, to: null }),
  hexagons: (_, resolution, bounds) =>
    answer(`hexagons ${resolution} ${bounds ? 'view' : 'all'}`, hexagons(resolution)),
};

describe('what the planner’s page fetches', () => {
  let book: CoverageBook;
  beforeEach(() => {
    [asked, tooMany, failing, samples] = [[], () => false, '', 1000];
    book = new CoverageBook(doors);
  });

  it('is first where the samples are, so that the map can begin there', async () => {
    await book.loadSlices();
    await book.ask(QUESTION, 'en');
    expect(asked).toEqual(['slices', 'areas', 'hexagons 7 all']);
    expect(book.surveyed).toBe(true);
    expect(book.extent!.west).toBeCloseTo(120.1, 1);
    expect(book.areas?.areas).toHaveLength(1);
  });

  it('is then the hexagons of the view with room around it: a small move asks for nothing', async () => {
    await book.ask(QUESTION, 'en');
    await book.look(VIEW);
    asked = [];
    await book.look({ ...VIEW, bounds: { west: 120.03, south: 36.01, east: 120.23, north: 36.11 } });
    expect(asked).toEqual([]);
    await book.look({ ...VIEW, zoom: 12.6 });
    expect(asked).toEqual(['hexagons 10 view']);
  });

  it('is coarser where there are too many, once, and not again for the same view', async () => {
    tooMany = (resolution) => resolution > 7;
    await book.ask(QUESTION, 'en');
    await book.look(VIEW);
    expect(asked.slice(2)).toEqual(['hexagons 9 view', 'hexagons 8 view', 'hexagons 7 view']);
    expect(book.hexagons?.resolution).toBe(7);
    await book.look(VIEW);
    expect(asked).toHaveLength(5);
  });

  it('in another language is only the sentences', async () => {
    await book.ask(QUESTION, 'en');
    asked = [];
    await book.ask(QUESTION, 'zh');
    expect(asked).toEqual(['areas']);
  });

  it('is fetched anew when samples have come, and left alone when none have', async () => {
    await book.loadSlices();
    await book.ask(QUESTION, 'en');
    await book.look(VIEW);
    asked = [];
    await book.loadSlices();
    expect(asked).toEqual(['slices']);
    samples = 2000;
    await book.loadSlices();
    expect(asked.slice(2).toSorted()).toEqual(['areas', 'hexagons 9 view']);
    expect(book.areas?.samples).toBe(2000);
  });

  it('stays as it was when a fetch fails, with the reason, until it works again', async () => {
    await book.loadSlices();
    await book.ask(QUESTION, 'en');
    failing = 'areas';
    await book.ask(QUESTION, 'zh');
    expect(book.areas?.areas).toHaveLength(1);
    expect(book.failed.areas).toEqual({ detail: 'The store is away.', instance: 'abc' });
    failing = '';
    await book.retry();
    expect(book.failed.areas).toBeUndefined();
    expect(book.waiting).toBe(0);
  });

  it('lets the map begin though the samples could not be fetched', async () => {
    failing = 'hexagons';
    await book.ask(QUESTION, 'en');
    expect(book.surveyed).toBe(true);
    expect(book.extent).toBeNull();
    expect(book.failed.hexagons?.detail).toBe('The store is away.');
  });
});
