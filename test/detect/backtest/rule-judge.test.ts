// A fixed rule over made readings fires just where counting by hand says so.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRule } from '../../../server/detect/backtest/fixed-rule.ts';
import { RuleJudge } from '../../../server/detect/backtest/rule-judge.ts';
import { SpellBook } from '../../../server/detect/backtest/spells.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';

const QUARTER_MS = 900_000;
const START = Date.UTC(2026, 2, 1);
const at = (period: number) => START + period * QUARTER_MS;

/** One cell; null: the KPI was not measured; undefined: no reading came. */
function batchOf(
  columns: Record<string, readonly (number | null | undefined)[]>,
  suspect: number[] = [],
): ReadingBatch {
  const lists = Object.values(columns);
  const periods = [...lists[0]!.keys()].filter((period) => lists.some((list) => list[period] !== undefined));
  return {
    source: 'made',
    receivedAt: START,
    rows: periods.length,
    cells: ['a'],
    cell: new Uint32Array(periods.length),
    at: Float64Array.from(periods, at),
    periodSeconds: new Uint32Array(periods.length).fill(900),
    suspect: Uint8Array.from(periods, (period) => (suspect.includes(period) ? 1 : 0)),
    kpis: Object.entries(columns).map(([name, list]) => ({
      name,
      values: Float64Array.from(periods, (period) => list[period] ?? Number.NaN),
    })),
    counters: [],
  };
}

function judgeOf(text: string): RuleJudge {
  const reading = readRule(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return new RuleJudge(reading.rule);
}

/** `[first period told, first period over or null]` of each spell, and its peak. */
function spells(text: string, batch: ReadingBatch, flapMs = 0) {
  const book = new SpellBook(0, flapMs);
  book.take(judgeOf(text).observe(batch));
  const periodOf = (time: number | null) => (time === null ? null : (time - START) / QUARTER_MS);
  return book.close().map(({ from, to, peak }) => [periodOf(from), periodOf(to), peak]);
}

describe('a fixed rule over readings', () => {
  test('fires in the period in which the value was beyond the line often enough, until it was not', () => {
    const drops = [1, 3, 1, 4, 5, 1, 1, 1, 9];
    expect(spells('drop_rate_pct > 2', batchOf({ drop_rate_pct: drops }))).toEqual([
      [1, 2, 3],
      [3, 5, 5],
      [8, null, 9],
    ]);
    expect(spells('drop_rate_pct > 2 for 2 of 3', batchOf({ drop_rate_pct: drops }))).toEqual([[3, 6, 5]]);
    expect(spells('drop_rate_pct > 2 for 3 of 3', batchOf({ drop_rate_pct: drops }))).toEqual([]);
  });

  test('takes the line itself by its sign', () => {
    const batch = batchOf({ setup_success_pct: [98, 97, 99] });
    expect(spells('setup_success_pct < 98', batch)).toEqual([[1, 2, 97]]);
    expect(spells('setup_success_pct <= 98', batch)).toEqual([[0, 2, 97]]);
  });

  test('counts a period that nobody measured, or that the sender doubts, as one that was not beyond', () => {
    expect(spells('drop_rate_pct > 2 for 2 of 2', batchOf({ drop_rate_pct: [3, null, 3, 3, 1] }))).toEqual([[3, 4, 3]]);
    expect(spells('drop_rate_pct > 2 for 2 of 2', batchOf({ drop_rate_pct: [3, undefined, 3, 1] }))).toEqual([]);
    expect(spells('drop_rate_pct > 2', batchOf({ drop_rate_pct: [3, 3, 1] }, [0]))).toEqual([[1, 2, 3]]);
  });

  test('joined with “and” fires while all of it holds', () => {
    const batch = batchOf({ drop_rate_pct: [3, 3, 3, 1], active_users: [5, 30, 30, 30] });
    expect(spells('drop_rate_pct > 2 and active_users > 20', batch)).toEqual([[1, 3, 3]]);
  });

  test('looks at the shortest of the periods that end together, and never back', () => {
    const batch = batchOf({ drop_rate_pct: [1, 3, 1] });
    batch.at.set([at(1), at(1), at(0)]);
    batch.periodSeconds.set([900, 3600, 900]);
    expect(spells('drop_rate_pct > 2', batch)).toEqual([]);
  });

  test('is one spell where it comes back as soon as alerts would', () => {
    const batch = batchOf({ drop_rate_pct: [3, 1, 1, 4, 1, 1, 1, 1, 3, 1] });
    expect(spells('drop_rate_pct > 2', batch, 2 * QUARTER_MS)).toEqual([
      [0, 4, 4],
      [8, 9, 3],
    ]);
  });

  test('says why in the unit of the line', () => {
    const [begins] = judgeOf('drop_rate_pct > 2 for 2 of 3').observe(batchOf({ drop_rate_pct: [3, 3.5] }));
    expect(begins).toMatchObject({
      phase: 'begins',
      kpi: 'drop_rate_pct',
      evidence: { observed: 3.5, low: null, high: 2 },
      why: { code: 'rule-above', values: { observed: 3.5, line: 2, need: 2, outOf: 3 } },
      detector: 'rule: drop_rate_pct > 2 for 2 of 3',
    });
  });

  test('agrees with counting by hand, whatever the readings are and however they are cut', () => {
    const value = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
    const periods = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), periods, periods, fc.nat(), (list, a, b, cut) => {
        const [need, outOf] = [Math.min(a, b), Math.max(a, b)];
        const met = list.map((_, i) => {
          const window = list.slice(Math.max(0, i - outOf + 1), i + 1);
          return window.filter((one) => one !== null && one > 2).length >= need;
        });
        const judge = judgeOf(`drop_rate_pct > 2 for ${need} of ${outOf}`);
        const place = cut % list.length;
        const before = list.map((one, i) => (i < place ? one : undefined));
        const after = list.map((one, i) => (i < place ? undefined : one));
        const found = [before, after].flatMap((part) => judge.observe(batchOf({ drop_rate_pct: part })));
        const fires = new Set(found.filter(({ phase }) => phase !== 'ends').map((finding) => finding.at));
        expect(list.map((_, i) => fires.has(at(i)))).toEqual(met);
        const ends = found.filter(({ phase }) => phase === 'ends').map((finding) => (finding.at - START) / QUARTER_MS);
        expect(ends).toEqual(met.flatMap((here, i) => (!here && met[i - 1] ? [i] : [])));
      }),
    );
  });
});
