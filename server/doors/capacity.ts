// What the doors answer about capacity: cells by the date on which they will be full, with people and steps; and one cell's days.

import type { CapacityAnswer, CapacityCourseAnswer, CapacityRow } from '../api/contract.ts';
import type { CapacityAsk, Doors } from '../api/doors.ts';
import type { Foretell } from '../detect/foretell.ts';
import { LEAST_DAYS } from '../detect/foretellers/congestion/growth.ts';
import { tellsFrom } from '../detect/foretellers/congestion/page.ts';
import type { Experience } from '../experience/experience.ts';
import type { Directory } from '../live/directory.ts';
import {
  CAPACITY_STATES,
  CAPACITY_STEPS,
  type CapacityOutlook,
  type CapacityPage,
  type FullDate,
} from '../model/capacity.ts';
import { csvField } from '../words/csv-field.ts';

export interface CapacityRooms {
  foretell: Pick<Foretell, 'capacity' | 'capacityCourse'>;
  experience: Pick<Experience, 'peopleOn'>;
  directory: Directory;
}

type CapacityDoors = Pick<Doors, 'capacity' | 'capacityCsv' | 'capacityCourse'>;

const iso = (at: number) => new Date(at).toISOString();
const isoOf = (at: number | null) => (at === null ? null : iso(at));

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

async function answer(ask: CapacityAsk, rooms: CapacityRooms): Promise<CapacityAnswer> {
  const page = (await rooms.foretell.capacity(ask)) ?? NOTHING;
  const next = ask.cursor + page.cells.length;
  return {
    at: isoOf(page.at),
    daysNeeded: LEAST_DAYS,
    ...{ daysKnown: page.daysKnown, tellsFrom: isoOf(page.tellsFrom), counts: page.counts },
    areas: namedAreas(page.areas, rooms),
    cells: page.cells.map((outlook) => rowOf(outlook, rooms)),
    nextCursor: next < page.asked ? String(next) : null,
  };
}

const NOTHING: CapacityPage = {
  ...{ at: null, daysKnown: 0, tellsFrom: null, areas: [], cells: [], asked: 0 },
  counts: Object.fromEntries(CAPACITY_STATES.map((state) => [state, 0])) as CapacityPage['counts'],
};

function namedAreas(areas: readonly string[], { directory }: CapacityRooms): CapacityAnswer['areas'] {
  const chinese = new Map<string, string | undefined>();
  if (areas.length > 0) for (const { cell } of directory.cells()) if (cell?.area) chinese.set(cell.area, cell.areaZh);
  return areas.map((area) => ({ area, areaZh: chinese.get(area) }));
}

function rowOf(outlook: CapacityOutlook, { directory, experience }: CapacityRooms): CapacityRow {
  const { cell, at, full, fullSince, steps } = outlook;
  const known = directory.get(cell)?.cell;
  const impact = experience.peopleOn([{ cell, part: 1 }]);
  return {
    ...outlook,
    ...{ at: iso(at), full: dated(full), fullSince: isoOf(fullSince) },
    steps: steps.map((step) => ({ ...step, full: dated(step.full) })),
    ...{ name: known?.name ?? cell, nameZh: known?.nameZh, area: known?.area, areaZh: known?.areaZh },
    ...{ lat: known?.lat ?? null, lon: known?.lon ?? null },
    tellsFrom: isoOf(tellsFrom(outlook)),
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
