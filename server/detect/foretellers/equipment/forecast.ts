// Where a KPI that is on its way will be: its trend carried on, with the range that it stays in in eight of ten cases.

import type { Forecast } from '../../foreteller.ts';
import { asCourse } from '../first-passage/course-book.ts';
import { voltageAhead } from '../first-passage/drain.ts';
import { grown, type Trend, trendOf } from '../first-passage/passage.ts';
import type { Case } from './case.ts';
import type { CaseBook } from './case-book.ts';
import type { TrendWatch } from './trend-watch.ts';

const HOUR_MS = 3_600_000;
const BATTERY_HORIZON_MS = 24 * HOUR_MS;
/** Eight of ten slopes turn out within this factor of what they seem, and the noise within so many of its deviations. */
const SLOPE_FACTOR = 1.35;
const NOISES = 1.28;

/** Null where nothing is on its way, for times before its newest point, and beyond the horizon. */
export function forecastOf(
  subject: string,
  kpi: string,
  ats: readonly number[],
  book: CaseBook,
  watch: TrendWatch | undefined,
): (Forecast | null)[] {
  if (kpi === 'supply_voltage_v') return ofBattery(book.get('battery', subject), ats);
  const one = watch && book.get(watch.signal.mode, subject);
  const trend = one?.course && trendOf(asCourse(one.course));
  const row = watch?.knownRow(subject);
  if (!one || !trend || row === undefined) return ats.map(() => null);
  const { signal, levels, reach } = watch;
  const inUnits = (at: number) => (x: number) => levels.usual(row, at) + signal.toward * reach * x;
  return within(ats, one.lastAt, signal.horizonMs, (at) => {
    const [least, mid, most] = carriedOn(trend, (at - one.lastAt) / HOUR_MS).map(inUnits(at));
    return { at, low: Math.min(least!, most!), mid: mid!, high: Math.max(least!, most!) };
  });
}

function ofBattery(one: Case | undefined, ats: readonly number[]): (Forecast | null)[] {
  if (!one?.course) return ats.map(() => null);
  const { from } = one.course;
  const volts = voltageAhead(asCourse(one.course));
  return within(ats, one.lastAt, BATTERY_HORIZON_MS, (at) => ({ at, ...volts((at - from) / HOUR_MS) }));
}

function within(
  ats: readonly number[],
  from: number,
  horizonMs: number,
  forecast: (at: number) => Forecast,
): (Forecast | null)[] {
  return ats.map((at) => (at < from || at > from + horizonMs ? null : forecast(at)));
}

function carriedOn({ level, slope, bend, noise }: Trend, hours: number): number[] {
  const at = (factor: number) => level + grown(factor * slope, bend, hours);
  return [at(1 / SLOPE_FACTOR) - NOISES * noise, at(1), at(SLOPE_FACTOR) + NOISES * noise];
}
