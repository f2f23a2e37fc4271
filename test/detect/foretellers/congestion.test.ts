// What a planner gets of cells that fill up: a date weeks ahead, steps that put it off, and quiet where nothing is to be said.

import { describe, expect, test } from 'vitest';
import { CongestionForeteller } from '../../../server/detect/foretellers/congestion.ts';
import { dither } from '../../../server/maths/dither.ts';
import type { Cell } from '../../../server/model/cell.ts';
import type { Finding } from '../../../server/model/finding.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const FROM = Date.UTC(2026, 2, 2);
/** Users at which nine of ten blocks are in use. */
const FULL_USERS = 200;

const CELLS: Cell[] = [
  { id: 'a', siteId: 's', radio: 'LTE', lat: 50, lon: 8, azimuthDeg: 0 },
  { id: 'b', siteId: 't', radio: 'LTE', lat: 50.01, lon: 8, azimuthDeg: 180 },
];

/** Deterministic swings of single hours. */
const swing = (n: number) => 1 + 0.08 * Math.sin(12.9898 * n + 4.1 * Math.sin(n));
const shapeOf = (hour: number) => 0.3 + 0.7 * Math.exp(-(((hour - 19) / 5) ** 2));

/** One hour of cells by their users in the busy hour. */
function hourOf(hour: number, busy: Record<string, number>): ReadingBatch {
  const cells = Object.keys(busy);
  const users = cells.map((cell, i) => busy[cell]! * shapeOf(hour % 24) * swing(hour + 977 * i));
  const blocks = users.map((each) => 100 * (1 - Math.exp((-2.2 * each) / FULL_USERS)));
  return {
    ...{ source: 'test', receivedAt: 0, rows: cells.length, cells, counters: [] },
    cell: Uint32Array.from(cells, (_, i) => i),
    at: new Float64Array(cells.length).fill(FROM + (hour + 1) * HOUR),
    periodSeconds: new Uint32Array(cells.length).fill(3600),
    suspect: new Uint8Array(cells.length),
    kpis: [
      { name: 'prb_util_pct', values: Float64Array.from(blocks) },
      { name: 'active_users', values: Float64Array.from(users) },
    ],
  };
}

interface Days {
  from: number;
  to: number;
  usersOf(day: number): number;
  neighbour?: number;
}

function live(foreteller: CongestionForeteller, { from, to, usersOf, neighbour }: Days): Finding[] {
  const found: Finding[] = [];
  for (let hour = from * 24; hour < to * 24; hour++) {
    const own = { a: usersOf(Math.floor(hour / 24)) };
    found.push(...foreteller.observe(hourOf(hour, neighbour === undefined ? own : { ...own, b: neighbour })));
  }
  return found;
}

const fresh = () => {
  const foreteller = new CongestionForeteller({ zone: 'UTC' });
  foreteller.know(CELLS);
  return foreteller;
};
/** Flat for six weeks, then growing so that the cell is full on day 90. */
const growing = (day: number) => (day < 42 ? 90 : 90 * (FULL_USERS / 90) ** ((day - 42) / 48));

