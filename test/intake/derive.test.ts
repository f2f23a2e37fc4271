// KPIs from counters: the same whatever the order in which the parts of a period come, and never invented.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intake } from '../../server/intake/intake.ts';
import { lineageOf } from '../../server/intake/lineage.ts';
import { AT, deliver, intakeOver, reading, Shelf, type Values } from './shelf.ts';

const LTE = [
  ['RRC.ConnEstabAtt', 'RRC.ConnEstabSucc'],
  ['S1SIG.ConnEstabAtt', 'S1SIG.ConnEstabSucc'],
  ['ERAB.EstabInitAttNbr', 'ERAB.EstabInitSuccNbr', 'ERAB.RelActNbr'],
  ['HO.OutAttTarget', 'HO.OutSuccTarget'],
  ['DRB.IPTimeDl', 'DRB.IPVolDl'],
  ['RRU.CellUnavailableTime'],
  ['RRU.PrbTotDl'],
  ['HO.IntraEnbOutAtt', 'HO.IntraEnbOutSucc'],
  ['HO.InterEnbOutPrepAtt', 'HO.InterEnbOutAtt', 'HO.InterEnbOutSucc'],
];
const NR = [
  ['RRC.ConnEstabAtt', 'RRC.ConnEstabSucc'],
  ['UECNTX.ConnEstabAtt', 'UECNTX.ConnEstabSucc'],
  ['DRB.EstabAtt', 'DRB.EstabSucc', 'DRB.RelActNbr'],
  ['MM.HoPrepInterReq', 'MM.HoPrepInterSucc'],
  ['MM.HoExeInterReq', 'MM.HoExeInterSucc'],
  ['MM.HoPrepIntraReq', 'MM.HoPrepIntraSucc', 'MM.HoExeIntraReq', 'MM.HoExeIntraSucc'],
  ['RRU.PrbAvailDl', 'RRU.PrbUsedDl'],
  ['DRB.UEThpDl'],
  ['L.Cell.Unavail.Dur.Sys', 'L.Cell.Unavail.Dur.Manual'],
];

/** Counters of one family that fall from attempts to successes to releases, each in the part it is sent in. */
const period = fc.constantFrom(LTE, NR).chain((family) =>
  fc
    .tuple(
      fc.subarray(family, { minLength: 1 }),
      fc.array(fc.nat(100), { minLength: 30, maxLength: 30 }),
      fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }),
    )
    .map(([groups, amounts, parts]) => {
      const counters: Record<string, number> = {};
      let i = 0;
      for (const group of groups) {
        let most = amounts[i] ?? 0;
        for (const name of group) {
          counters[name] = most;
          most = Math.min(most, amounts[++i] ?? 0);
        }
      }
      const split = [0, 1, 2].map((part) =>
        Object.fromEntries(Object.entries(counters).filter((_, n) => parts[n] === part)),
      );
      return { counters, split: split.filter((part) => Object.keys(part).length > 0) };
    }),
);

async function takenAtOnce(counters: Record<string, number>) {
  const shelf = new Shelf();
  await deliver(intakeOver(shelf), shelf, [reading({ counters })]);
  return shelf.kpisOf('a');
}

/** Parts one after the other; `between` may change the intake, as a restart does. */
async function takenInParts(
  parts: readonly Record<string, number>[],
  between: (old: Intake, shelf: Shelf) => Promise<Intake>,
) {
  const shelf = new Shelf();
  let intake = intakeOver(shelf);
  for (const counters of parts) {
    await deliver(intake, shelf, [reading({ counters })]);
    intake = await between(intake, shelf);
  }
  return shelf.kpisOf('a');
}

async function restarted(_: Intake, shelf: Shelf): Promise<Intake> {
  const fresh = intakeOver(shelf);
  fresh.recent.startFrom([['a', AT]]);
  return fresh;
}

/** Newer periods come until the parts of this one are no longer remembered. */
async function movedOn(intake: Intake, shelf: Shelf): Promise<Intake> {
  for (let next = 1; next <= 4; next++)
    await deliver(intake, shelf, [reading({ at: AT - 10 * 900_000 + next, counters: { 'RRC.ConnEstabAtt': 1 } })]);
  return intake;
}

const orders = fc.tuple(period, fc.nat(5));

