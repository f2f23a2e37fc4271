// Small groups of people stay small secrets: nobody who knows all that is shown can say how many they are.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ShownTable, shownCount, shownList, shownTable } from '../../server/experience/suppression.ts';
import type { PeopleCount } from '../../server/model/star.ts';

describe('groups of people', () => {
  it('show their number from ten on, and none as none', () => {
    expect(shownList([0, 10, 4212])).toEqual({ total: 4222, counts: [0, 10, 4212] });
    expect([shownCount(0), shownCount(9), shownCount(10)]).toEqual([0, '<10', 10]);
  });

  it('under ten show as such, and the next smallest is hidden, since the total would tell', () => {
    expect(shownList([4, 300, 25, 80])).toEqual({ total: 409, counts: ['<10', 300, 'hidden', 80] });
  });

  it('that are several and small need no further one when their sum keeps them apart', () => {
    expect(shownList([4, 7, 300, 25])).toEqual({ total: 336, counts: ['<10', '<10', 300, 25] });
  });

  it('that are small even together hide one more, for they would be a small group that is known', () => {
    expect(shownList([2, 3, 300, 25])).toEqual({ total: 330, counts: ['<10', '<10', 300, 'hidden'] });
  });

  it('of nine, nine times, are not given away by their sum', () => {
    expect(shownList([9, 9, 40]).counts).toEqual(['<10', '<10', 'hidden']);
  });

  it('that are the only one show as small with their total', () => {
    expect(shownList([5])).toEqual({ total: '<10', counts: ['<10'] });
    expect(shownList([])).toEqual({ total: 0, counts: [] });
  });

  it('of one and of ten alone hide even the total', () => {
    expect(shownList([1, 10])).toEqual({ total: 'hidden', counts: ['<10', 'hidden'] });
  });

  it('by two keys hide a ring of four, so that neither row nor column tells', () => {
    const table = shownTable([
      [5, 100, 200],
      [80, 90, 300],
      [70, 60, 50],
    ]);
    expect(table.rows).toEqual([305, 470, 180]);
    expect(table.columns).toEqual([155, 250, 550]);
    expect(table.cells.flat().filter((count) => count === '<10')).toHaveLength(1);
    expect(table.cells.flat().filter((count) => count === 'hidden')).toHaveLength(3);
  });

  it('are hidden in a table of 500 rows and 8 columns too', () => {
    const counts = Array.from({ length: 500 }, (_, r) => Array.from({ length: 8 }, (_, c) => (r * 7 + c * 13) % 41));
    const { cells } = shownTable(counts);
    const small = (count: number) => count > 0 && count < 10;
    const given = cells.flatMap((row, r) =>
      row.filter((shown, c) => small(counts[r]![c]!) && typeof shown === 'number'),
    );
    expect(given).toEqual([]);
    expect(cells.flat()).toContain(40);
  });
});

const group = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 40 }));

describe('an attacker who knows every sum that is shown', () => {
  it('cannot pin a small group of a list', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 7 }), (counts) => {
        const shown = shownList(counts);
        expectHonest(counts, shown.counts);
        counts.forEach((count, i) => {
          if (count === 0 || count > 9) return;
          const asTable = { total: 'hidden', rows: [shown.total], columns: counts.map(() => 'hidden') } as const;
          const table = { ...asTable, columns: [...asTable.columns], rows: [...asTable.rows], cells: [shown.counts] };
          expect([shown, hasOther([counts], table as ShownTable, 0, i)]).toEqual([shown, true]);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('cannot pin a small group of a table, however rows and columns are put together', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .chain(([height, width]) =>
        fc.array(fc.array(group, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
      );
    fc.assert(
      fc.property(table, (counts) => {
        const shown = shownTable(counts);
        expectHonest(counts.flat(), shown.cells.flat());
        counts.forEach((row, r) => {
          row.forEach((count, c) => {
            if (count > 0 && count < 10) expect([shown, hasOther(counts, shown, r, c)]).toEqual([shown, true]);
          });
        });
      }),
      { numRuns: 150 },
    );
  });
});

/** What is shown as a number is that number; what is small never is. */
function expectHonest(counts: readonly number[], shown: readonly PeopleCount[]): void {
  counts.forEach((count, i) => {
    if (count > 0 && count < 10) expect(shown[i]).toBe('<10');
    else expect([count, 'hidden']).toContain(shown[i]);
    if (count === 0) expect(shown[i]).toBe(0);
  });
}

const fits = (count: number, shown: PeopleCount, least: number) =>
  shown === '<10' ? count >= 1 && count <= 9 : shown === 'hidden' ? count >= least : count === shown;

/** Tries every table that differs by at most one anywhere: whether one fits all that is shown with another number here. */
function hasOther(counts: readonly (readonly number[])[], shown: ShownTable, r: number, c: number): boolean {
  const [height, width] = [counts.length, counts[0]!.length];
  const open = shown.cells.flatMap((row, i) =>
    row.flatMap((one, j) => (typeof one === 'number' ? [] : [[i, j] as const])),
  );
  const other = counts.map((row) => [...row]);
  const isTable = () => {
    if (other[r]![c] === counts[r]![c]) return false;
    const rows = other.map((row) => row.reduce((a, b) => a + b, 0));
    const columns = Array.from({ length: width }, (_, j) => other.reduce((a, row) => a + row[j]!, 0));
    const all = rows.reduce((a, b) => a + b, 0);
    return (
      rows.every((count, i) => fits(count, shown.rows[i]!, 1)) &&
      columns.every((count, j) => fits(count, shown.columns[j]!, 0)) &&
      fits(all, shown.total, 0)
    );
  };
  const search = (at: number): boolean => {
    if (at === open.length) return isTable();
    const [i, j] = open[at]!;
    for (const by of [0, -1, 1]) {
      other[i]![j] = counts[i]![j]! + by;
      if (fits(other[i]![j]!, shown.cells[i]![j]!, 10) && search(at + 1)) return true;
    }
    other[i]![j] = counts[i]![j]!;
    return false;
  };
  return height > 0 && search(0);
}
