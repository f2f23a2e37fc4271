// One cell's series for a chart: stored points and the journal's tail, raw or in buckets, with usual range and marks.

import type { Series } from '../api/contract.ts';
import type { SeriesAsk } from '../api/doors.ts';
import { badRequest } from '../api/problem.ts';
import type { Usual } from '../detect/detector.ts';
import type { Forecast } from '../detect/foreteller.ts';
import { bucketEnd } from '../maths/bucket-end.ts';
import { bucketize, type Poolable } from '../maths/bucketize.ts';
import { HOUR_MS } from '../maths/local-time.ts';
import { parseDuration } from '../maths/parse-duration.ts';
import { parseMoment } from '../maths/parse-moment.ts';
import type { AlertRecord } from '../model/alert.ts';
import { findKpi } from '../model/catalogue.ts';
import type { CellChange } from '../model/identity.ts';
import type { Kpi } from '../model/kpi.ts';
import { poolingOf } from '../model/pooling.ts';
import { DEFAULT_PERIOD_SECONDS } from '../model/reading.ts';
import type { SeriesPoint } from '../storage/kpi-store.ts';
import type { RolledLevel } from '../storage/levels.ts';
import { chooseLevel, type LevelAsk, type LevelChoice, MOST_SHOWN_POINTS } from './series/level.ts';
import { LEVEL_MS, type PointRooms, rawPoints, rolledPoints, storeIsAway, weighed } from './series/points.ts';

export interface SeriesRooms extends PointRooms {
  usual(cell: string, kpi: string, ats: readonly number[]): Promise<(Usual | null)[]>;
  /** Where the KPI will be, as far as that is foreseen. */
  forecast?(cell: string, kpi: string, ats: readonly number[]): Promise<(Forecast | null)[]>;
  alertsOf(cell: string, from: number, to: number): Promise<AlertRecord[]>;
  changesOf(cell: string): Promise<CellChange[]>;
  /** Windows in which alerts of the cell were held back. */
  mutesOf?(cell: string, from: number, to: number): { from: number; to: number; id: string }[];
}

export interface CellOfSeries {
  id: string;
  periodSeconds: number | null;
}

const DEFAULT_FROM = 'now-24h';
const MOST_BUCKETS = 20_000;
const LONGEST_STEP_SECONDS = 366 * 86_400;
/** No reading is of before 1970 or after this. */
const END_OF_TIME = Date.UTC(9999, 0, 1);
const MOST_BAND_POINTS = 300;
/** The usual range goes on beyond the newest reading by this share of the range. */
const BAND_AHEAD_SHARE = 0.125;
/** A forecast goes on by this share of the range, in so many steps. */
const FORECAST_AHEAD_SHARE = 0.5;
const FORECAST_STEPS = 48;
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
  const shown = await shownPoints(cell, kpi, range, rooms);
  return {
    kpi: kpi.id,
    unit: kpi.unit,
    step: shown.stepMs / 1000,
    level: shown.level,
    ...(shown.note && { note: shown.note }),
    points: withGaps(shown),
    spread: shown.stepMs === 0 ? [] : shown.points.flatMap(spreadOf),
    // What is usual is known of single periods by the hour of the week, not of what they add up to.
    band: shown.stepMs > HOUR_MS ? [] : await band(cell.id, kpi.id, range, rooms),
    forecast: await forecast(cell.id, kpi.id, range, now, rooms),
    marks: [
      ...(await alertMarks(cell.id, range, rooms)),
      ...muteMarks(cell.id, range, rooms),
      ...changeMarks(await rooms.changesOf(cell.id), range),
      ...shown.marks,
    ],
  };
}

interface Shown extends LevelChoice {
  points: readonly (Poolable & Pick<SeriesPoint, 'periodSeconds'>)[];
  /** What one point stands for before it is pooled. */
  periodMs: number;
  marks: Series['marks'];
}

async function shownPoints(cell: CellOfSeries, kpi: Kpi, range: LevelAsk, rooms: SeriesRooms): Promise<Shown> {
  const keptAfter = await rooms.store.keptAfter().catch(storeIsAway);
  const choice = chooseLevel(range, keptAfter);
  if (choice.level === 'raw') return shownRaw(cell, kpi, range, choice, rooms);
  const shown = await shownRolled(cell, kpi, range, { ...choice, level: choice.level }, rooms);
  // Few hours may be few readings, which are shown as they are; none may be a KPI that is not pooled beforehand.
  const maybeFew = shown.hours === 0 || (range.stepMs === 0 && shown.hours <= MOST_SHOWN_POINTS);
  if (!maybeFew || keptAfter.raw > range.from) return shown;
  const raw = await shownRaw(cell, kpi, range, { level: 'raw', stepMs: range.stepMs }, rooms);
  return raw.stepMs === range.stepMs || shown.hours === 0 ? raw : shown;
}

async function shownRaw(cell: CellOfSeries, kpi: Kpi, range: LevelAsk, choice: LevelChoice, rooms: SeriesRooms) {
  const { weight } = poolingOf(kpi.id);
  const all = await rawPoints(cell.id, [kpi.id, PLANNED, ...(weight ? [weight] : [])], range, rooms);
  const points = all.get(kpi.id) ?? [];
  const periodMs = 1000 * (cell.periodSeconds ?? DEFAULT_PERIOD_SECONDS);
  const stepMs = choice.stepMs || chooseStep(points, periodMs);
  const marks = [
    ...markedPoints(points, 'suspect'),
    ...markedPoints(points, 'late'),
    ...plannedMarks(all.get(PLANNED) ?? [], periodMs),
  ];
  const pooled = stepMs ? bucketize(weighed(kpi.id, all), bucketEnd(stepMs, rooms.days), kpi.aggregation) : points;
  return { ...choice, stepMs, points: pooled, periodMs, marks };
}

