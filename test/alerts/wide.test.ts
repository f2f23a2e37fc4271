// One cause, one alert: what a control room sees of single cells and sites while a whole region moves.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isActive } from '../../server/alerts/alert-state.ts';
import type { Places } from '../../server/alerts/phrasing.ts';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Finding } from '../../server/model/finding.ts';
import { heardAt } from './muted.ts';
import { type Bench, bench, finding } from './network.ts';

/** Twelve cells on six sites that stand nowhere near each other. */
const CELLS = ['Q0', 'Q1', 'Q2', 'Q3', 'Q4', 'Q5'].flatMap((site) => [`${site}-A`, `${site}-B`]);
const places: Places = {
  cell: (id) => (CELLS.includes(id) ? { siteId: id.split('-')[0]!, isTdd: true } : undefined),
  cellsOf: (site) => CELLS.filter((cell) => cell.startsWith(`${site}-`)),
};
const NOISE = 'ul_interference_dbm';
const everything = ({ alerts }: Bench) => alerts.list({ state: 'all', limit: 1000 })!.alerts;
const standing = (one: Bench) => everything(one).filter((alert) => isActive(alert) && alert.partOf === undefined);
const wideOf = (one: Bench): AlertRecord => everything(one).find(({ subject }) => subject === 'peers air')!;

/** Noise on all of the cells at once; over with `ends`. */
function noise(phase: Finding['phase'], n: number, since: number, cells = CELLS): Finding {
  const evidence = { observed: -100, expected: -112, low: -114, high: -109, score: phase === 'ends' ? 0 : 0.7 };
  const values = { kpi: NOISE, cells: cells.length, observed: -100, low: -114, high: -109 };
  return finding('anomaly', 'peers air', phase, n, since, {
    ...{ subject: { scope: 'area', id: 'peers air' }, cells: phase === 'ends' ? [] : cells, kpi: NOISE, evidence },
    why: { code: 'wide-above', values },
    wouldClear: { code: 'wide-over', values: { kpi: NOISE } },
  });
}

/** One cell that hears more than the others. */
function louder(cell: string, phase: Finding['phase'], n: number, since = n, kpi = NOISE, also = ''): Finding {
  const evidence = { observed: -96, expected: -112, low: -114, high: -109, score: phase === 'ends' ? 0 : 0.8 };
  return finding('anomaly', cell, phase, n, since, {
    kpi,
    evidence,
    why: { code: 'above-usual', values: { kpi, also } },
  });
}

