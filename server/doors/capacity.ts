// What the doors answer about capacity: cells by the date on which they will be full, with people and steps; and one cell's days.

import type { CapacityAnswer, CapacityCourseAnswer, CapacityRow } from '../api/contract.ts';
import type { CapacityAsk, Doors } from '../api/doors.ts';
import type { Foretell } from '../detect/foretell.ts';
import { LEAST_DAYS } from '../detect/foretellers/congestion/growth.ts';
import type { Experience } from '../experience/experience.ts';
import type { Directory } from '../live/directory.ts';
import { DAY_MS } from '../maths/local-time.ts';
import { CAPACITY_STATES, CAPACITY_STEPS, type CapacityOutlook, type FullDate } from '../model/capacity.ts';
import { csvField } from '../words/csv-field.ts';

export interface CapacityRooms {
  foretell: Pick<Foretell, 'capacity' | 'capacityCourse'>;
  experience: Pick<Experience, 'peopleOn'>;
  directory: Directory;
}

type CapacityDoors = Pick<Doors, 'capacity' | 'capacityCsv' | 'capacityCourse'>;

const iso = (at: number) => new Date(at).toISOString();

export function createCapacityDoors(rooms: CapacityRooms): CapacityDoors {
  return {
    capacity: (ask) => answer(ask, rooms),
    async capacityCsv(ask) {
      const { cells } = await answer(ask, rooms);
      return csvOf(cells);
    },
    async capacityCourse(id): Promise<CapacityCourseAnswer | undefined> {
      const cell = rooms.directory.find(id) ?? id;
      const course = await rooms.foretell.capacityCourse(cell);
      return course === null ? undefined : { ...course, outlook: rowOf(course.outlook, rooms) };
    },
  };
}

async function answer({ states, area, limit, cursor }: CapacityAsk, rooms: CapacityRooms): Promise<CapacityAnswer> {
  const all = await rooms.foretell.capacity();
  const counts = CAPACITY_STATES.map((state) => [state, all.filter((each) => each.state === state).length]);
  const asked = all
    .filter(({ state }) => states.includes(state))
    .filter(({ cell }) => area === undefined || rooms.directory.get(cell)?.cell?.area === area)
    .sort(soonestFirst);
  const page = asked.slice(cursor, cursor + limit);

  const next = cursor + page.length;
  return {
    at: all.length === 0 ? null : iso(all.reduce((newest, { at }) => Math.max(newest, at), 0)),
    daysNeeded: LEAST_DAYS,
    daysKnown: all.reduce((most, { days }) => Math.max(most, days), 0),
    tellsFrom: all.some(({ state }) => state !== 'learning') ? null : earliest(all.map(tellsFrom)),
    counts: Object.fromEntries(counts) as CapacityAnswer['counts'],
    areas: areasOf(all, rooms),
    cells: page.map((outlook) => rowOf(outlook, rooms)),
    nextCursor: next < asked.length ? String(next) : null,
  };
}

/** ISO times of one zone stand in the order of their text. */
function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

/** Null: something can be said already, or no day of it counts so far, so that nobody knows when. */
function tellsFrom({ state, at, days }: CapacityOutlook): string | null {
  return state !== 'learning' || days === 0 ? null : iso(at + Math.max(1, LEAST_DAYS - days) * DAY_MS);
}

function areasOf(all: readonly CapacityOutlook[], { directory }: CapacityRooms): CapacityAnswer['areas'] {
  const areas = new Map<string, string | undefined>();
  for (const { cell } of all) {
    const known = directory.get(cell)?.cell;
    if (known?.area !== undefined) areas.set(known.area, known.areaZh);
  }
  return [...areas].sort().map(([area, areaZh]) => ({ area, areaZh }));
}

