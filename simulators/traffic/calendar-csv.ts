// The calendar as an operator's planning department would hand it over: special days, and matches by district.

import type { Happening } from '../faults/happening.ts';
import type { City } from '../world/city.ts';
import type { SpecialDay } from './calendar.ts';

/** CSV of date, type (holiday, workday, event) and area; undefined where there is nothing to tell. */
export function calendarCsv(days: readonly SpecialDay[], plan: readonly Happening[], city: City): string | undefined {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  const special = days.map(({ day, type }) => `${dayOf(day)},${type},`);
  const matches = plan
    .filter(({ kind }) => kind === 'match-evening')
    .map(({ from, cells }) => `${dayOf(from)},event,${city.cells[cells[0]!]!.cell.area ?? ''}`);
  const rows = [...special, ...matches].sort();
  return rows.length === 0 ? undefined : `date,type,area\n${rows.join('\n')}\n`;
}
