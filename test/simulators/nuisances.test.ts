// What is no fault: holidays, matches, works, ducts, quiet cells, and readings that are lost, late, doubled or renamed on their way.

import { describe, expect, it } from 'vitest';
import { ASLEEP, Effects, ON_AIR, WORKS } from '../../simulators/effects.ts';
import { DAY, HOUR } from '../../simulators/era.ts';
import { Draft } from '../../simulators/faults/draft.ts';
import type { Happening, Nuisance } from '../../simulators/faults/happening.ts';
import { calendarOf, planHappenings } from '../../simulators/faults/plan.ts';
import { Network } from '../../simulators/network.ts';
import { energySaving } from '../../simulators/nuisances/energy-saving.ts';
import { type DrawnNuisance, NUISANCE_MAKERS } from '../../simulators/nuisances/makers.ts';
import { Random } from '../../simulators/random.ts';
import { findScenario } from '../../simulators/scenarios/all.ts';
import { sensorsOf } from '../../simulators/sensors.ts';
import { Calendar, newYearOfMoon, specialDays } from '../../simulators/traffic/calendar.ts';
import { calendarCsv } from '../../simulators/traffic/calendar-csv.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { MONDAY, mean, readings, type SentReading } from './made.ts';

const PERIOD = 900_000;
const city = buildCity(1, 24);
const material = { seed: 1, city, sensors: sensorsOf(1, city), periodMs: PERIOD, growthAt: () => 1 };
const END = MONDAY + 3 * DAY;
const ids = (event: Happening) => event.cells.map((cell) => city.cells[cell]!.cell.id);

function make(kind: DrawnNuisance, at = MONDAY + DAY + 10 * HOUR): Nuisance {
  return NUISANCE_MAKERS[kind].make(new Draft(material, new Random(1, kind), at, 'none'), END)!;
}

function effectsAt(event: Happening, at: number): Effects {
  const effects = new Effects(city.cells.length);
  event.apply(effects, at);
  return effects;
}

const run = (plan: Happening[], calendar?: Calendar, from = MONDAY, until = END): SentReading[] =>
  readings(new Network(1, city, plan, { from, liveFrom: until, periodSeconds: PERIOD / 1000 }, { calendar }), until);

describe('the calendar', () => {
  const name = (time: number) => new Date(time).toISOString().slice(0, 10);

  it.each([
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2028, '2028-01-26'],
  ])('follows the moon: the new year of %i is on %s', (year, day) => {
    expect(name(newYearOfMoon(year))).toBe(day);
  });

  it('has weekends worked to make up for the long holidays', () => {
    const days = specialDays(Date.UTC(2026, 1, 1), Date.UTC(2026, 2, 2));
    expect(days.filter(({ type }) => type === 'holiday').map(({ day }) => name(day))).toHaveLength(8);
    const worked = days.filter(({ type }) => type === 'workday').map(({ day }) => new Date(day).getUTCDay());
    expect(worked.length).toBe(2);
    expect(worked.every((day) => day === 0 || day === 6)).toBe(true);
  });

  it('is lived: a holiday like a Sunday, a worked Sunday like a Friday, the rest as it is', () => {
    const calendar = new Calendar(Date.UTC(2026, 1, 1), Date.UTC(2026, 2, 2));
    const dayLived = (day: number, hour = 12) => new Date(calendar.asLived(day + hour * HOUR)).getUTCDay();
    expect(dayLived(Date.UTC(2026, 1, 18))).toBe(0);
    expect(dayLived(Date.UTC(2026, 1, 15))).toBe(5);
    expect(dayLived(Date.UTC(2026, 1, 11))).toBe(3);
    // The last period of a day ends at midnight and belongs to it.
    expect(new Date(calendar.asLived(Date.UTC(2026, 1, 19)) - 1).getUTCDay()).toBe(0);
  });

  it('is told as a planning department would: date, type, area', () => {
    const match = make('match-evening');
    const csv = calendarCsv(specialDays(Date.UTC(2026, 1, 14), Date.UTC(2026, 1, 18)), [match], city)!;
    const [heading, ...rows] = csv.trimEnd().split('\n');
    expect(heading).toBe('date,type,area');
    expect(rows).toContain('2026-02-15,workday,');
    expect(rows).toContain('2026-02-17,holiday,');
    expect(rows.some((row) => /^2026-03-\d\d,event,\w/.test(row))).toBe(true);
    expect(calendarCsv([], [], city)).toBeUndefined();
  });
});