/** Full ones first, then by date; those without a date by how full they are. */
function soonestFirst(a: CapacityOutlook, b: CapacityOutlook): number {
  const dateOf = ({ fullSince, full }: CapacityOutlook) =>
    fullSince !== null ? Number.NEGATIVE_INFINITY : (full?.expectedAt ?? Number.POSITIVE_INFINITY);
  const [first, second] = [dateOf(a), dateOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return filledOf(b) - filledOf(a) || (a.cell < b.cell ? -1 : 1);
}

const filledOf = ({ users, fillUsers }: CapacityOutlook): number =>
  (users ?? 0) / (fillUsers ?? Number.POSITIVE_INFINITY);

function rowOf(outlook: CapacityOutlook, { directory, experience }: CapacityRooms): CapacityRow {
  const { cell, at, full, fullSince, steps } = outlook;
  const known = directory.get(cell)?.cell;
  const impact = experience.peopleOn([{ cell, part: 1 }]);
  return {
    ...outlook,
    ...{ at: iso(at), full: dated(full), fullSince: fullSince === null ? null : iso(fullSince) },
    steps: steps.map((step) => ({ ...step, full: dated(step.full) })),
    ...{ name: known?.name ?? cell, nameZh: known?.nameZh, area: known?.area, areaZh: known?.areaZh },
    ...{ lat: known?.lat ?? null, lon: known?.lon ?? null },
    tellsFrom: tellsFrom(outlook),
    ...(impact && { people: impact.people, starsAtRisk: impact.starsAtRisk }),
  };
}

function dated(full: FullDate | null): FullDate<string> | null {
  if (full === null) return null;
  const { expectedAt, earliestAt, latestAt, probability } = full;
  return { expectedAt: iso(expectedAt), earliestAt: iso(earliestAt), latestAt: iso(latestAt), probability };
}

type Value = string | number | null | undefined;
const rounded = (value: number | null, decimals: number): Value =>
  value === null ? null : Number(value.toFixed(decimals));

const COLUMNS: readonly (readonly [string, (row: CapacityRow) => Value])[] = [
  ['cell', (row) => row.cell],
  ['name', (row) => row.name],
  ['area', (row) => row.area],
  ['state', (row) => row.state],
  ['days', (row) => row.days],
  ['tells_from', (row) => row.tellsFrom],
  ['busy_hour', (row) => row.busyHour],
  ['users', (row) => rounded(row.users, 0)],
  ['fill_users', (row) => rounded(row.fillUsers, 0)],
  ['limit', (row) => row.limit],
  ['blocks_pct', (row) => rounded(row.blocksPct, 1)],
  ['growth_pct_per_week', (row) => rounded(row.growthPctPerWeek, 2)],
  ['trigger', (row) => (row.trigger ? 1 : 0)],
  ['full_since', (row) => row.fullSince],
  ['expected_at', (row) => row.full?.expectedAt],
  ['earliest_at', (row) => row.full?.earliestAt],
  ['latest_at', (row) => row.full?.latestAt],
  ['probability', (row) => rounded(row.full?.probability ?? null, 2)],
  ['people', (row) => row.people],
  ...CAPACITY_STEPS.flatMap((kind): [string, (row: CapacityRow) => Value][] => [
    [`${kind}_takes`, (row) => rounded(stepOf(row, kind)?.takes ?? null, 2)],
    [`${kind}_until`, (row) => stepOf(row, kind)?.full?.expectedAt],
  ]),
];

const stepOf = ({ steps }: CapacityRow, kind: string) => steps.find((step) => step.kind === kind);

function csvOf(rows: readonly CapacityRow[]): string {
  const lines = rows.map((row) => COLUMNS.map(([, value]) => csvField(value(row))).join(','));
  const text = [COLUMNS.map(([name]) => name).join(','), ...lines, ''].join('\r\n');
  // Spreadsheets take a file for UTF-8 only by this mark; plain ASCII does without.
  return /\P{ASCII}/u.test(text) ? `\uFEFF${text}` : text;
}
