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
import type { KpiStore, SeriesPoint } from './storage/kpi-store.ts';

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
  /** 0: raw. */
  stepMs: number;
}

const DEFAULT_RANGE = 'now-24h';
/** Beyond this a chart has more points than pixels. */
const MOST_RAW_POINTS = 1000;
const MOST_POINTS = 20_000;
/** Longest range asked of a store in one go: raw points beyond this are refused with advice. */
const MOST_STORED_POINTS = 200_000;
const MOST_BAND_POINTS = 300;
/** The usual range goes on beyond the newest reading by this share of the range. */
const BAND_AHEAD_SHARE = 0.125;
/** Points further apart than this many periods have a gap between them. */
const GAP_PERIODS = 1.5;

export async function answerSeries(
  cell: CellOfSeries,
  ask: SeriesAsk,
  now: number,
  rooms: SeriesRooms,
): Promise<Series> {
  const kpi = findKpi(ask.kpi);
  if (!kpi) throw badRequest(`kpi is "${ask.kpi}", which is not in the catalogue; GET /api/kpis lists it`);
  const range = readRange(ask, now);
  const points = await mergedPoints(cell.id, ask.kpi, range, rooms);
  const periodMs = 1000 * (cell.periodSeconds ?? DEFAULT_PERIOD_SECONDS);
  const stepMs = range.stepMs || chooseStep(points, range, periodMs);
  const shown = stepMs
    ? await pool(cell.id, kpi, points, stepMs, range, rooms)
    : points.map(({ at, value }) => [at, value] as [number, number | null]);
  return {
    kpi: ask.kpi,
    unit: kpi.unit,
    step: stepMs / 1000,
    points: withGaps(shown, stepMs || periodMs),
    band: await band(cell.id, ask.kpi, range, rooms),
    forecast: [],
    marks: [
      ...(await alertMarks(cell.id, range, rooms)),
      ...suspectMarks(points),
      ...(await plannedMarks(cell.id, range, rooms)),
    ],
  };
}

function readRange(ask: SeriesAsk, now: number): Range {
  const from = readMoment('from', ask.from ?? DEFAULT_RANGE, now);
  const to = readMoment('to', ask.to ?? 'now', now);
  if (from >= to) throw badRequest(`from (${ask.from}) is not before to (${ask.to ?? 'now'})`);
  const seconds = ask.step === undefined ? 0 : (parseDuration(ask.step) ?? Number(ask.step));
  if (!Number.isFinite(seconds) || seconds < 0 || (ask.step !== undefined && seconds === 0)) {
    throw badRequest(`step is "${ask.step}": give seconds, or a duration such as PT15M`);
  }
  if (seconds > 0 && (to - from) / (seconds * 1000) > MOST_POINTS) {
    throw badRequest(`step ${ask.step} gives more than ${MOST_POINTS} points: give a longer step or a shorter range`);
  }
  return { from, to, stepMs: seconds * 1000 };
}

function readMoment(name: string, text: string, now: number): number {
  const at = parseMoment(text, now);
  if (at === undefined || !Number.isFinite(at)) {
    throw badRequest(`${name} is "${text}": give ISO 8601, epoch milliseconds, or for example now-24h`);
  }
  return at;
}

/** The store, and over it what the journal holds and the store has yet to take: what was acknowledged is visible. */
async function mergedPoints(
  cell: string,
  kpi: string,
  { from, to }: Range,
  rooms: SeriesRooms,
): Promise<SeriesPoint[]> {
  const position = await rooms.store.position();
  const stored = await rooms.store.series({ cell, kpi, from, to }, MOST_STORED_POINTS + 1).catch(storeIsAway);
  if (stored.length > MOST_STORED_POINTS) {
    throw new ApiError(400, 'The range is too long', `more than ${MOST_STORED_POINTS} readings: give a shorter range`);
  }
  const byAt = new Map(stored.map((point) => [point.at, point]));
  for await (const record of rooms.journal.read(position)) {
    if (record.kind !== 'readings') continue;
    for (const point of pointsOf(record.batch, cell, kpi, from, to)) byAt.set(point.at, point);
  }
  return [...byAt.values()].sort((a, b) => a.at - b.at);
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
    yield { at, value, ...(batch.suspect[row] === 1 && { suspect: true }) };
  }
}

/** Raw where that is few enough; else the shortest multiple of the period that is. */
function chooseStep(points: readonly SeriesPoint[], { from, to }: Range, periodMs: number): number {
  if (points.length <= MOST_RAW_POINTS) return 0;
  return Math.ceil((to - from) / MOST_RAW_POINTS / periodMs) * periodMs;
}

async function pool(
  cell: string,
  kpi: Kpi,
  points: readonly SeriesPoint[],
  stepMs: number,
  range: Range,
  rooms: SeriesRooms,
) {
  const weights = new Map<number, number>();
  if (kpi.attempts && (kpi.aggregation === 'ratio-of-sums' || kpi.aggregation === 'weighted-mean')) {
    for (const { at, value } of await mergedPoints(cell, kpi.attempts, range, rooms))
      if (value !== null) weights.set(at, value);
  }
  const judged = points.map(({ at, value }) => [at, value] as const);
  return bucketize(judged, stepMs, kpi.aggregation, (at) => weights.get(at));
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

function suspectMarks(points: readonly SeriesPoint[]): Series['marks'] {
  return points.filter((point) => point.suspect).map(({ at }) => ({ at, kind: 'suspect' }));
}

/** Planned works as stretches: periods that follow each other and say so. */
async function plannedMarks(cell: string, range: Range, rooms: SeriesRooms): Promise<Series['marks']> {
  const planned = await mergedPoints(cell, 'planned_unavail_s', range, rooms);
  const marks: Series['marks'] = [];
  for (const { at } of planned.filter(({ value }) => (value ?? 0) > 0)) {
    const last = marks.at(-1);
    if (last?.until !== undefined && at - last.until <= 2 * DEFAULT_PERIOD_SECONDS * 1000) last.until = at;
    else marks.push({ at, kind: 'planned', until: at });
  }
  return marks;
}