function reordered<T>(parts: readonly T[], order: number): T[] {
  const rest = [...parts];
  const taken: T[] = [];
  for (let n = order; rest.length > 0; n = Math.floor(n / rest.length + 1))
    taken.push(...rest.splice(n % rest.length, 1));
  return taken;
}

describe('the KPIs of a period', () => {
  it('are the same in one file, in one delivery of several parts, and in any order of the parts', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async ([{ counters, split }, order]) => {
        const expected = await takenAtOnce(counters);
        const parts = reordered(split, order);
        const shelf = new Shelf();
        await deliver(
          intakeOver(shelf),
          shelf,
          parts.map((part, index) => reading({ counters: part }, index)),
        );
        expect(shelf.kpisOf('a')).toEqual(expected);
        expect(await takenInParts(parts, async (same) => same)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same when the earlier parts are only in the store: after restarts, and long after', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async ([{ counters, split }, order]) => {
        const expected = await takenAtOnce(counters);
        const parts = reordered(split, order);
        expect(await takenInParts(parts, restarted)).toEqual(expected);
        expect(await takenInParts(parts, movedOn)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same when subcounters of one counter come one by one', async () => {
    const names = ['ERAB.RelActNbr.1', 'ERAB.RelActNbr.9', 'ERAB.EstabInitSuccNbr.1', 'ERAB.EstabInitSuccNbr.9'];
    const amounts = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 5, max: 99 }), fc.integer({ min: 5, max: 99 }));
    await fc.assert(
      fc.asyncProperty(amounts, fc.nat(23), async (values, order) => {
        const parts = names.map((name, i) => ({ [name]: values[i]! }));
        const expected = await takenAtOnce(Object.assign({}, ...parts));
        expect(expected.drop_rate_pct).toBeCloseTo((100 * (values[0] + values[1])) / (values[2] + values[3]), 9);
        expect(await takenInParts(reordered(parts, order), async (same) => same)).toEqual(expected);
        expect(await takenInParts(reordered(parts, order), restarted)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('do not depend on how other cells of the same delivery name their counters', async () => {
    const shelf = new Shelf();
    await deliver(intakeOver(shelf), shelf, [
      reading({ counters: { 'RRC.ConnEstabAtt': 10, 'RRC.ConnEstabSucc': 9 } }),
      reading({ cell: 'b', counters: { 'RRC.ConnEstabAtt.sum': 10, 'RRC.ConnEstabSucc.sum': 8 } }),
      reading({
        cell: 'c',
        counters: { 'RRC.ConnEstabAtt.Emergency': 4, 'RRC.ConnEstabAtt.Data': 6, 'RRC.ConnEstabSucc': 7 },
      }),
    ]);
    expect(['a', 'b', 'c'].map((cell) => shelf.kpisOf(cell).setup_success_pct)).toEqual([90, 80, 70]);
  });

  it('are null without attempts, never 0 or 100', async () => {
    const none = { 'RRC.ConnEstabAtt': 0, 'RRC.ConnEstabSucc': 0, 'HO.OutAttTarget': 0, 'HO.OutSuccTarget': 0 };
    const kpis = await takenAtOnce(none);
    expect(kpis).not.toHaveProperty('setup_success_pct');
    expect(kpis).not.toHaveProperty('handover_success_pct');
    expect(kpis.handover_attempts).toBe(0);
  });

  it('are told and not kept where more succeeded than was tried; told once, and the counters stay', async () => {
    const shelf = new Shelf();
    const intake = intakeOver(shelf);
    await deliver(intake, shelf, [reading({ cell: 'b', at: AT, counters: { 'DRB.IPVolDl': 100 } })]);
    intake.recent.startFrom([['b', AT + 1]]);
    const { receipt } = await deliver(intake, shelf, [
      reading({ counters: { 'HO.OutAttTarget': 10, 'HO.OutSuccTarget': 11 } }),
      reading({ cell: 'b', counters: { 'DRB.IPTimeDl': 10 } }, 1),
    ]);
    expect(receipt.rejections.map(({ reason, field }) => [reason, field])).toEqual([
      ['out-of-range', 'handover_success_pct'],
    ]);
    expect(receipt.rejections[0]?.detail).toMatch(/"a".*2026-03-17.*110.*HO\.OutSuccTarget/);
    expect(shelf.kpisOf('a')).toEqual({ handover_attempts: 10, handover_successes: 11 });
    expect(shelf.kpisOf('b').dl_throughput_mbps).toBe(10);
  });

  it('that the sender gives itself are kept as given', async () => {
    const shelf = new Shelf();
    const kpis = { setup_attempts: 100, setup_successes: 90, setup_success_pct: 91 };
    await deliver(intakeOver(shelf), shelf, [reading({ kpis })]);
    expect(shelf.kpisOf('a')).toEqual(kpis);
  });

  it('come without the past when the store is away, rather than not at all', async () => {
    const shelf = new Shelf();
    const intake = intakeOver(shelf, { stored: () => Promise.reject(new Error('away')) });
    intake.recent.startFrom([['a', AT]]);
    const { receipt } = await deliver(intake, shelf, [
      reading({ counters: { 'RRC.ConnEstabAtt': 10, 'RRC.ConnEstabSucc': 9 } }),
    ]);
    expect(receipt).toMatchObject({ accepted: 1, rejected: 0 });
    expect(shelf.kpisOf('a').setup_success_pct).toBe(90);
  });

  it('ask the store one question a cell for a week of late parts, a few at a time, and see all that it holds', async () => {
    const shelf = new Shelf();
    let [open, most] = [0, 0];
    const stored = async (cell: string, from: number, to: number) => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 2));
      open--;
      return shelf.stored(cell, from, to);
    };
    const cells = Array.from({ length: 30 }, (_, n) => `cell-${n}`);
    const ats = Array.from({ length: 50 }, (_, n) => AT - (n + 1) * 900_000);
    const all = (counters: Values) => cells.flatMap((cell) => ats.map((at) => reading({ cell, at, counters })));
    await deliver(intakeOver(shelf), shelf, all({ 'DRB.IPVolDl': 100 }));
    // Started anew: all that is remembered is the newest time of each cell.
    const intake = intakeOver(shelf, { stored });
    intake.recent.startFrom(cells.map((cell) => [cell, AT]));
    shelf.asked = 0;
    await deliver(intake, shelf, all({ 'DRB.IPTimeDl': 10 }));
    expect(shelf.asked).toBe(30);
    expect([most > 1, most <= 8]).toEqual([true, true]);
    for (const cell of cells) for (const at of ats) expect(shelf.kpisOf(cell, at).dl_throughput_mbps).toBe(10);
  });

  it('ask apart for what lies months apart', async () => {
    const shelf = new Shelf();
    const intake = intakeOver(shelf);
    intake.recent.startFrom([['a', AT]]);
    const [old, older] = [AT - 100 * 86_400_000, AT - 200 * 86_400_000];
    await deliver(
      intake,
      shelf,
      [old, older].map((at) => reading({ at, counters: { 'DRB.IPTimeDl': 10 } })),
    );
    expect(shelf.asked).toBe(2);
  });

  it('ask the store nothing while periods come in order, nor for late rows that bring their own counts', async () => {
    const shelf = new Shelf();
    const intake = intakeOver(shelf);
    const nr = {
      'RRC.ConnEstabAtt': 10,
      'RRC.ConnEstabSucc': 9,
      'DRB.EstabAtt': 9,
      'DRB.EstabSucc': 9,
      'DRB.UEThpDl': 5,
    };
    for (let n = 0; n < 5; n++) {
      const at = AT - (5 - n) * 900_000;
      await deliver(intake, shelf, [reading({ at, counters: { vendorThing: 1 } })]);
      await deliver(intake, shelf, [reading({ at, counters: nr })]);
    }
    const counts = { setup_attempts: 10, setup_successes: 9, session_releases: 9, abnormal_releases: 1 };
    await deliver(intake, shelf, [reading({ at: AT - 50 * 900_000, kpis: counts })]);
    expect(shelf.asked).toBe(0);
  });

  it('say by which formula and which counters they came', async () => {
    const values = { 'RRC.ConnEstabAtt.sum': 10, 'RRC.ConnEstabSucc': 9, setup_success_pct: 90 };
    const reading = { periodSeconds: 900, values, radio: null };
    expect(lineageOf('setup_success_pct', reading)).toMatchObject({
      variant: 'rrc-only',
      source: 'convention',
      expression: '100 * RRC.ConnEstabSucc / RRC.ConnEstabAtt',
      counters: { 'RRC.ConnEstabAtt': 10, 'RRC.ConnEstabSucc': 9 },
    });
    expect(lineageOf('rsrp_dbm', reading)).toBeUndefined();
  });
});