describe('a move of a whole region', () => {
  test('takes in the cells and sites that are told of the same, whoever was first', async () => {
    const one = await bench(undefined, { places });
    await one.take(louder('Q0-A', 'begins', 0), louder('Q1-A', 'begins', 0), louder('Q1-B', 'begins', 0));
    expect(standing(one)).toHaveLength(2);
    await one.take(noise('begins', 1, 0));
    expect(standing(one).map(({ subject }) => subject)).toEqual(['peers air']);
    await one.take(louder('Q2-A', 'begins', 3), louder('Q2-B', 'begins', 3));
    expect(standing(one).map(({ subject }) => subject)).toEqual(['peers air']);
    const parts = everything(one).filter(({ partOf }) => partOf === wideOf(one).id);
    expect(parts.map(({ scope, siteId }) => `${siteId} ${scope}`).sort()).toEqual(['Q0 cell', 'Q1 site', 'Q2 site']);
  });

  test('is as bad as the worst in it, and on the night list once that would be', async () => {
    const one = await bench(undefined, { places });
    await one.take(noise('begins', 1, 0));
    expect(wideOf(one)).toMatchObject({ severity: 'warning', audience: 'planner' });
    await one.take(louder('Q0-A', 'begins', 1));
    expect(wideOf(one)).toMatchObject({ severity: 'major', audience: 'noc' });
    expect(['Q0-A', 'Q3-B'].map((cell) => one.alerts.healthOf(cell))).toEqual(['major', 'warning']);
    await one.take(noise('lasts', 2, 0));
    expect(wideOf(one).history.map(({ what }) => what)).toEqual(['raised', 'worsened']);
    await one.take(louder('Q0-A', 'ends', 3, 1), noise('lasts', 3, 0));
    expect(wideOf(one).severity).toBe('warning');
  });

  test('leaves alone what began long before, what is in other trouble, and what its cells do not share', async () => {
    const one = await bench(undefined, { places });
    await one.take(louder('Q0-A', 'begins', 0), noise('begins', 9, 8, CELLS.slice(0, 10)));
    await one.take(louder('Q1-A', 'begins', 9, 9, 'vswr_ratio', NOISE), finding('fault', 'Q2-A', 'begins', 9));
    await one.take(louder('Q5-A', 'begins', 9));
    expect(
      standing(one)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Q0-A', 'Q1-A', 'Q2-A', 'Q5-A', 'peers air']);
    // Service that noise breaks is the same trouble, where that noise is told with it.
    await one.take(louder('Q3-A', 'begins', 9, 9, 'setup_success_pct', NOISE));
    expect(one.about('Q3-A').partOf).toBe(wideOf(one).id);
  });

  test('is over with the last of its cells, and makes no list of those that lag behind', async () => {
    const one = await bench(undefined, { places });
    await one.take(noise('begins', 1, 0), louder('Q0-A', 'begins', 1), louder('Q3-A', 'begins', 1));
    await one.take(noise('ends', 6, 0));
    expect(standing(one).map(({ subject }) => subject)).toEqual(['peers air']);
    expect(one.alerts.healthOf('Q1-A')).toBeUndefined();
    await one.take(louder('Q0-A', 'ends', 7, 1), louder('Q3-A', 'ends', 8, 1));
    expect(everything(one).filter(isActive)).toEqual([]);
  });

  test('is over with the last of its cells also where nobody knows its site, where it leaves, or where somebody clears it', async () => {
    const stray = 'X9-A';
    const ends = [
      async (one: Bench) => one.take(louder(stray, 'ends', 7, 1)),
      async (one: Bench) => one.alerts.take([], 90, { retired: [stray], names: new Map() }),
      async (one: Bench) => one.alerts.act(one.about(stray).id, { what: 'clear', by: 'Ann' }),
    ];
    for (const end of ends) {
      const one = await bench(undefined, { places });
      await one.take(noise('begins', 1, 0, [...CELLS, stray]), louder(stray, 'begins', 1));
      expect(one.about(stray).partOf).toBe(wideOf(one).id);
      await one.take(noise('ends', 6, 0));
      expect(isActive(wideOf(one))).toBe(true);
      await end(one);
      await one.alerts.take([], 91, undefined, heardAt(8, CELLS));
      expect(everything(one).filter(isActive)).toEqual([]);
    }
  });

  test('lets go of a cell that stays loud long after the others are well', async () => {
    const one = await bench(undefined, { places });
    await one.take(noise('begins', 1, 0), louder('Q0-A', 'begins', 1));
    await one.take(noise('ends', 6, 0));
    for (let n = 7; n <= 11; n++) await one.take(louder('Q0-A', 'lasts', n, 1));
    expect(standing(one).map(({ subject }) => subject)).toEqual(['Q0-A']);
    expect(wideOf(one).state).toBe('cleared');
  });
});

describe('whatever cells do while a region moves', () => {
  interface Trouble {
    begin: number;
    length: number;
    fails: boolean;
  }
  const trouble = fc.record({
    begin: fc.integer({ min: 0, max: 9 }),
    length: fc.integer({ min: 1, max: 9 }),
    fails: fc.boolean(),
  });
  const troubles = fc.dictionary(fc.constantFrom(...CELLS), trouble, { minKeys: 1 });
  const LAST = 24;

  const phaseOf = ({ begin, length }: Omit<Trouble, 'fails'>, n: number): Finding['phase'] | undefined =>
    n < begin || n > begin + length ? undefined : n === begin ? 'begins' : n < begin + length ? 'lasts' : 'ends';

  /** In the order of a detector: cells first, then what many of them do. */
  function findingsAt(all: Record<string, Trouble>, wide: Omit<Trouble, 'fails'>, n: number): Finding[] {
    const own = Object.entries(all).flatMap(([cell, one]) => {
      const phase = phaseOf(one, n);
      if (!phase) return [];
      return [one.fails ? finding('fault', cell, phase, n, one.begin) : louder(cell, phase, n, one.begin)];
    });
    const phase = phaseOf(wide, n);
    return phase ? [...own, noise(phase, n, wide.begin)] : own;
  }

  test('each bad cell is told, parts stand behind what lasts, all is over in the end; a crash changes nothing', async () => {
    const run = async (all: Record<string, Trouble>, wide: Omit<Trouble, 'fails'>, crashAt: number) => {
      const take = (one: Bench, n: number) =>
        one.alerts.take(findingsAt(all, wide, n), n + 1, undefined, heardAt(n, CELLS));
      const whole = await bench(undefined, { places });
      const crashed = await bench(undefined, { places });
      for (let n = 0; n <= LAST; n++) {
        await take(whole, n);
        if (n < crashAt) await take(crashed, n);
        const told = new Set(
          standing(whole).flatMap(({ cells, recovered = [] }) => cells.filter((one) => !recovered.includes(one))),
        );
        const inParts = everything(whole).filter((alert) => isActive(alert) && alert.partOf !== undefined);
        for (const { cells } of inParts) for (const cell of cells) told.add(cell);
        const bad = Object.keys(all).filter(
          (cell) => n >= all[cell]!.begin && n < all[cell]!.begin + all[cell]!.length,
        );
        expect(bad.filter((cell) => !told.has(cell))).toEqual([]);
        for (const { partOf } of inParts)
          expect(everything(whole).find(({ id }) => id === partOf)!.state).not.toBe('cleared');
      }
      expect(everything(whole).filter(isActive)).toEqual([]);
      const again = await bench(crashed.ledger, { places });
      for (let n = again.alerts.position; n <= LAST; n++) await take(again, n);
      const story = ({ id, state, scope, partOf, severity, audience, clearedAt }: AlertRecord) => ({
        ...{ id, state, scope, partOf, severity, audience, clearedAt },
      });
      expect(everything(again).map(story)).toEqual(everything(whole).map(story));
    };
    const wide = fc.record({ begin: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(fc.asyncProperty(troubles, wide, fc.integer({ min: 1, max: 20 }), run), { numRuns: 25 });
  });
});
