// The points of one cell behind a chart: raw ones from the store and the journal's tail, or hours and local days pooled before.

import { ApiError, badRequest } from '../../api/problem.ts';
import type { Journal } from '../../journal/journal.ts';
import { bucketEnd } from '../../maths/bucket-end.ts';
import { bucketize, type Poolable } from '../../maths/bucketize.ts';
import type { LocalDays } from '../../maths/local-days.ts';
import { DAY_MS, HOUR_MS } from '../../maths/local-time.ts';
import { poolingOf } from '../../model/pooling.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import { type KpiStore, MOST_POINTS, type SeriesPoint } from '../../storage/kpi-store.ts';
import type { RolledLevel } from '../../storage/levels.ts';

export interface PointRooms {
  store: KpiStore;
  journal: Journal;
  days: LocalDays;
}

/** `from < at <= to`, epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

/** The points of each KPI that was asked for, in order of time. */
export type Points = ReadonlyMap<string, readonly SeriesPoint[]>;

export const LEVEL_MS: Readonly<Record<RolledLevel, number>> = { hourly: HOUR_MS, daily: DAY_MS };
/** More stretches of days that are not pooled yet are asked for as one. */
const MOST_STRETCHES = 4;

/** The store, and over it what the journal holds and the store has yet to take: what was acknowledged is visible. */
export async function rawPoints(
  cell: string,
  kpis: readonly string[],
  range: Stretch,
  rooms: PointRooms,
): Promise<Points> {
  const tail = await tailPoints(cell, kpis, range, rooms);
  return pointsIn(cell, kpis, range, rooms, tail);
}

/**
 * Hours or local days by KPI. Days of which not all is pooled yet, by the store or because the journal still holds some of it,
 * are pooled here from their raw readings, unless those are no longer all kept.
 */
export async function rolledPoints(
  cell: string,
  kpis: readonly string[],
  level: RolledLevel,
  range: Stretch,
  rooms: PointRooms,
): Promise<ReadonlyMap<string, readonly Poolable[]>> {
  const { store, days } = rooms;
  const weights = kpis.map((kpi) => poolingOf(kpi).weight).filter((weight) => weight !== undefined);
  const all = [...new Set([...kpis, ...weights])];
  // In this order: a day that is pooled meanwhile is then pooled twice, and never not at all.
  const tail = await tailPoints(cell, all, range, rooms);
  const stale = await store.stale(cell, range.from, range.to).catch(storeIsAway);
  const changed = [...tail.values()].flatMap((points) => points.map(({ at }) => days.of(at)));
  const raw = await Promise.all(
    stretchesOf([...stale, ...changed], range).map((one) => pointsIn(cell, all, one, rooms, tail)),
  );
  const endOf = bucketEnd(LEVEL_MS[level], days);
  const keptRaw = (await store.keptAfter().catch(storeIsAway)).raw;
  const to = endOf(range.to);
  const rolled = kpis.map(async (kpi): Promise<[string, Poolable[]]> => {
    const columns = await store.rolled(level, { cell, kpi, from: range.from, to }).catch(storeIsAway);
    const byEnd = new Map(Array.from(columns.at, (at, i) => [at, poolableOf(columns, i, at)] as const));
    for (const bucket of raw.flatMap((points) => bucketize(weighed(kpi, points), endOf, poolingOf(kpi).aggregation))) {
      // What comes late for a day whose raw readings were let go is not all of it.
      if (bucket.at > keptRaw || !byEnd.has(bucket.at)) byEnd.set(bucket.at, bucket);
    }
    return [kpi, [...byEnd.values()].sort((a, b) => a.at - b.at)];
  });
  return new Map(await Promise.all(rolled));
}

/** Raw points with what they weigh, without those that their sender doubts. */
export function weighed(kpi: string, points: Points): Poolable[] {
  const { weight } = poolingOf(kpi);
  const trusted = (id: string) => (points.get(id) ?? []).filter(({ suspect }) => !suspect);
  const weights = new Map(weight ? trusted(weight).map(({ at, value }) => [at, value ?? undefined]) : []);
  return trusted(kpi).map(({ at, value }) => ({ at, value, weight: weights.get(at) }));
}