describe('Spring Festival', () => {
  const scenario = findScenario('spring-festival')!;
  const era = { from: Date.parse('2026-01-05T00:00Z'), liveFrom: Date.parse('2026-03-09T00:00Z'), periodSeconds: 900 };
  const plan = planHappenings(1, city, era, { ...scenario, faults: {}, nuisances: {} });

  it('empties towns and fills villages, and is over a week later', () => {
    const demandOf = (day: string, name: string) => {
      const effects = new Effects(city.cells.length);
      const at = Date.parse(`${day}T12:00Z`);
      for (const event of plan) if (event.from <= at && event.until > at) event.apply(effects, at);
      return mean(city.cells.flatMap((cell, c) => (cell.scenario.name === name ? [effects.demand[c]!] : [])));
    };
    expect(demandOf('2026-02-19', 'dense-urban')).toBeLessThan(0.7);
    expect(demandOf('2026-02-19', 'rural')).toBeGreaterThan(1.4);
    expect(demandOf('2026-01-20', 'dense-urban')).toBe(1);
    expect(demandOf('2026-03-05', 'rural')).toBe(1);
  });

  it('is in the readings: offices rest, and work on the Sunday before', () => {
    const [from, until] = [Date.UTC(2026, 1, 15), Date.UTC(2026, 1, 20)];
    const all = run(
      plan.filter(({ until: end }) => end > from),
      calendarOf(scenario, era),
      from,
      until,
    );
    const offices = new Set(city.cells.filter(({ homeShare }) => homeShare < 0.3).map(({ cell }) => cell.id));
    const users = (day: number) =>
      mean(
        all
          .filter(({ cell, at }) => offices.has(cell) && at > day + 9 * HOUR && at <= day + 17 * HOUR)
          .map(({ kpis }) => kpis.active_users!),
      );
    expect(users(from)).toBeGreaterThan(1.8 * users(Date.UTC(2026, 1, 18)));
  });
});

describe('a nuisance', () => {
  it('of planned work, of a match, of a duct at dawn holds for some hours and hurts by no fault', () => {
    const work = make('planned-work');
    expect(effectsAt(work, work.from + 1).state[work.cells[0]!]).toBe(WORKS);
    const match = make('match-evening');
    expect(new Date(match.from).getUTCHours()).toBeGreaterThanOrEqual(17);
    const crowd = effectsAt(match, (match.from + match.until) / 2);
    expect(crowd.demand[match.cells[0]!]).toBeGreaterThan(2);
    expect(crowd.state[match.cells[0]!]).toBe(ON_AIR);
    const duct = make('dawn-duct');
    const dawn = effectsAt(duct, (duct.from + duct.until) / 2);
    const heard = city.cells.flatMap((_, c) => (dawn.ulNoiseDb[c]! > 2 ? [c] : []));
    expect(heard).toEqual(city.cells.flatMap(({ carrier }, c) => (carrier.duplex === 'TDD' ? [c] : [])));
  });

  it('of energy saving is over by morning', () => {
    const saving = energySaving(1, city, MONDAY, END)!;
    expect(effectsAt(saving, MONDAY + 3 * HOUR).state[saving.cells[0]!]).toBe(ASLEEP);
    expect(effectsAt(saving, MONDAY + 7 * HOUR).state[saving.cells[0]!]).toBe(ON_AIR);
  });

  it('of a quiet cell leaves about three attempts an hour', () => {
    const quiet = make('quiet-cell', MONDAY);
    const own = run([quiet]).filter(({ cell }) => cell === ids(quiet)[0]);
    const anHour = own.reduce((sum, { kpis }) => sum + kpis.setup_attempts!, 0) / 72;
    expect(anHour).toBeGreaterThan(1.5);
    expect(anHour).toBeLessThan(5);
  });

  it('of a vendor swap changes the levels for good, but surprises for some days only', () => {
    const swap = make('vendor-swap');
    expect(swap.until).toBe(END);
    expect(swap.upsetsUntil - swap.from).toBe(3 * DAY);
    expect(swap.changes!.every(({ set }) => set.vendor !== undefined)).toBe(true);
    expect(effectsAt(swap, END - 1).state[swap.cells[0]!]).toBe(ON_AIR);
    expect(effectsAt(swap, END - 1).dlLossDb[swap.cells[0]!]).not.toBe(0);
  });

  it('of a rename lets readings go on under the new name', () => {
    const rename = make('rename');
    const id = ids(rename)[0]!;
    const all = run([rename]);
    const times = (name: string) => all.filter(({ cell }) => cell === name).map(({ at }) => at);
    expect(Math.max(...times(id))).toBe(rename.from);
    expect(Math.min(...times(`${id}-x`))).toBe(rename.from + PERIOD);
  });

  it('of the delivery loses, delays or doubles readings of some sites; nothing else is touched', () => {
    const [gap, late, doubled] = [make('collection-gap'), make('late-data'), make('doubled-data')];
    const keysOf = (event: Happening, list: SentReading[]) =>
      list
        .filter(({ cell, at }) => ids(event).includes(cell) && at > event.from && at <= event.until)
        .map(({ cell, at }) => `${cell} ${at}`);
    const well = run([]);
    expect(keysOf(gap, run([gap]))).toEqual([]);
    expect(keysOf(gap, well).length).toBeGreaterThan(0);
    const delayed = run([late]);
    expect(new Set(keysOf(late, delayed))).toEqual(new Set(keysOf(late, well)));
    expect(delayed.some(({ at }, i) => i > 0 && at < delayed[i - 1]!.at)).toBe(true);
    const twice = keysOf(doubled, run([doubled]));
    expect(twice.length).toBe(2 * new Set(twice).size);
  });
});
