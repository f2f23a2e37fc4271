// Senders' own counter names: kept and used under ours, nothing lost where two names meet, and shown as they were sent.

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { lineageOf } from '../../server/intake/lineage.ts';
import { type CounterName, installCatalogue, SHIPPED_CATALOGUE } from '../../server/model/catalogue.ts';
import { deliver, intakeOver, reading, Shelf } from './shelf.ts';

const named = (...counters: CounterName[]) => installCatalogue({ ...SHIPPED_CATALOGUE, version: 'test', counters });
afterEach(() => installCatalogue(SHIPPED_CATALOGUE));

async function taken(...counters: Record<string, number>[]) {
  const shelf = new Shelf();
  const cells = counters.map((one, i) => reading({ cell: String.fromCharCode(97 + i), counters: one }, i));
  const { receipt } = await deliver(intakeOver(shelf), shelf, cells);
  return { shelf, receipt, kept: (cell: string) => shelf.countersOf(cell) };
}

const DROPS = { sent: '1526728227', name: 'ERAB.RelActNbr', scale: 1 };
const SETUPS = { sent: 'C373200001', name: 'ERAB.EstabInitSuccNbr', scale: 1 };

describe('a counter that the deployment names', () => {
  it('is kept under our name, and KPIs come from it', async () => {
    named(DROPS, SETUPS);
    const { shelf, kept } = await taken({ 1526728227: 4, C373200001: 800 });
    expect(kept('a')).toEqual({ 'ERAB.RelActNbr': 4, 'ERAB.EstabInitSuccNbr': 800 });
    expect(shelf.kpisOf('a').drop_rate_pct).toBe(0.5);
  });

  it('is scaled to our unit, bins of a distribution too, and may be a KPI by itself', async () => {
    named({ sent: 'vol', name: 'DRB.IPVolDl', scale: 8 }, { sent: 'cqi', name: 'CARR.WBCQIDist', scale: 1 });
    expect((await taken({ vol: 10, 'cqi[3]': 7 })).kept('a')).toEqual({ 'DRB.IPVolDl': 80, 'CARR.WBCQIDist[3]': 7 });
    named({ sent: 'prbTenths', name: 'prb_util_pct', scale: 0.1 });
    expect((await taken({ prbTenths: 630 })).shelf.kpisOf('a').prb_util_pct).toBeCloseTo(63, 9);
  });

  it('stays under its own name where our name is sent as well, or another name means the same', async () => {
    named(DROPS, { ...DROPS, sent: 'other' });
    const { kept } = await taken({ 1526728227: 4, 'ERAB.RelActNbr': 9 }, { 1526728227: 5, other: 6 }, { other: 7 });
    expect(kept('a')).toEqual({ 1526728227: 4, 'ERAB.RelActNbr': 9 });
    expect(kept('b')).toEqual({ 'ERAB.RelActNbr': 5, other: 6 });
    expect(kept('c')).toEqual({ 'ERAB.RelActNbr': 7 });
  });

  it('that cannot be the KPI it is named is told, and kept as it was sent', async () => {
    named({ sent: 'prb', name: 'prb_util_pct', scale: 1 });
    const { receipt, kept, shelf } = await taken({ prb: 630 });
    expect(receipt).toMatchObject({ accepted: 1, rejections: [{ reason: 'out-of-range', field: 'prb' }] });
    expect(receipt.rejections[0]!.detail).toMatch(/prb_util_pct 630: believed is 0 to 100 %/);
    expect(kept('a')).toEqual({ prb: 630 });
    expect(shelf.kpisOf('a')).toEqual({});
  });

  it('loses no number, whatever meets whatever', async () => {
    named(DROPS, { ...DROPS, sent: 'other' }, { ...DROPS, sent: 'third' }, SETUPS);
    const names = fc.constantFrom('1526728227', 'other', 'third', 'C373200001', 'ERAB.RelActNbr', 'unknown');
    const cells = fc.array(fc.dictionary(names, fc.nat(99), { minKeys: 1 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cells, async (sent) => {
        const { kept } = await taken(...sent);
        for (const [i, counters] of sent.entries()) {
          const values = Object.values(kept(String.fromCharCode(97 + i)));
          expect(values.sort()).toEqual(Object.values(counters).sort());
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the lineage of a value', () => {
  it('goes line by line down to the numbers as they were sent', () => {
    named({ ...DROPS, scale: 2 });
    const values = {
      'ERAB.RelActNbr': 4,
      'ERAB.EstabInitSuccNbr.1': 300,
      'ERAB.EstabInitSuccNbr.9': 500,
      drop_rate_pct: 0.5,
    };
    expect(lineageOf('drop_rate_pct', { periodSeconds: 900, values, radio: 'LTE' })).toEqual({
      ...{ variant: 'lte-by-setups', source: 'convention', version: 'test' },
      expression: '100 * ERAB.RelActNbr / ERAB.EstabInitSuccNbr',
      counters: { 'ERAB.RelActNbr': 4, 'ERAB.EstabInitSuccNbr': 800 },
      parts: {
        'ERAB.RelActNbr': [{ name: 'ERAB.RelActNbr', value: 4, sentAs: [{ name: '1526728227', value: 2 }] }],
        'ERAB.EstabInitSuccNbr': [
          { name: 'ERAB.EstabInitSuccNbr.1', value: 300, sentAs: [] },
          { name: 'ERAB.EstabInitSuccNbr.9', value: 500, sentAs: [] },
        ],
      },
      steps: [
        { sign: '', expression: 'ERAB.RelActNbr', value: 4, counters: ['ERAB.RelActNbr'] },
        { sign: '÷', expression: 'ERAB.EstabInitSuccNbr', value: 800, counters: ['ERAB.EstabInitSuccNbr'] },
      ],
    });
  });

  it('is not told for a value that the counters do not come to: it was sent, or an earlier formula made it', () => {
    const values = { 'ERAB.RelActNbr': 4, 'ERAB.EstabInitSuccNbr': 800, drop_rate_pct: 0.7 };
    expect(lineageOf('drop_rate_pct', { periodSeconds: 900, values, radio: 'LTE' })).toBeUndefined();
  });

  it('of a KPI that the sender has as a counter is its own name and number', () => {
    named({ sent: 'prbTenths', name: 'prb_util_pct', scale: 0.1 });
    const value = 417 * 0.1;
    expect(
      lineageOf('prb_util_pct', { periodSeconds: 900, values: { prb_util_pct: value }, radio: 'LTE' }),
    ).toMatchObject({
      source: 'deployment',
      parts: { prb_util_pct: [{ value, sentAs: [{ name: 'prbTenths', value: 417 }] }] },
      steps: [{ expression: 'prb_util_pct', value, counters: ['prb_util_pct'] }],
    });
  });

  it('takes one factor after the other', () => {
    const values = { 'RRU.CellUnavailableTime': 90, availability_pct: 90 };
    const made = lineageOf('availability_pct', { periodSeconds: 900, values, radio: null });
    expect(made?.steps.map(({ sign, expression, value }) => [sign, expression, value])).toEqual([
      ['', 'period - RRU.CellUnavailableTime', 810],
      ['÷', 'period', 900],
    ]);
  });
});

describe('a formula of the deployment', () => {
  it('is computed after the KPIs that it rests on, and the next reading uses it', async () => {
    const shelf = new Shelf();
    const counters = { 'ERAB.RelActNbr': 4, 'ERAB.EstabInitSuccNbr': 800 };
    await deliver(intakeOver(shelf), shelf, [reading({ counters })]);
    const drop = SHIPPED_CATALOGUE.kpis.find(({ id }) => id === 'drop_rate_pct')!;
    const kept = {
      ...{ ...drop, id: 'kept_pct', aggregation: 'mean' as const },
      formulas: [{ variant: 'own', source: 'deployment', expression: '100 - drop_rate_pct' }],
    };
    installCatalogue({ ...SHIPPED_CATALOGUE, kpis: [kept, ...SHIPPED_CATALOGUE.kpis] });
    await deliver(intakeOver(shelf), shelf, [reading({ cell: 'b', counters })]);
    expect(shelf.kpisOf('a')).not.toHaveProperty('kept_pct');
    expect(shelf.kpisOf('b').kept_pct).toBe(99.5);
  });
});
