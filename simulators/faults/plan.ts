// The plan of a run: all that happens from its first period to its last, made before anything is sent.

import { DAY, type Era, LIVE_DAYS } from '../era.ts';
import { energySaving } from '../nuisances/energy-saving.ts';
import { holidays } from '../nuisances/holiday.ts';
import { Random } from '../random.ts';
import { findScenario } from '../scenarios/all.ts';
import type { NamedScenario } from '../scenarios/named-scenario.ts';
import { sensorsOf } from '../sensors.ts';
import { Calendar } from '../traffic/calendar.ts';
import { growthOf } from '../traffic/traffic.ts';
import type { City } from '../world/city.ts';
import { demoPlan } from './demo-plan.ts';
import type { Material } from './draft.ts';
import { DrawnPlan } from './drawn-plan.ts';
import type { Happening } from './happening.ts';

/** In the order of `from`. The same seed, city, era and scenario give the same plan. */
export function planHappenings(
  seed: number,
  city: City,
  era: Era,
  scenario: NamedScenario = findScenario('demo')!,
): Happening[] {
  const material: Material = {
    ...{ seed, city, sensors: sensorsOf(seed, city), periodMs: 1000 * era.periodSeconds },
    growthAt: (time) => growthOf(scenario.growthPerWeek, time - era.from),
  };
  const all = [...drawn(material, scenario, era), ...always(material, scenario, era)];
  return named(all.filter(({ from, until }) => until > from && from >= era.from).sort((a, b) => a.from - b.from));
}

/** END of what is planned, epoch milliseconds. */
export function endOf({ liveFrom }: Era, { from }: NamedScenario): number {
  return from === undefined ? liveFrom + LIVE_DAYS * DAY : liveFrom;
}

function drawn(material: Material, scenario: NamedScenario, era: Era): Happening[] {
  if (scenario.name === 'demo') return [...demoPlan(new Random(material.seed, 'faults'), material, era)];
  return new DrawnPlan(material, scenario, era).happenings;
}

/** What comes by clock and calendar. */
function always({ seed, city }: Material, scenario: NamedScenario, era: Era): Happening[] {
  const until = endOf(era, scenario);
  const saving = energySaving(seed, city, era.from, until);
  const { days } = calendarOf(scenario, era);
  return [...(saving ? [saving] : []), ...holidays(city, days, era.from)];
}

/** The special days of the run; none in a scenario without them. */
export function calendarOf(scenario: NamedScenario, era: Era): Calendar {
  return scenario.hasCalendar ? new Calendar(era.from, endOf(era, scenario)) : new Calendar();
}

/** Gives each its id: the kind and a number in the order of time. */
function named(plan: Happening[]): Happening[] {
  const counts = new Map<string, number>();
  return plan.map((event) => {
    const name = event.nature === 'false-precursor' ? `false-${event.kind}` : event.kind;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...event, id: `${name}-${count}` };
  });
}
