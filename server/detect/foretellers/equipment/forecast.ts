// Where a KPI that is on its way will be: its trend carried on, with the range that it stays in in eight of ten cases.

import type { Forecast } from '../../foreteller.ts';
import { voltsAt } from '../first-passage/battery.ts';
import { asCourse } from '../first-passage/course-book.ts';
import { grown, type Trend, trendOf } from '../first-passage/passage.ts';
import type { CaseBook } from './case-book.ts';
import type { TrendWatch } from './trend-watch.ts';

const HOUR_MS = 3_600_000;
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
  const isBattery = kpi === 'supply_voltage_v';
  const one = book.get(isBattery ? 'battery' : (watch?.signal.mode ?? 'other'), subject);
  const trend = one?.course && trendOf(asCourse(one.course));
  const row = watch?.knownRow(subject);
  if (!one || !trend || (!isBattery && row === undefined)) return ats.map(() => null);
  const horizonMs = watch?.signal.horizonMs ?? 24 * HOUR_MS;
  const inUnits = (at: number) => (x: number) =>
    isBattery ? voltsAt(Math.max(0, x)) : watch!.levels.usual(row!, at) + watch!.signal.toward * watch!.reach * x;
  return ats.map((at) => {
    if (at < one.lastAt || at > one.lastAt + horizonMs) return null;
    const [least, mid, most] = carriedOn(trend, (at - one.lastAt) / HOUR_MS).map(inUnits(at));
    return { at, low: Math.min(least!, most!), mid: mid!, high: Math.max(least!, most!) };
  });
}

function carriedOn({ level, slope, bend, noise }: Trend, hours: number): number[] {
  const at = (factor: number) => level + grown(factor * slope, bend, hours);
  return [at(1 / SLOPE_FACTOR) - NOISES * noise, at(1), at(SLOPE_FACTOR) + NOISES * noise];
}
