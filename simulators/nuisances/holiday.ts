// Holidays: offices rest, and at Spring Festival towns empty while villages fill, some days before and after.

import { DAY } from '../era.ts';
import { progress } from '../faults/draft.ts';
import type { Nuisance } from '../faults/happening.ts';
import type { SpecialDay } from '../traffic/calendar.ts';
import type { City, CityCell } from '../world/city.ts';

/** People leave and come back over so long. */
const TRAVEL = 5 * DAY;

/** Of the usual users, so many are there in the middle of Spring Festival. */
const STAYING: Record<string, number> = {
  'dense-urban': 0.5,
  indoor: 0.4,
  suburb: 0.75,
  rural: 1.7,
  highway: 1.5,
  railway: 1.5,
};
/** On other holidays people stay, more or less. */
const USUAL: Record<string, number> = { 'dense-urban': 0.88, rural: 1.2, highway: 1.4, railway: 1.3 };

/** One of each celebration and one of each make-up workday; the whole network. What began before `begin` goes on from there. */
export function* holidays(city: City, days: readonly SpecialDay[], begin: number): Generator<Nuisance> {
  const cells = city.cells.map((_, index) => index);
  for (const run of runsOf(days)) {
    const { of, type, day } = run[0]!;
    const from = Math.max(day, begin);
    const until = run.at(-1)!.day + DAY;
    const span = { id: '', nature: 'nuisance', kind: 'holiday', cells } as const;
    if (type === 'workday') yield { ...span, from, until, upsetsUntil: until, apply: () => {} };
    else if (of === 'Spring Festival') yield { ...span, ...springFestival(city, begin, day, until) };
    else yield { ...span, from, until, upsetsUntil: until, apply: ({ demand }) => scale(demand, city, USUAL, 1) };
  }
}

function springFestival(
  city: City,
  begin: number,
  first: number,
  end: number,
): Pick<Nuisance, 'from' | 'until' | 'upsetsUntil' | 'apply'> {
  const [leave, until] = [first - TRAVEL, end + TRAVEL];
  return {
    ...{ from: Math.max(leave, begin), until, upsetsUntil: until },
    apply: ({ demand }, at) => {
      const away = Math.min(progress(at, leave, first), 1 - progress(at, end, until));
      scale(demand, city, STAYING, away);
    },
  };
}

function scale(demand: Float64Array, { cells }: City, shares: Record<string, number>, away: number): void {
  for (let c = 0; c < cells.length; c++) demand[c] = demand[c]! * (1 + ((shares[kindOf(cells[c]!)] ?? 1) - 1) * away);
}

function kindOf({ scenario }: CityCell): string {
  return scenario.name;
}

/** Consecutive days of the same celebration and type. */
function runsOf(days: readonly SpecialDay[]): SpecialDay[][] {
  const runs: SpecialDay[][] = [];
  for (const day of days) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.of === day.of && last.type === day.type && day.day - last.day === DAY) runs.at(-1)!.push(day);
    else runs.push([day]);
  }
  return runs;
}