async function shownRolled(
  cell: CellOfSeries,
  kpi: Kpi,
  range: LevelAsk,
  choice: LevelChoice & { level: RolledLevel },
  rooms: SeriesRooms,
) {
  const all = await rolledPoints(cell.id, [kpi.id, PLANNED], choice.level, range, rooms);
  const points = all.get(kpi.id) ?? [];
  const levelMs = LEVEL_MS[choice.level];
  // One reading a week stands in one day of seven.
  const periodMs = Math.max(levelMs, 1000 * (cell.periodSeconds ?? 0));
  const pooled = bucketize(points, bucketEnd(choice.stepMs, rooms.days), kpi.aggregation);
  return {
    ...choice,
    points: pooled,
    hours: points.length * (levelMs / HOUR_MS),
    periodMs,
    marks: plannedMarks(all.get(PLANNED) ?? [], periodMs),
  };
}

function readRange(ask: SeriesAsk, now: number): LevelAsk {
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

const pairOf = ({ at, value }: Poolable): [number, number | null] => [at, value];
const spreadOf = ({ at, low, high }: Poolable): [number, number, number][] =>
  low === undefined || high === undefined ? [] : [[at, low, high]];

/** Raw where that is few enough; else the shortest multiple of the period that is. */
function chooseStep(points: readonly SeriesPoint[], periodMs: number): number {
  if (points.length <= MOST_SHOWN_POINTS) return 0;
  const spanMs = points.at(-1)!.at - points[0]!.at;
  return Math.ceil(spanMs / MOST_SHOWN_POINTS / periodMs) * periodMs;
}

/** A stretch without readings is a gap on the chart: never a joined line, never zero. Raw ones have periods of their own, which may change. */
function withGaps({ points, stepMs, periodMs }: Shown): [number, number | null][] {
  const lengthOf = ({ periodSeconds }: Shown['points'][number]) =>
    stepMs === 0 && periodSeconds ? 1000 * periodSeconds : Math.max(stepMs, periodMs);
  return points.flatMap((point, i): [number, number | null][] => {
    const next = points[i + 1];
    const isGap = next && next.at - point.at > GAP_PERIODS * Math.max(lengthOf(point), lengthOf(next));
    return isGap ? [pairOf(point), [point.at + lengthOf(point), null]] : [pairOf(point)];
  });
}

async function band(cell: string, kpi: string, { from, to }: LevelAsk, rooms: SeriesRooms): Promise<Series['band']> {
  const until = to + BAND_AHEAD_SHARE * (to - from);
  const stepMs = Math.max(900_000, Math.ceil((until - from) / MOST_BAND_POINTS / 900_000) * 900_000);
  const ats: number[] = [];
  for (let at = Math.ceil(from / stepMs) * stepMs; at <= until; at += stepMs) ats.push(at);
  const usual = await rooms.usual(cell, kpi, ats);
  return usual.flatMap((one) => (one ? [[one.at, one.low, one.high] as [number, number, number]] : []));
}

/** Only where the range reaches up to now: nobody asks what was foreseen of last year. */
async function forecast(cell: string, kpi: string, { from, to }: LevelAsk, now: number, rooms: SeriesRooms) {
  if (!rooms.forecast || to < now) return [];
  const stepMs = (FORECAST_AHEAD_SHARE * (to - from)) / FORECAST_STEPS;
  const ats = Array.from({ length: FORECAST_STEPS + 1 }, (_, i) => Math.round(now + i * stepMs));
  const seen = await rooms.forecast(cell, kpi, ats);
  return seen.flatMap((one) => (one ? [[one.at, one.low, one.mid, one.high] as Series['forecast'][number]] : []));
}

/** Where the cell became another machine, or another in name: what was before may not compare. */
function changeMarks(changes: readonly CellChange[], { from, to }: LevelAsk): Series['marks'] {
  return changes
    .filter(({ at }) => at > from && at <= to)
    .map((change) => ({ at: change.at, kind: 'changed', field: change.field, from: change.from, to: change.to }));
}

function muteMarks(cell: string, { from, to }: LevelAsk, rooms: SeriesRooms): Series['marks'] {
  const windows = rooms.mutesOf?.(cell, from, to) ?? [];
  return windows.map((window) => ({ at: window.from, kind: 'muted', id: window.id, until: window.to }));
}

async function alertMarks(cell: string, { from, to }: LevelAsk, rooms: SeriesRooms): Promise<Series['marks']> {
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
function plannedMarks(seconds: readonly (Poolable & { periodSeconds?: number })[], periodMs: number): Series['marks'] {
  const marks: { at: number; kind: 'planned'; until: number }[] = [];
  for (const { at, value, periodSeconds } of seconds) {
    if (!value) continue;
    const last = marks.at(-1);
    if (last && at - last.until <= GAP_PERIODS * periodMs) last.until = at;
    else marks.push({ at: at - (periodSeconds ? 1000 * periodSeconds : periodMs), kind: 'planned', until: at });
  }
  return marks;
}
