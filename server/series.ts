// One cell's series for a chart: stored points and the journal's tail, raw or in buckets, with usual range and marks.

import type { Series } from './api/contract.ts';
import type { SeriesAsk } from './api/doors.ts';
import { ApiError, badRequest } from './api/problem.ts';
import type { Usual } from './detect/detector.ts';
import type { Journal } from './journal/journal.ts';
import { bucketize } from './maths/bucketize.ts';
import { parseDuration } from './maths/parse-duration.ts';
import { parseMoment } from './maths/parse-moment.ts';
import type { AlertRecord } from './model/alert.ts';
import { findKpi } from './model/catalogue.ts';
import type { Kpi } from './model/kpi.ts';
import { DEFAULT_PERIOD_SECONDS, type ReadingBatch } from './model/reading.ts';
import { type KpiStore, MOST_POINTS, type SeriesPoint } from './storage/kpi-store.ts';

export interface SeriesRooms {
  store: KpiStore;
  journal: Journal;
  usual(cell: string, kpi: string, ats: readonly number[]): Promise<(Usual | null)[]>;
  alertsOf(cell: string, from: number, to: number): Promise<AlertRecord[]>;
}

export interface CellOfSeries {
  id: string;
  periodSeconds: number | null;
}

interface Range {
  from: number;
  to: number;
  /** 0: raw while that is few enough. */
  stepMs: number;
}

/** The points of each KPI that was asked for, in order of time. */
type Points = ReadonlyMap<string, readonly SeriesPoint[]>;

const DEFAULT_FROM = 'now-24h';
/** Beyond this a chart has more points than pixels. */
const MOST_RAW_POINTS = 1000;
const MOST_BUCKETS = 20_000;
const LONGEST_STEP_SECONDS = 366 * 86_400;
/** No reading is of before 1970 or after this. */
const END_OF_TIME = Date.UTC(9999, 0, 1);
const MOST_BAND_POINTS = 300;
/** The usual range goes on beyond the newest reading by this share of the range. */
const BAND_AHEAD_SHARE = 0.125;
/** Points further apart than this many periods have a gap between them. */
const GAP_PERIODS = 1.5;
const PLANNED = 'planned_unavail_s';

/** `now`: the newest data time. Throws ApiError when the question cannot be understood or the store is away. */
export async function answerSeries(
  cell: CellOfSeries,
  ask: SeriesAsk,
  now: number,
  rooms: SeriesRooms,
): Promise<Series> {
  const kpi = findKpi(ask.kpi);
  if (!kpi) throw badRequest(`kpi is "${ask.kpi}", which is not in the catalogue; GET /api/kpis lists it`);
  const range = readRange(ask, now);
  const weight = weightOf(kpi);
  const all = await mergedPoints(cell.id, [kpi.id, PLANNED, ...(weight ? [weight] : [])], range, rooms);
  const points = all.get(kpi.id) ?? [];
  const periodMs = 1000 * (cell.periodSeconds ?? DEFAULT_PERIOD_SECONDS);
  const stepMs = range.stepMs || chooseStep(points, periodMs);
  const shown = stepMs ? pool(points, kpi, stepMs, all.get(weight ?? '')) : points.map(pairOf);
  return {
    kpi: kpi.id,
    unit: kpi.unit,
    step: stepMs / 1000,
    points: withGaps(shown, Math.max(stepMs, periodMs)),
    band: await band(cell.id, kpi.id, range, rooms),
    forecast: [],
    marks: [
      ...(await alertMarks(cell.id, range, rooms)),
      ...markedPoints(points, 'suspect'),
      ...markedPoints(points, 'late'),
      ...plannedMarks(all.get(PLANNED) ?? [], periodMs),
    ],
  };
}

function readRange(ask: SeriesAsk, now: number): Range {
  const { from: fromText = DEFAULT_FROM, to: toText = 'now', step } = ask;
  const from = readMoment('from', fromText, now);
  const to = readMoment('to', toText, now);
  if (from >= to) throw badRequest(`from (${fromText}) is not before to (${toText})`);
  const seconds = step === undefined ? 0 : (parseDuration(step) ?? Number(step));
  if (step !== undefined && !(seconds > 0 && seconds <= LONGEST_STEP_SECONDS)) {
    throw badRequest(`step is "${step}": give seconds, or a duration such as PT15M, of at most a year`);
  }
  if (seconds > 0 && (to - from) / (seconds * 1000) > MOST_BUCKETS) {
    throw badRequest(`step ${step} gives more than ${MOST_BUCKETS} points: give a longer step or a shorter range`);
  }
  return { from, to, stepMs: seconds * 1000 };
}

function readMoment(name: string, text: string, now: number): number {
  const at = parseMoment(text, now);
  if (at === undefined) {
    throw badRequest(`${name} is "${text}": give ISO 8601, epoch milliseconds, or for example now-24h`);
  }
  return Math.min(END_OF_TIME, Math.max(0, at));
}

/** KPI id of what a value weighs when values are pooled. A ratio of one class of service weighs by the attempts of that class. */
function weightOf({ id, aggregation, attempts }: Kpi): string | undefined {
  const dot = id.indexOf('.');
  const isOfClass = aggregation === 'ratio-of-sums' && dot > 0;
  return attempts && isOfClass ? attempts + id.slice(dot) : attempts;
}

