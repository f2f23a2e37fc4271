// The stretches of bad hours on a person's cells that cost most, and what was wrong in them, read from the stored readings.

import type { LocalTime } from '../maths/local-time.ts';
import type { Reading } from '../model/reading.ts';
import type { StarReason } from '../model/star.ts';
import { HOURS, localHourMs, UNKNOWN } from './cell-hours.ts';
import { OFF_AIR, periodScore } from './hour-score.ts';
import { dayWeight, weightAt } from './network-score.ts';
import type { UsualCell } from './population.ts';
import type { StarProfile } from './profile.ts';

/** An hour below this is told as bad. *Default.* */
const BAD = 70;
const MOST_REASONS = 4;
/** Points of the network dimension; less is not worth a sentence. */
const LEAST_POINTS = 0.5;

export interface BadStretch {
  cell: number;
  /** Local hours since 1970, the last one included. */
  from: number;
  to: number;
  /** Of the network dimension's 100. */
  points: number;
  /** Of the person's use that falls on the cell. */
  share: number;
}

export interface PersonDays {
  /** Oldest first; the newest is today. */
  days: readonly number[];
  exposures(day: number): readonly UsualCell[];
  bytes(day: number): Uint8Array | undefined;
}

/** Costliest first. @param known weight of all hours that are known, decayed */
export function badStretches(
  person: PersonDays,
  weights: Float64Array,
  known: number,
  profile: StarProfile,
): BadStretch[] {
  const open = new Map<number, BadStretch>();
  const done: BadStretch[] = [];
  const today = person.days.at(-1)!;
  for (const day of person.days) {
    const bytes = person.bytes(day);
    const cells = byCell(person.exposures(day));
    for (let hour = 0; hour < HOURS; hour++) {
      for (const [cell, exposures] of cells) {
        const byte = bytes?.[cell * HOURS + hour] ?? UNKNOWN;
        const weight = exposures.reduce((sum, one) => sum + weightOnly(one, hour, weights), 0);
        if (byte === UNKNOWN || byte / 2 >= BAD || weight === 0) continue;
        const number = day * HOURS + hour;
        const points = (dayWeight(today - day, profile) * weight * (100 - byte / 2)) / known;
        const share = exposures.reduce((sum, one) => sum + one.share, 0);
        extend(open, done, { cell, from: number, to: number, points, share });
      }
    }
  }
  return [...done, ...open.values()].sort((a, b) => b.points - a.points);
}

const weightOnly = (exposure: UsualCell, hour: number, weights: Float64Array) =>
  exposure.hour < 0 || exposure.hour === hour ? weightAt(exposure, hour, weights) : 0;

function extend(open: Map<number, BadStretch>, done: BadStretch[], next: BadStretch): void {
  const last = open.get(next.cell);
  if (last && last.to === next.from - 1) {
    last.to = next.to;
    last.points += next.points;
    return;
  }
  if (last) done.push(last);
  open.set(next.cell, next);
}

export function byCell(exposures: readonly UsualCell[]): Map<number, UsualCell[]> {
  const cells = new Map<number, UsualCell[]>();
  for (const exposure of exposures) cells.set(exposure.cell, [...(cells.get(exposure.cell) ?? []), exposure]);
  return cells;
}

export interface ReasonContext {
  time: LocalTime;
  profile: StarProfile;
  nameOf(cell: number): string;
  readings(cell: string, from: number, to: number): Promise<Reading[]>;
  /** Data time of the answer. */
  at: number;
}

/** In words, with cells and hours; the readings tell what was worst and from when to when. */
export async function badReasons(stretches: readonly BadStretch[], context: ReasonContext): Promise<StarReason[]> {
  const worth = stretches.filter(({ points }) => points >= LEAST_POINTS).slice(0, MOST_REASONS);
  return Promise.all(worth.map((stretch) => reasonFor(stretch, context)));
}

async function reasonFor(stretch: BadStretch, context: ReasonContext): Promise<StarReason> {
  const cell = context.nameOf(stretch.cell);
  const from = context.time.moment(localHourMs(stretch.from));
  const to = Math.min(context.at, context.time.moment(localHourMs(stretch.to + 1)));
  // Without the store, the hours alone are told.
  const readings = await context.readings(cell, from, to).catch(() => []);
  const bad = worstOf(readings, context.profile);
  const span = { from: Math.max(from, bad?.from ?? from), to: bad?.to ?? to };
  const values = {
    ...{ cell, fromMs: span.from, toMs: span.to, at: context.at, share: stretch.share, points: stretch.points },
    ...(bad && bad.kpi !== OFF_AIR && { kpi: bad.kpi, observed: bad.observed }),
  };
  const code = bad?.kpi === OFF_AIR ? 'star-off-air' : bad ? 'star-poor-kpi' : 'star-poor';
  return { why: { code, values }, cells: [cell], ...span };
}

/** The KPI that cost most over the bad periods, its mean there, and where they begin and end. */
function worstOf(readings: readonly Reading[], profile: StarProfile) {
  const lost = new Map<string, { points: number; sum: number; count: number }>();
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const { at, periodSeconds, kpis, suspect } of readings) {
    const { score, worst } = periodScore((kpi) => kpis[kpi] ?? Number.NaN, periodSeconds, profile);
    if (suspect || score === null || score >= BAD || worst === undefined) continue;
    const known = lost.get(worst) ?? { points: 0, sum: 0, count: 0 };
    lost.set(worst, {
      points: known.points + (100 - score) * periodSeconds,
      sum: known.sum + (kpis[worst] ?? 0) * periodSeconds,
      count: known.count + periodSeconds,
    });
    from = Math.min(from, at - periodSeconds * 1000);
    to = Math.max(to, at);
  }
  const [first] = [...lost].sort(([, a], [, b]) => b.points - a.points);
  return first && { kpi: first[0], observed: first[1].sum / first[1].count, from, to };
}
