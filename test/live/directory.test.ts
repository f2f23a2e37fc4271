// The directory against a plain model: whatever comes and goes, counts, names and sites stay right.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Directory } from '../../server/live/directory.ts';
import type { Cell } from '../../server/model/cell.ts';

const IDS = ['a', 'b', 'c', 'd'];
const SITES = ['s1', 's2'];

type Act = { do: 'put'; cell: Cell } | { do: 'ensure'; id: string; siteId: string } | { do: 'retire'; id: string };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('put' as const),
      cell: fc.record(
        {
          id: fc.constantFrom(...IDS),
          siteId: fc.constantFrom(...SITES),
          radio: fc.constantFrom('LTE' as const, 'NR' as const),
          lat: fc.constant(1),
          lon: fc.constant(2),
          aliases: fc.subarray(['x', 'y', 'z']),
        },
        { requiredKeys: ['id', 'siteId', 'radio'] },
      ),
    }),
    fc.record({ do: fc.constant('ensure' as const), id: fc.constantFrom(...IDS), siteId: fc.constantFrom(...SITES) }),
    fc.record({ do: fc.constant('retire' as const), id: fc.constantFrom(...IDS) }),
  ),
  { maxLength: 40 },
);

describe('the directory', () => {
  it('keeps counts, sites, names and numbers right through any history', () => {
    fc.assert(
      fc.property(acts, (history) => {
        const directory = new Directory();
        const model = new Map<string, { siteId: string; cell?: Cell }>();
        const indexes = new Map<string, number>();
        for (const act of history) {
          if (act.do === 'put') {
            directory.put(act.cell);
            model.set(act.cell.id, { siteId: act.cell.siteId, cell: act.cell });
          } else if (act.do === 'ensure') {
            directory.ensure(act.id, act.siteId);
            if (!model.has(act.id)) model.set(act.id, { siteId: act.siteId });
          } else {
            directory.retire(act.id);
            model.delete(act.id);
          }
          for (const { id, index } of directory.cells()) {
            // A number once given stays: charts and frames refer to it.
            expect(indexes.get(id) ?? index).toBe(index);
            indexes.set(id, index);
            expect(directory.at(index)?.id).toBe(id);
          }
        }
        const placed = [...model.values()].filter(({ cell }) => cell?.lat !== undefined && cell.lon !== undefined);
        expect(directory.counts()).toEqual({ cells: model.size, unplaced: model.size - placed.length });
        expect([...directory.cells()].map(({ id }) => id).sort()).toEqual([...model.keys()].sort());
        for (const id of IDS) {
          expect(directory.get(id)?.siteId).toBe(model.get(id)?.siteId);
          expect(directory.get(id)?.cell).toEqual(model.get(id)?.cell);
          expect(directory.find(id)).toBe(model.has(id) ? id : undefined);
        }
        for (const site of SITES) {
          const here = [...model].filter(([, { siteId }]) => siteId === site).map(([id]) => id);
          expect(directory.cellsOf(site).sort()).toEqual(here.sort());
        }
        for (const alias of ['x', 'y', 'z']) {
          const found = directory.find(alias);
          if (found !== undefined) expect(model.get(found)?.cell?.aliases ?? []).toContain(alias);
        }
        const inventoried = [...model].filter(([, { cell }]) => cell).map(([id]) => id);
        expect(directory.absentFrom(new Set(['a'])).sort()).toEqual(inventoried.filter((id) => id !== 'a').sort());
      }),
      { numRuns: 500 },
    );
  });

  it('lets a cell come and go by its own validity, in the time of the data', () => {
    const at = (day: number) => Date.UTC(2024, 0, day);
    const cell = (id: string, more: Partial<Cell>): Cell => ({ id, siteId: 's', radio: 'LTE', ...more });
    const directory = new Directory();
    directory.put(cell('new', { validFrom: '2024-01-05' }), at(1));
    directory.put(cell('old', { validTo: '2024-01-06' }), at(1));
    directory.put(cell('any', { validFrom: '2030-01-01' }));
    const due = (day: number) => {
      const { begin, end } = directory.due(at(day));
      return [begin.map(({ id }) => id), end];
    };
    expect(['new', 'old', 'any'].map((id) => directory.find(id))).toEqual([undefined, 'old', 'any']);
    expect([due(2), due(5), due(7)]).toEqual([
      [[], []],
      [['new'], []],
      [['new'], ['old']],
    ]);
    directory.put(cell('new', { validFrom: '2024-01-05' }), at(7));
    directory.retire('old');
    expect([directory.find('new'), directory.hasLeft('old'), due(8)]).toEqual(['new', true, [[], []]]);
  });

  it('finds a cell by alias and by global identity, and by those of its newest entry alone', () => {
    const directory = new Directory();
    directory.put({ id: 'a', siteId: 's', radio: 'LTE', aliases: ['old'], cgi: '460-00-1' });
    expect([directory.find('old'), directory.find('460-00-1')]).toEqual(['a', 'a']);
    directory.put({ id: 'a', siteId: 's', radio: 'LTE', aliases: ['new'] });
    expect(['old', '460-00-1', 'new'].map((name) => directory.find(name))).toEqual([undefined, undefined, 'a']);
  });
});
