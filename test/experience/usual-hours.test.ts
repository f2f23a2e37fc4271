// What a cell usually gives at this hour is the middle of its last two weeks, not of today; unknown stays unknown.

import { describe, expect, it } from 'vitest';
import { CellHours } from '../../server/experience/cell-hours.ts';
import { NameTable } from '../../server/experience/name-table.ts';
import { UsualHours } from '../../server/experience/usual-hours.ts';
import { HOUR_MS, localTime } from '../../server/maths/local-time.ts';

const START = Date.UTC(2026, 2, 1);
const TIME = localTime('UTC');

/** Hours of one cell, given from the first on; time stands at the end of the last. */
function hoursOf(scores: readonly (number | null)[]): UsualHours {
  const cells = new NameTable();
  const hours = new CellHours(cells, TIME, 60);
  const cell = cells.number('pier-1')!;
  scores.forEach((score, i) => {
    const end = START + (i + 1) * HOUR_MS;
    hours.advance(end);
    hours.put(cell, hours.stretch(end, 3600)!, score);
  });
  return new UsualHours(hours, TIME);
}

describe('the usual of a cell', () => {
  it('is the middle of the same hour on the days before, whatever today is', () => {
    const usual = hoursOf(Array.from({ length: 10 * 24 + 10 }, (_, i) => (i >= 240 ? 0 : i % 24 === 9 ? 60 : 95)));
    expect([usual.localHour(), usual.usual('pier-1'), usual.present('pier-1')]).toEqual([9, 60, 0]);
  });

  it('outlives a few bad days', () => {
    const usual = hoursOf(Array.from({ length: 14 * 24 + 5 }, (_, i) => (i >= 11 * 24 ? 10 : 90)));
    expect(usual.usual('pier-1')).toBe(90);
  });

  it('is not known of a cell that is new or never heard of', () => {
    const usual = hoursOf([null, 80]);
    expect([usual.usual('pier-1'), usual.present('pier-1')]).toEqual([null, 80]);
    expect([usual.usual('pier-2'), usual.present('pier-2')]).toEqual([null, null]);
  });
});