function poolableOf(columns: Awaited<ReturnType<KpiStore['rolled']>>, i: number, at: number): Poolable {
  const value = columns.value[i]!;
  return {
    at,
    value: Number.isNaN(value) ? null : value,
    weight: columns.weight[i],
    low: columns.low[i],
    high: columns.high[i],
  };
}

/** Days as few stretches within the range, in order. */
function stretchesOf(days: readonly Stretch[], range: Stretch): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { from, to } of [...days].sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    const isNext = last !== undefined && (from <= last.to || stretches.length === MOST_STRETCHES);
    if (isNext) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches
    .map(({ from, to }) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }))
    .filter(({ from, to }) => from < to);
}

async function pointsIn(
  cell: string,
  kpis: readonly string[],
  { from, to }: Stretch,
  { store }: PointRooms,
  tail: Points,
): Promise<Points> {
  const stored = kpis.map((kpi) => store.series({ cell, kpi, from, to }, MOST_POINTS + 1));
  const merged = new Map<string, SeriesPoint[]>();
  for (const [i, points] of (await Promise.all(stored).catch(storeIsAway)).entries()) {
    if (points.length > MOST_POINTS) {
      throw badRequest(`from … to holds more than ${MOST_POINTS} readings: give a shorter range`);
    }
    const byKey = new Map(points.map((point) => [keyOf(point), point]));
    for (const point of tail.get(kpis[i]!) ?? []) {
      if (point.at > from && point.at <= to) byKey.set(keyOf(point), withMarksOf(point, byKey.get(keyOf(point))));
    }
    merged.set(kpis[i]!, shortestOfEachEnd([...byKey.values()]));
  }
  return merged;
}

/** What the journal holds beyond the store's place, in order of arrival. */
async function tailPoints(
  cell: string,
  kpis: readonly string[],
  { from, to }: Stretch,
  { store, journal }: PointRooms,
): Promise<Points> {
  const tail = new Map(kpis.map((kpi): [string, SeriesPoint[]] => [kpi, []]));
  for await (const record of journal.read(await store.position())) {
    if (record.kind !== 'readings') continue;
    for (const [kpi, points] of tail) points.push(...pointsOf(record.batch, cell, kpi, from, to));
  }
  return tail;
}

const keyOf = ({ at, periodSeconds }: SeriesPoint) => `${at} ${periodSeconds}`;

/** A period is suspect, or late, once any part of it was. */
function withMarksOf(point: SeriesPoint, before: SeriesPoint | undefined): SeriesPoint {
  return {
    ...point,
    ...(before?.suspect && { suspect: true }),
    ...(before?.late && { late: true }),
  };
}

/** An hour and its last quarter end together: the quarter stands in a line of quarters, the hour would count it twice. */
function shortestOfEachEnd(points: SeriesPoint[]): SeriesPoint[] {
  points.sort((a, b) => a.at - b.at || (a.periodSeconds ?? 0) - (b.periodSeconds ?? 0));
  return points.filter((point, i) => point.at !== points[i - 1]?.at);
}

export function storeIsAway(error: unknown): never {
  const detail = `the present and the alerts go on, and nothing that arrives is lost; the past is back with the store (${error})`;
  throw new ApiError(503, 'The store does not answer', detail, { 'Retry-After': '10' });
}

function* pointsOf(batch: ReadingBatch, cell: string, kpi: string, from: number, to: number): Generator<SeriesPoint> {
  const number = batch.cells.indexOf(cell);
  const values = batch.kpis.find((column) => column.name === kpi)?.values;
  if (number < 0 || !values) return;
  for (let row = 0; row < batch.rows; row++) {
    const at = batch.at[row]!;
    const value = values[row]!;
    if (batch.cell[row] !== number || at <= from || at > to || Number.isNaN(value)) continue;
    const marks = {
      ...(batch.suspect[row] === 1 && { suspect: true }),
      ...(batch.late?.[row] === 1 && { late: true }),
    };
    yield { at, value, periodSeconds: batch.periodSeconds[row]!, ...marks };
  }
}
