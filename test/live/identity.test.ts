// Who is who in an inventory: renamed, exchanged, merged and doubtful cells, as one delivery tells of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Directory } from '../../server/live/directory.ts';
import { decideIdentity } from '../../server/live/identity.ts';
import { Live } from '../../server/live/live.ts';
import type { Cell } from '../../server/model/cell.ts';

const AT = Date.UTC(2024, 5, 1);
const cell = (id: string, more: Partial<Cell> = {}): Cell => ({ id, siteId: 's', radio: 'LTE', ...more });
const cgi = (n: number) => `460-00-${n}`;

function network(...cells: Cell[]): Directory {
  const directory = new Directory();
  for (const one of cells) directory.put(one);
  return directory;
}

function decide(directory: Directory, cells: readonly Cell[], isWhole = false) {
  const rows = cells.map((one, index) => ({ cell: one, where: { index } }));
  const decided = decideIdentity(rows, directory, { isWhole, at: AT });
  const { merged = [], renamed = [], changes = [] } = decided.identity ?? {};
  return { ...decided, merged, renamed, changes };
}

describe('an inventory with new names for known cells', () => {
  it('renames the cell that has the global identity, however that is written, and remembers what it was called', () => {
    const { renamed, cells, changes } = decide(network(cell('A', { cgi: '460-00-0042' })), [
      cell('B', { cgi: '460:00:42' }),
    ]);
    expect(renamed).toEqual([{ from: 'A', to: 'B' }]);
    expect(cells[0]).toMatchObject({ id: 'B', formerIds: ['A'] });
    expect(changes).toEqual([{ cell: 'B', field: 'id', from: 'A', to: 'B', at: AT }]);
  });

  it('tells networks 01 and 001 apart, and technologies', () => {
    const known = network(cell('A', { cgi: '460-01-7' }));
    expect(decide(known, [cell('B', { cgi: '460-001-7' })]).renamed).toEqual([]);
    expect(decide(known, [cell('B', { cgi: '460-01-7', radio: 'NR' })]).renamed).toEqual([]);
  });

  it('renames by an alias, unless the cell has a row of its own', () => {
    const known = network(cell('A', { aliases: ['DU=1'] }));
    expect(decide(known, [cell('B', { aliases: ['A'] })]).renamed).toEqual([{ from: 'A', to: 'B' }]);
    expect(decide(known, [cell('B', { aliases: ['DU=1'] })]).renamed).toEqual([{ from: 'A', to: 'B' }]);
    expect(decide(known, [cell('B', { aliases: ['A'] }), cell('A')]).renamed).toEqual([]);
  });

  it('refuses a name that another cell has, and then who was to take the name of the refused one, and so on', () => {
    const known = network(...[1, 2, 3].map((n) => cell(`c${n}`, { cgi: cgi(n) })));
    const { rejections, cells } = decide(known, [cell('c2', { cgi: cgi(1) }), cell('c3', { cgi: cgi(2) })]);
    expect(rejections.map(({ index, reason, field }) => [index, reason, field])).toEqual([
      [1, 'ambiguous', 'id'],
      [0, 'ambiguous', 'id'],
    ]);
    expect(cells).toEqual([]);
  });

  it('is decided within seconds, also where thousands of rows are refused', () => {
    const half = 20_000;
    const known = network(...Array.from({ length: 2 * half }, (_, n) => cell(`c${n}`, { cgi: cgi(n) })));
    const rows = Array.from({ length: half }, (_, n) => cell(`c${n < half / 2 ? n : n + half}`, { cgi: cgi(n) }));
    const began = performance.now();
    expect(decide(known, rows).rejections).toHaveLength(half / 2);
    // It takes half a second; looking through all rows anew for each refusal took a minute.
    expect(performance.now() - began).toBeLessThan(8000);
  });

  it('exchanges two names, and hands names on in a chain', () => {
    const known = network(cell('A', { cgi: cgi(1) }), cell('B', { cgi: cgi(2) }));
    expect(decide(known, [cell('A', { cgi: cgi(2) }), cell('B', { cgi: cgi(1) })]).renamed).toEqual([
      { from: 'B', to: 'A' },
      { from: 'A', to: 'B' },
    ]);
    expect(decide(known, [cell('B', { cgi: cgi(1) }), cell('C', { cgi: cgi(2) })]).renamed).toEqual([
      { from: 'A', to: 'B' },
      { from: 'B', to: 'C' },
    ]);
  });

  it('gives a name that is free again to a new cell of another identity', () => {
    const known = network(cell('A', { cgi: cgi(1) }));
    const { renamed, cells } = decide(known, [cell('A', { cgi: cgi(9) }), cell('B', { cgi: cgi(1) })]);
    expect(renamed).toEqual([{ from: 'A', to: 'B' }]);
    expect(cells.map(({ formerIds }) => formerIds)).toEqual([undefined, ['A']]);
  });

  it('takes a cell back under the name that it had before', () => {
    const known = network(cell('B', { formerIds: ['A'] }));
    const { renamed, cells } = decide(known, [cell('A')]);
    expect(renamed).toEqual([{ from: 'B', to: 'A' }]);
    expect(cells[0]!.formerIds).toEqual(['B']);
  });

  it('joins what data alone had named to the cell that it is', () => {
    const known = network(cell('A', { cgi: cgi(1) }));
    known.ensure('B');
    known.ensure('DU=7');
    const { merged, renamed } = decide(known, [cell('B', { cgi: cgi(1), aliases: ['DU=7'] })]);
    expect([merged, renamed]).toEqual([
      [
        { from: 'B', to: 'A' },
        { from: 'DU=7', to: 'A' },
      ],
      [{ from: 'A', to: 'B' }],
    ]);
    const fresh = decide(known, [cell('C', { aliases: ['DU=7'] })]);
    expect([fresh.merged, fresh.renamed]).toEqual([[], [{ from: 'DU=7', to: 'C' }]]);
  });
});