/** The store, and over it what the journal holds and the store has yet to take: what was acknowledged is visible. */
async function mergedPoints(
  cell: string,
  kpis: readonly string[],
  { from, to }: Range,
  { store, journal }: SeriesRooms,
): Promise<Points> {
  const position = await store.position();
  const stored = kpis.map((kpi) => store.series({ cell, kpi, from, to }, MOST_POINTS + 1));
  const merged = new Map<string, Map<string, SeriesPoint>>();
  for (const [i, points] of (await Promise.all(stored).catch(storeIsAway)).entries()) {
    if (points.length > MOST_POINTS) {
      throw badRequest(`from … to holds more than ${MOST_POINTS} readings: give a shorter range`);
    }
    merged.set(kpis[i]!, new Map(points.map((point) => [keyOf(point), point])));
  }
  for await (const record of journal.read(position)) {
    if (record.kind !== 'readings') continue;
    for (const [kpi, byKey] of merged) {
      for (const point of pointsOf(record.batch, cell, kpi, from, to)) {
        byKey.set(keyOf(point), withMarksOf(point, byKey.get(keyOf(point))));
      }
    }
  }
  return new Map([...merged].map(([kpi, byKey]) => [kpi, shortestOfEachEnd([...byKey.values()])]));
}

/** A period is suspect, or late, once any part of it was. */
function withMarksOf(point: SeriesPoint, known: SeriesPoint | undefined): SeriesPoint {
  return { ...point, ...(known?.suspect && { suspect: true }), ...(known?.late && { late: true }) };
}

const keyOf = ({ at, periodSeconds }: SeriesPoint) => `${at} ${periodSeconds}`;
const pairOf = ({ at, value }: SeriesPoint): [number, number | null] => [at, value];

/** An hour and its last quarter end together: the quarter stands in a line of quarters, the hour would count it twice. */
function shortestOfEachEnd(points: SeriesPoint[]): SeriesPoint[] {
  points.sort((a, b) => a.at - b.at || (a.periodSeconds ?? 0) - (b.periodSeconds ?? 0));
  return points.filter((point, i) => point.at !== points[i - 1]?.at);
}

function storeIsAway(error: unknown): never {
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

/** Raw where that is few enough; else the shortest multiple of the period that is. */
function chooseStep(points: readonly SeriesPoint[], periodMs: number): number {
  if (points.length <= MOST_RAW_POINTS) return 0;
  const spanMs = points.at(-1)!.at - points[0]!.at;
  return Math.ceil(spanMs / MOST_RAW_POINTS / periodMs) * periodMs;
}

function pool(points: readonly SeriesPoint[], kpi: Kpi, stepMs: number, attempts: readonly SeriesPoint[] = []) {
  const weights = new Map(attempts.map(({ at, value }) => [at, value ?? undefined]));
  return bucketize(points.map(pairOf), stepMs, kpi.aggregation, (at) => weights.get(at));
}

/** A stretch without readings is a gap on the chart: never a joined line, never zero. */
function withGaps(points: readonly [number, number | null][], stepMs: number): [number, number | null][] {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    const gap = next !== undefined && next[0] - point[0] > GAP_PERIODS * stepMs;
    return gap ? [point, [point[0] + stepMs, null] as [number, null]] : [point];
  });
}

async function band(cell: string, kpi: string, { from, to }: Range, rooms: SeriesRooms): Promise<Series['band']> {
  const until = to + BAND_AHEAD_SHARE * (to - from);
  const stepMs = Math.max(900_000, Math.ceil((until - from) / MOST_BAND_POINTS / 900_000) * 900_000);
  const ats: number[] = [];
  for (let at = Math.ceil(from / stepMs) * stepMs; at <= until; at += stepMs) ats.push(at);
  const usual = await rooms.usual(cell, kpi, ats);
  return usual.flatMap((one) => (one ? [[one.at, one.low, one.high] as [number, number, number]] : []));
}

async function alertMarks(cell: string, { from, to }: Range, rooms: SeriesRooms): Promise<Series['marks']> {
  const alerts = await rooms.alertsOf(cell, from, to);
  return alerts.map(({ id, severity, raisedAt, clearedAt }) => ({
    at: raisedAt,
    kind: 'alert',
    severity,
    id,
    until: clearedAt,
  }));
}

function markedPoints(points: readonly SeriesPoint[], kind: 'suspect' | 'late'): Series['marks'] {
  return points.filter((point) => point[kind]).map(({ at }) => ({ at, kind }));
}

/** Planned works as stretches: periods that follow each other and say so. */
function plannedMarks(seconds: readonly SeriesPoint[], periodMs: number): Series['marks'] {
  const marks: { at: number; kind: 'planned'; until: number }[] = [];
  for (const { at, value, periodSeconds } of seconds) {
    if (!value) continue;
    const last = marks.at(-1);
    if (last && at - last.until <= GAP_PERIODS * periodMs) last.until = at;
    else marks.push({ at: at - (periodSeconds ? 1000 * periodSeconds : periodMs), kind: 'planned', until: at });
  }
  return marks;
}
