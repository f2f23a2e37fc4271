// How finely a question about a cell's past is answered: raw, by hours or by local days, and with which step.

import { dividesDay, isDays } from '../../maths/bucket-end.ts';
import { DAY_MS, HOUR_MS } from '../../maths/local-time.ts';
import { LEVELS, type Level } from '../../storage/levels.ts';

export interface LevelAsk {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** 0: none was asked for. */
  stepMs: number;
}

export interface LevelChoice {
  level: Level;
  /** 0: as the points are, or as few as a chart needs. */
  stepMs: number;
  /** The answer is not all that was asked for. */
  note?: SeriesNote;
}

/**
 * `coarser-step`: finer values of before `keptAfter` are no longer kept. `begins-later`: no values of before it are kept.
 * Epoch milliseconds.
 */
export interface SeriesNote {
  code: 'coarser-step' | 'begins-later';
  keptAfter: number;
}

/** Beyond this a chart has more points than pixels. */
export const MOST_SHOWN_POINTS = 1000;
/** Longer ranges are not asked of the raw readings unless their step needs them: 45 days are 4,320 quarters. */
const LONGEST_RAW_MS = 45 * DAY_MS;
/**
 * Without a step, longer ranges are told by the day: a year of days is a third of the points that fit a chart, and of a network
 * of 10,000 cells they are found in a tenth of the time.
 */
const LONGEST_HOURLY_MS = 125 * DAY_MS;
/** Steps of hours that fill a day. */
const HOUR_STEPS = [1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR_MS);

/** `keptAfter`: up to when the values of each level were let go, −1 while all are kept; a coarser level is never kept shorter. */
export function chooseLevel(ask: LevelAsk, keptAfter: Readonly<Record<Level, number>>): LevelChoice {
  const { from, to, stepMs } = ask;
  const kept = LEVELS.filter((level) => keptAfter[level] <= from);
  if (kept.length === 0) {
    const note = { code: 'begins-later', keptAfter: keptAfter.daily } as const;
    return { level: 'daily', stepMs: isDays(stepMs) && stepMs > 0 ? stepMs : fewDays(to - from), note };
  }
  const finest = kept[0]!;
  if (stepMs === 0) {
    if (finest === 'raw' && to - from <= LONGEST_RAW_MS) return { level: 'raw', stepMs: 0 };
    return fewPoints(to - from, finest === 'raw' ? 'hourly' : finest);
  }
  // Of those that can answer the step the coarsest is the quickest.
  const able = kept.filter((level) => canAnswer(level, stepMs)).at(-1);
  if (able) return { level: able, stepMs };
  // Told is what the level lacks that would have answered.
  const missed = LEVELS.filter((level) => canAnswer(level, stepMs)).at(-1)!;
  const note = { code: 'coarser-step', keptAfter: keptAfter[missed] } as const;
  return { level: finest, stepMs: longerStep(finest, stepMs), note };
}

function canAnswer(level: Level, stepMs: number): boolean {
  if (level === 'raw') return true;
  return isDays(stepMs) || (level === 'hourly' && dividesDay(stepMs));
}

/** The next longer step that a level can answer. */
function longerStep(level: Level, stepMs: number): number {
  const hours = level === 'hourly' ? HOUR_STEPS.find((step) => step >= stepMs) : undefined;
  return hours ?? Math.ceil(stepMs / DAY_MS) * DAY_MS;
}

function fewPoints(spanMs: number, level: Level): LevelChoice {
  const step = HOUR_STEPS.find((one) => spanMs / one <= MOST_SHOWN_POINTS);
  if (level === 'hourly' && step !== undefined && spanMs <= LONGEST_HOURLY_MS) return { level: 'hourly', stepMs: step };
  return { level: 'daily', stepMs: fewDays(spanMs) };
}

function fewDays(spanMs: number): number {
  return Math.max(1, Math.ceil(spanMs / DAY_MS / MOST_SHOWN_POINTS)) * DAY_MS;
}