describe('an inventory in doubt', () => {
  it('refuses two cells of one identity, but for the one that had it, and says which they are', () => {
    const rows = [cell('A', { cgi: cgi(1) }), cell('B', { cgi: cgi(1) })];
    expect(decide(network(), rows).rejections.map(({ index, reason, field }) => [index, reason, field])).toEqual([
      [0, 'ambiguous', 'cgi'],
      [1, 'ambiguous', 'cgi'],
    ]);
    const { rejections, cells } = decide(network(cell('A', { cgi: cgi(1) })), rows);
    expect(cells.map(({ id }) => id)).toEqual(['A']);
    expect(rejections[0]!.detail).toBe('cgi 460-00-1 is given to "A", "B": it belongs to one cell; give each its own');
  });

  it('refuses a new name that is the name of another cell without a row; a whole network settles it', () => {
    const known = network(cell('A', { cgi: cgi(1) }), cell('B', { cgi: cgi(2) }));
    const rows = [cell('B', { cgi: cgi(1) })];
    expect(decide(known, rows).rejections).toMatchObject([{ reason: 'ambiguous', field: 'id' }]);
    const whole = decide(known, rows, true);
    expect(whole).toMatchObject({ rejections: [], retired: ['B'] });
    expect(whole.renamed).toEqual([
      { from: 'B', to: 'B (left)' },
      { from: 'A', to: 'B' },
    ]);
  });

  it('refuses rows that both go by a name of one cell, and a row with names of two', () => {
    const known = network(cell('A'), cell('B'));
    const shared = decide(known, [cell('C', { aliases: ['A'] }), cell('D', { aliases: ['A'] })]);
    expect(shared.rejections.map(({ reason }) => reason)).toEqual(['ambiguous', 'ambiguous']);
    expect(decide(known, [cell('C', { aliases: ['A', 'B'] })]).rejections[0]!.detail).toContain('"A", "B"');
  });

  it('retires nobody while rows are refused', () => {
    const known = network(cell('A', { cgi: cgi(1) }), cell('Z'));
    const { retired, rejections } = decide(known, [cell('A', { cgi: cgi(1) }), cell('B', { cgi: cgi(1) })], true);
    expect([retired, rejections.length]).toEqual([[], 1]);
  });
});

describe('what changed of a cell', () => {
  it('is told field by field; what is told for the first time, or written otherwise, is no change', () => {
    const before = cell('A', { vendor: 'Nokia', band: 'B3', tiltDeg: 2 });
    const after = cell('A', { vendor: 'NOKIA', band: '3', tiltDeg: 4, duplex: 'FDD', siteId: 't' });
    expect(decide(network(before), [after]).changes).toEqual([
      { cell: 'A', field: 'siteId', from: 's', to: 't', at: AT },
      { cell: 'A', field: 'tiltDeg', from: '2', to: '4', at: AT },
    ]);
    expect(decide(network(before), [before]).identity).toBeUndefined();
  });
});

/** A network whose cells take any names in any order; `names[i]` is what cell i is called, null while it is not there. */
const histories = fc.array(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', null, null], { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

describe('a network that is renamed again and again', () => {
  it('keeps each cell and its newest values, whatever they are called', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const live = new Live();
        let indexes: (number | undefined)[] = [];
        for (const [step, names] of history.entries()) {
          const cells = names.flatMap((name, i) => (name === null ? [] : [cell(name, { cgi: cgi(i + 1) })]));
          if (cells.length === 0) continue;
          const { rejections, ...decided } = decide(live.directory, cells, true);
          expect(rejections).toEqual([]);
          live.take({ seq: step + 1, kind: 'inventory', receivedAt: AT, ...decided });
          for (const [i, name] of names.entries()) {
            if (name === null) continue;
            const known = live.directory.get(name);
            expect(known?.cell?.cgi).toBe(cgi(i + 1));
            if (indexes[i] !== undefined) expect(known?.index).toBe(indexes[i]);
          }
          // Who was away for a while and comes back is found by its name, or is a new one.
          indexes = names.map((name) => (name === null ? undefined : live.directory.get(name)?.index));
          expect(live.directory.counts().cells).toBe(cells.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