describe('a planner', () => {
  test('is told weeks ahead when a cell will be full, within a week of the day', () => {
    const told = live(fresh(), { from: 0, to: 85, usersOf: growing });
    const first = told.find(({ kind }) => kind === 'congestion-forecast')!;
    const lead = (FROM + 90 * DAY - first.at) / DAY;
    expect(lead).toBeGreaterThan(14);
    expect(Math.abs(first.prediction!.expectedAt - (FROM + 90 * DAY)) / DAY).toBeLessThan(7);
    expect(first.prediction!.earliestAt).toBeLessThan(first.prediction!.expectedAt);
    expect(first.prediction!.latestAt).toBeGreaterThan(first.prediction!.expectedAt);
    expect(first.prediction!.mode).toBe('congestion');
  });

  test('sees by how much each step puts the date off, a neighbour with room by name', () => {
    const foreteller = fresh();
    live(foreteller, { from: 0, to: 76, usersOf: growing, neighbour: 60 });
    const [outlook] = foreteller.capacity(['a']);
    expect(outlook!.state).toBe('growing');
    const steps = new Map(outlook!.steps.map((step) => [step.kind, step]));
    expect(steps.get('balance')!.cells).toEqual(['b']);
    for (const step of outlook!.steps) {
      expect(step.full === null || step.full.expectedAt > outlook!.full!.expectedAt).toBe(true);
    }
    expect(steps.get('site')!.takes).toBeGreaterThan(steps.get('split')!.takes);
  });

  test('is told that a cell is full again and again, and that its forecast came true', () => {
    const told = live(fresh(), { from: 0, to: 104, usersOf: growing });
    const crowded = told.find(({ why }) => why.code === 'crowded-again')!;
    expect(crowded.phase).toBe('begins');
    expect(Math.abs(crowded.at - (FROM + 90 * DAY)) / DAY).toBeLessThan(10);
    expect(told.find(({ ending }) => ending !== undefined)?.ending).toBe('came-true');
  });

  test('hears nothing of one crowded evening, and nothing of a cell that does not grow', () => {
    const match = (day: number) => (day === 50 ? 260 : 100);
    expect(live(fresh(), { from: 0, to: 80, usersOf: match })).toEqual([]);
  });

  test('hears nothing of a newcomer that comes at once and stays below the limit', () => {
    const jumps = (day: number) => (day < 50 ? 80 : 130);
    expect(live(fresh(), { from: 0, to: 80, usersOf: jumps })).toEqual([]);
  });

  test('hears nothing of users who come back after a holiday that nobody put into the calendar', () => {
    const away = (day: number) => Math.min(1, Math.max(0, (day - 50) / 5)) - Math.min(1, Math.max(0, (day - 63) / 10));
    const told: string[] = [];
    const foreteller = fresh();
    for (let day = 0; day < 84; day++) {
      const found = live(foreteller, { from: day, to: day + 1, usersOf: () => 150 * (1 - 0.5 * away(day)) });
      told.push(...found.map(({ kind }) => kind));
      if (day > 45) expect(foreteller.capacity(['a'])[0]!.full).toBeNull();
    }
    expect(told).toEqual([]);
  });

  test('is told when a cell that was relieved fills up again', () => {
    const relieved = (day: number) => (day < 38 ? 180 : day < 56 ? 80 : 80 * (FULL_USERS / 80) ** ((day - 56) / 44));
    const told = live(fresh(), { from: 0, to: 99, usersOf: relieved });
    const first = told.find(({ kind }) => kind === 'congestion-forecast')!;
    expect((FROM + 100 * DAY - first.at) / DAY).toBeGreaterThan(7);
  });

  test('hears nothing of growth that ended just before there was a date for it', () => {
    const builds = (day: number) => (day < 42 ? 90 : 90 * (FULL_USERS / 90) ** ((Math.min(day, 59) - 42) / 30));
    expect(live(fresh(), { from: 0, to: 90, usersOf: builds })).toEqual([]);
  });

  test('hardly ever sees growth where days only differ by chance', () => {
    const foreteller = fresh();
    const seen: number[] = [];
    for (let day = 0; day < 90; day++) {
      const swing = 1 + 0.1 * (dither(1, day) + dither(2, day) - 1);
      live(foreteller, { from: day, to: day + 1, usersOf: () => 100 * swing });
      seen.push(Math.abs(foreteller.capacity(['a'])[0]?.growthPctPerWeek ?? 0));
    }
    expect(seen.filter((pct) => pct >= 0.5).length).toBeLessThan(9);
  });

  test('hears nothing new on days that do not count', () => {
    const dates = [68, 69, 70, 71, 72].map((day) => new Date(FROM + day * DAY).toISOString().slice(0, 10));
    const foreteller = fresh();
    const holidays = dates.map((date) => ({ date, type: 'holiday' as const }));
    foreteller.hear({ what: 'calendar', days: holidays, mode: 'full' });
    const told = live(foreteller, { from: 0, to: 85, usersOf: growing }).filter(({ phase }) => phase === 'begins');
    expect(told.length).toBeGreaterThan(0);
    for (const { at } of told) expect(at > FROM + 68 * DAY && at <= FROM + 73 * DAY).toBe(false);
  });

  test('sees the users of the busy hour of workdays, however flat and busy weekends are', () => {
    const foreteller = fresh();
    for (let hour = 0; hour < 42 * 24; hour++) {
      const isWeekend = Math.floor(hour / 24) % 7 >= 5;
      foreteller.observe(hourOf(hour, { a: isWeekend ? (0.9 * 100) / shapeOf(hour % 24) : 100 }));
    }
    expect(Math.abs(foreteller.capacity(['a'])[0]!.users! - 100)).toBeLessThan(3);
  });

  test('is told surer where such forecasts came true before', () => {
    const early = (day: number) => growing(day + 20);
    const chanceAfter = (names: readonly string[]) => {
      const foreteller = fresh();
      for (let hour = 0; hour < 74 * 24; hour++) {
        const day = Math.floor(hour / 24);
        const others = Object.fromEntries(names.map((name) => [name, early(day)]));
        foreteller.observe(hourOf(hour, { a: growing(day), ...others }));
      }
      return foreteller.capacity(['a'])[0]!.full!.probability;
    };
    expect(chanceAfter(['b', 'c', 'd'])).toBeGreaterThan(chanceAfter([]) + 0.02);
  });

  test('is told nothing before three weeks are known', () => {
    const foreteller = fresh();
    live(foreteller, { from: 0, to: 20, usersOf: (day) => 60 * 1.05 ** day });
    expect(foreteller.capacity(['a'])[0]!.state).toBe('learning');
  });
});

