// What is accepted and what is refused: every refusal names the field and says what to do; nothing ever throws.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReading, isRefusal } from '../../server/intake/check-reading.ts';
import { Directory } from '../../server/live/directory.ts';
import { findKpi } from '../../server/model/catalogue.ts';
import { AT, CONTEXT, deliver, intakeOver, NOW, reading, Shelf, type Values } from './shelf.ts';

const check = (values: Values) =>
  checkReading(
    { cell: 'a', at: AT, periodSeconds: 900, kpis: { latency_ms: 1 }, where: { index: 0 }, ...values },
    CONTEXT,
  );

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const field = fc.oneof(
  { weight: 20, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.constantFrom(nested(100_000), NaN, Infinity, -0, 1e308, '1e999', '9'.repeat(500)) },
);
const names = fc.oneof(
  fc.string(),
  fc.constantFrom('latency_ms', 'drop_rate_pct', '__proto__', 'constructor', 'x'.repeat(300)),
);

describe('any JSON at all', () => {
  it('is either a reading with believable numbers, or refused with a field and what to do', () => {
    const values = fc.record(
      {
        cell: field,
        at: fc.oneof(field, fc.constant(AT), fc.constant('2026-03-17T21:45:00Z')),
        periodSeconds: fc.oneof(field, fc.constantFrom(900, '900', undefined)),
        kpis: fc.oneof(field, fc.dictionary(names, field, { maxKeys: 4 })),
        counters: fc.oneof(field, fc.dictionary(names, field, { maxKeys: 4 })),
        suspect: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, (raw) => {
        const checked = check(raw);
        if (isRefusal(checked)) {
          expect(checked.field?.length).toBeGreaterThan(0);
          expect(checked.detail.length).toBeGreaterThan(15);
          expect(checked.detail.length).toBeLessThan(600);
          return;
        }
        expect(checked.at).toBeLessThanOrEqual(NOW + 3_600_000);
        expect(Number.isInteger(checked.periodSeconds) && checked.periodSeconds > 0).toBe(true);
        expect(checked.kpiNames.length + checked.counterNames.length).toBeGreaterThan(0);
        expect([...checked.kpiValues, ...checked.counterValues].every(Number.isFinite)).toBe(true);
        for (const [i, name] of checked.kpiNames.entries()) {
          const [low, high] = findKpi(name)!.range;
          expect(checked.kpiValues[i]! >= low && checked.kpiValues[i]! <= high).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a reading', () => {
  it.each([
    ['no time', { at: null }, 'missing-field', 'at'],
    ['a time that is none', { at: 'yesterday' }, 'bad-time', 'at'],
    ['a time in a list', { at: nested(100_000) }, 'bad-time', 'at'],
    ['seconds for milliseconds', { at: AT / 1000 }, 'ancient-time', 'at'],
    ['a time two hours ahead', { at: NOW + 7_200_000 }, 'future-time', 'at'],
    ['no length of period', { periodSeconds: 0 }, 'bad-period', 'periodSeconds'],
    ['half a second of period', { periodSeconds: 0.5 }, 'bad-period', 'periodSeconds'],
    ['a list of KPIs', { kpis: [1] }, 'wrong-type', 'kpis'],
    ['a KPI as text', { kpis: { latency_ms: 'fast' } }, 'not-a-number', 'kpis.latency_ms'],
    ['a KPI as hexadecimal', { kpis: { latency_ms: '0x10' } }, 'not-a-number', 'kpis.latency_ms'],
    ['more than all', { kpis: { drop_rate_pct: 100.1 } }, 'out-of-range', 'kpis.drop_rate_pct'],
    ['a sentinel for not measured', { kpis: { rsrp_dbm: -200 } }, 'out-of-range', 'kpis.rsrp_dbm'],
    ['an endless list of bins', { counters: { bins: '1,'.repeat(2000) } }, 'too-long', 'bins'],
    ['words among bins', { counters: { bins: '1,two,3' } }, 'not-a-number', 'bins'],
    ['nothing but nulls', { kpis: { latency_ms: null } }, 'no-values', 'kpis'],
    ['nothing', { kpis: undefined }, 'no-values', 'kpis'],
  ])('with %s is refused by its field', (_name, values, reason, where) => {
    expect(check(values)).toMatchObject({ reason, field: where });
  });

  it('quotes the offending value, cut to a line', () => {
    expect(check({ kpis: { latency_ms: 'fast' } })).toHaveProperty('detail', expect.stringContaining('"fast"'));
    const long = check({ at: 'x'.repeat(5000) });
    expect(isRefusal(long) && long.detail.length).toBeLessThan(300);
  });

  it('takes numbers as text, leaves out what is empty, keeps unknown names as counters and bins one by one', () => {
    const kpis = { latency_ms: ' 12.5 ', traffic_gb: null, rtt_ms: '', secret_sauce: 7 };
    expect(check({ kpis, counters: { dist: '1,,3' }, periodSeconds: '300' })).toEqual({
      at: AT,
      periodSeconds: 300,
      kpiNames: ['latency_ms'],
      kpiValues: [12.5],
      counterNames: ['secret_sauce', 'dist[0]', 'dist[2]'],
      counterValues: [7, 1, 3],
      suspect: false,
    });
  });

  it.each([
    ['seconds', AT / 1000, /looks like seconds \(20\d\d-.*give milliseconds/],
    ['microseconds', AT * 1000, /looks like microseconds/],
    ['microseconds as text', `${AT}000`, /looks like microseconds/],
    ['two hours ahead', NOW + 7_200_000, /120 minutes ahead of this server/],
    ['in another century', NOW + 73 * 365.25 * 86_400_000, /is .*, 73 years ahead of this server/],
    ['on a day that is none', '30.02.2026', /the calendar has no such day/],
    ['on a day that is none, as ISO', '2026-02-30T21:45:00Z', /the calendar has no such day/],
    ['by the month of no year', '2026/13/01 10:00', /the calendar has no such day/],
    ['in a word', 'soon', /give ISO 8601/],
    ['1970', '1970-01-01T00:15:00Z', /before 2000: the sender’s clock may have been reset/],
  ])('that is refused is named for what it is: %s', (_name, at, sentence) => {
    expect(check({ at })).toHaveProperty('detail', expect.stringMatching(sentence));
  });

  it('may be up to an hour ahead of our clock, for clocks differ', () => {
    expect(isRefusal(check({ at: NOW + 3_600_000 }))).toBe(false);
  });
});

describe('a receipt', () => {
  const good = fc.record({ cell: fc.constantFrom('a', 'b', 'c'), kpis: fc.constant({ latency_ms: 1 }) });
  const bad = fc.constantFrom<Values>(
    { cell: null, kpis: { latency_ms: 1 } },
    { cell: { deep: 1 }, kpis: { latency_ms: 1 } },
    { cell: 'x\u0000', kpis: { latency_ms: 1 } },
    { cell: 'new', kpis: { latency_ms: -1 } },
    { cell: 'new', kpis: {} },
    { cell: { element: 'E', ldn: 'E=1,Router=1', objectClass: 'Router', name: '1' }, kpis: { latency_ms: 1 } },
  );

  it('adds up: accepted and rejected are what came, and each refusal says where it stood', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(good, bad), { maxLength: 300 }), async (sent) => {
        const shelf = new Shelf();
        const unplaced: string[] = [];
        const intake = intakeOver(shelf, { unplaced: ({ id }) => unplaced.push(id) });
        const { receipt, rejections } = await deliver(
          intake,
          shelf,
          sent.map((values, index) => reading(values, index)),
        );
        expect(receipt.accepted + receipt.rejected).toBe(sent.length);
        expect(rejections.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(receipt.rejected);
        expect(receipt.rejections).toEqual(rejections.slice(0, 100));
        expect(receipt.accepted).toBe(sent.filter(({ cell }) => ['a', 'b', 'c'].includes(cell as string)).length);
        for (const { index, field } of rejections) expect([index, field]).not.toContain(undefined);
        // A refused reading makes no cell known.
        expect(unplaced).not.toContain('new');
      }),
    );
  });

  it('counts objects that are no cells once a class, with how many they were', async () => {
    const shelf = new Shelf();
    const object = (n: number) => ({ element: 'E', ldn: `E=1,Router=${n}`, objectClass: 'Router', name: String(n) });
    const sent = Array.from({ length: 250 }, (_, n) => reading({ cell: object(n), counters: { x: 1 } }, n));
    const { receipt } = await deliver(intakeOver(shelf), shelf, sent);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 250 });
    expect(receipt.rejections).toMatchObject([{ reason: 'not-a-cell', count: 250, field: 'Router' }]);
  });

  it('shows a hundred refusals of thousands, and counts them all', async () => {
    const shelf = new Shelf();
    const sent = Array.from({ length: 3000 }, (_, n) => reading({ kpis: { latency_ms: 'x' } }, n));
    const { receipt, rejections } = await deliver(intakeOver(shelf), shelf, sent);
    expect(receipt.rejected).toBe(3000);
    expect(receipt.rejections).toHaveLength(100);
    // A thousand one by one, and one that stands for all others.
    expect([rejections.length, rejections.at(-1)?.count]).toEqual([1001, 2000]);
  });
});

describe('a delivery of ever new counter names', () => {
  const wide = (n: number, width: number) =>
    reading({ counters: Object.fromEntries(Array.from({ length: width }, (_, i) => [`c${n}.${i}`, 1])) }, n);

  it('has readings of too many counters refused, each by itself', async () => {
    const shelf = new Shelf();
    const { receipt } = await deliver(intakeOver(shelf), shelf, [wide(0, 20_001), wide(1, 10)]);
    expect(receipt).toMatchObject({ accepted: 1, rejected: 1 });
    expect(receipt.rejections[0]).toMatchObject({ reason: 'too-long', field: 'counters' });
  });

  it('is taken up to a bound of memory, and told beyond it', async () => {
    const shelf = new Shelf();
    const sent = Array.from({ length: 60 }, (_, n) => wide(n, 10_000));
    const { receipt } = await deliver(intakeOver(shelf), shelf, sent);
    expect(receipt.accepted).toBeGreaterThan(5);
    expect(receipt.rejected).toBeGreaterThan(5);
    expect(receipt.accepted + receipt.rejected).toBe(60);
    expect(receipt.rejections[0]?.detail).toContain('smaller pieces');
  });
});

describe('a cell', () => {
  it('is known by the inventory’s id or alias, and a PM object by its distinguished name, element or name', async () => {
    const shelf = new Shelf();
    const known: Record<string, string> = { 'ENB-1/EUtranCellFDD/3': 'site1-A', old: 'site1-B' };
    const find = (name: string) => known[name];
    const intake = intakeOver(shelf, { names: { find, findInInventory: find } });
    const object = {
      element: 'ManagedElement=ENB-1',
      ldn: 'F=1,EUtranCellFDD=3',
      objectClass: 'EUtranCellFDD',
      name: '3',
    };
    await deliver(intake, shelf, [
      reading({ cell: object, kpis: { latency_ms: 5 } }),
      reading({ cell: 'old', kpis: { latency_ms: 6 } }),
    ]);
    expect(shelf.kpisOf('site1-A')).toEqual({ latency_ms: 5 });
    expect(shelf.kpisOf('site1-B')).toEqual({ latency_ms: 6 });
  });

  it('of one element is never taken for the cell of the same name of another', async () => {
    const shelf = new Shelf();
    const directory = new Directory();
    const intake = intakeOver(shelf, {
      names: directory,
      unplaced: ({ id, siteId, radio }) => void directory.ensure(id, siteId, radio),
    });
    const object = (element: string, objectClass: string) => ({
      element,
      ldn: `${objectClass}=1`,
      objectClass,
      name: '1',
    });
    await deliver(intake, shelf, [
      reading({ cell: '1', kpis: { latency_ms: 1 } }),
      reading({ cell: object('NE-A', 'NRCellDU'), kpis: { latency_ms: 2 } }),
      reading({ cell: object('NE-B', 'NRCellDU'), kpis: { latency_ms: 3 } }),
      reading({ cell: object('NE-B', 'Beam'), kpis: { latency_ms: 4 } }),
    ]);
    const found = ['1', 'NE-A/NR/1', 'NE-B/NR/1'].map((cell) => shelf.kpisOf(cell).latency_ms);
    expect(found).toEqual([1, 2, 3]);
  });

  it('that the inventory lacks is one NR cell whether its DU or its CU half is told of', async () => {
    const shelf = new Shelf();
    const unplaced: object[] = [];
    const intake = intakeOver(shelf, { unplaced: (cell) => unplaced.push(cell) });
    const half = (objectClass: string) => ({ element: 'ME=G-1', ldn: `${objectClass}=7`, objectClass, name: '7' });
    await deliver(intake, shelf, [
      reading({ cell: half('NRCellDU'), kpis: { latency_ms: 5 } }),
      reading({ cell: half('NRCellCU'), kpis: { rtt_ms: 9 } }),
    ]);
    expect(shelf.kpisOf('G-1/NR/7')).toEqual({ latency_ms: 5, rtt_ms: 9 });
    expect(unplaced[0]).toEqual({ id: 'G-1/NR/7', siteId: 'G-1', radio: 'NR' });
  });
});
