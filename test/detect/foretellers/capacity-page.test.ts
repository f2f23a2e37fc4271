// The list of cells that fill up: page by page the same cells, in the same order, as of all outlooks put in order.

import { beforeAll, expect, it } from 'vitest';
import { CongestionForeteller } from '../../../server/detect/foretellers/congestion.ts';
import { CAPACITY_STATES, type CapacityOutlook } from '../../../server/model/capacity.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 2, 2);
const DAYS = 70;
const FULL_USERS = 200;
/** Users in the busy hour of each cell on a day: some flat, some growing, some full; the last two are new. */
const USERS = [
  ...[90, 120, 150, 200, 240].map((users) => () => users),
  ...[44, 48, 52, 60].map((span) => (day: number) => 90 * (FULL_USERS / 90) ** (Math.max(0, day - 42) / span)),
  ...[100, 60].map((users) => (day: number) => (day < DAYS - 5 ? 0 : users)),
];
const CELLS = USERS.map((_, i) => ({
  id: `cell-${i}`,
  siteId: `site-${i}`,
  radio: 'LTE' as const,
  area: `Area ${i % 2}`,
}));

function hourOf(hour: number): ReadingBatch {
  const shape = 0.3 + 0.7 * Math.exp(-((((hour % 24) - 19) / 5) ** 2));
  const on = CELLS.map((_, i) => i).filter((i) => USERS[i]!(hour / 24) > 0);
  const users = on.map((i) => USERS[i]!(hour / 24) * shape * (1 + 0.05 * Math.sin(12.9898 * hour + 977 * i)));
  return {
    ...{ source: 'test', receivedAt: 0, rows: on.length, cells: on.map((i) => CELLS[i]!.id), counters: [] },
    cell: Uint32Array.from(on, (_, i) => i),
    at: new Float64Array(on.length).fill(FROM + (hour + 1) * HOUR),
    periodSeconds: new Uint32Array(on.length).fill(3600),
    suspect: new Uint8Array(on.length),
    kpis: [
      {
        name: 'prb_util_pct',
        values: Float64Array.from(users, (each) => 100 * (1 - Math.exp((-2.2 * each) / FULL_USERS))),
      },
      { name: 'active_users', values: Float64Array.from(users) },
    ],
  };
}

const foreteller = new CongestionForeteller({ zone: 'UTC' });
let all: CapacityOutlook[] = [];

beforeAll(() => {
  foreteller.know(CELLS);
  for (let hour = 0; hour < DAYS * 24; hour++) foreteller.observe(hourOf(hour));
  all = foreteller.capacity();
});

const dueOf = ({ fullSince, full }: CapacityOutlook) =>
  fullSince !== null ? Number.NEGATIVE_INFINITY : (full?.expectedAt ?? Number.POSITIVE_INFINITY);
const filledOf = ({ users, fillUsers }: CapacityOutlook) =>
  users === null || fillUsers === null ? 0 : users / fillUsers;
const inOrder = () =>
  [...all].sort((a, b) => {
    if (dueOf(a) !== dueOf(b)) return dueOf(a) < dueOf(b) ? -1 : 1;
    return filledOf(b) - filledOf(a) || (a.cell < b.cell ? -1 : 1);
  });

it('has cells of every state to put in order', () => {
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(CAPACITY_STATES));
});

it('tells each cell once and whole, soonest full first, however long the pages are', () => {
  for (const limit of [1, 3, 100]) {
    const told: CapacityOutlook[] = [];
    for (let cursor = 0; cursor < all.length; cursor += limit) {
      const page = foreteller.capacityPage({ states: CAPACITY_STATES, limit, cursor });
      expect(page.asked).toBe(all.length);
      told.push(...page.cells);
    }
    expect(told).toEqual(inOrder());
  }
});

it('tells of one area and some states alone, and counts all', () => {
  const page = foreteller.capacityPage({ states: ['full', 'steady'], area: 'Area 1', limit: 100, cursor: 0 });
  const isAsked = ({ cell, state }: CapacityOutlook) =>
    (state === 'full' || state === 'steady') && CELLS.find(({ id }) => id === cell)!.area === 'Area 1';
  expect(page.cells).toEqual(inOrder().filter(isAsked));
  const counts = CAPACITY_STATES.map((state) => [state, all.filter((one) => one.state === state).length]);
  expect(page.counts).toEqual(Object.fromEntries(counts));
  expect(page.areas).toEqual(['Area 0', 'Area 1']);
  expect(page.daysKnown).toBe(Math.max(...all.map(({ days }) => days)));
  expect(page.at).toBe(FROM + (DAYS - 1) * 24 * HOUR);
});