test('a restart changes nothing', () => {
  const straight = fresh();
  const before = live(straight, { from: 0, to: 60, usersOf: growing });
  const again = new CongestionForeteller({ zone: 'UTC', memory: straight.save() });
  const days = { from: 60, to: 85, usersOf: growing };
  const after = live(straight, days);
  expect(before.length + after.length).toBeGreaterThan(0);
  expect(live(again, days)).toEqual(after);
  expect(again.save()).toEqual(straight.save());
});

test('a cell that leaves takes its forecast with it, and one that is renamed keeps its days', () => {
  const foreteller = fresh();
  live(foreteller, { from: 0, to: 80, usersOf: growing });
  const days = foreteller.capacity(['a'])[0]!.days;
  foreteller.rename(new Map([['a', 'new']]));
  expect(foreteller.capacity(['new'])[0]!.days).toBe(days);
  const ended = foreteller.forget(['new']);
  expect(ended.map(({ phase, subject }) => [phase, subject.id])).toEqual([['ends', 'new']]);
  expect(foreteller.capacity()).toEqual([]);
});

test('holidays are not taken for growth or decline', () => {
  const foreteller = fresh();
  const dates = [50, 51, 52, 53, 54].map((day) => new Date(FROM + day * DAY).toISOString().slice(0, 10));
  foreteller.hear({ what: 'calendar', days: dates.map((date) => ({ date, type: 'holiday' as const })), mode: 'full' });
  live(foreteller, { from: 0, to: 60, usersOf: (day) => (day >= 50 && day < 55 ? 50 : 100) });
  expect(Math.abs(foreteller.capacity(['a'])[0]!.growthPctPerWeek!)).toBeLessThan(1);
});

test('a date stands on through holidays: growth before them is not taken for users who come back', () => {
  const foreteller = fresh();
  const holidays = [70, 71, 72, 73, 74].map((day) => new Date(FROM + day * DAY).toISOString().slice(0, 10));
  const days = holidays.map((date) => ({ date, type: 'holiday' as const }));
  foreteller.hear({ what: 'calendar', days, mode: 'full' });
  for (let day = 0; day < 78; day++) {
    const isOff = day >= 70 && day < 75;
    live(foreteller, { from: day, to: day + 1, usersOf: (day) => (isOff ? 0.5 : 1) * growing(day) });
    if (day >= 66) expect(foreteller.capacity(['a'])[0]!.full).not.toBeNull();
  }
});

test('memory stays the same however long a cell is watched', () => {
  const foreteller = fresh();
  live(foreteller, { from: 0, to: 10, usersOf: () => 80 });
  const { bytes } = foreteller.size();
  live(foreteller, { from: 10, to: 130, usersOf: () => 80 });
  expect(foreteller.size().bytes).toBe(bytes);
});
