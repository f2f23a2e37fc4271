// The axes of a person's history, and where the score usually was.

export interface HistoryPoint {
  day: string;
  score: number;
}

/** The last days are compared with those before them. */
const RECENT_DAYS = 7;
/** Fewer days than these say nothing about what is usual. */
const LEAST_USUAL_DAYS = 7;
/** The middle four fifths of the days. */
const OUTER_PART = 0.1;
const LINE_EVERY = 20;

/** Between which scores the days before the last seven mostly were; null while there are too few. */
export function usualBand(history: readonly HistoryPoint[]): { low: number; high: number } | null {
  const before = history.slice(0, -RECENT_DAYS).map(({ score }) => score);
  if (before.length < LEAST_USUAL_DAYS) return null;
  before.sort((a, b) => a - b);
  const at = (part: number) => before[Math.round(part * (before.length - 1))]!;
  return { low: at(OUTER_PART), high: at(1 - OUTER_PART) };
}

/** Whole twenties around all scores, at least forty points high, within 0…100. */
export function scoreAxis(history: readonly HistoryPoint[]): { low: number; high: number; lines: number[] } {
  const scores = history.map(({ score }) => score);
  let low = Math.floor(Math.min(...scores, 100) / LINE_EVERY) * LINE_EVERY;
  let high = Math.ceil(Math.max(...scores, 0) / LINE_EVERY) * LINE_EVERY;
  low = Math.max(0, low);
  high = Math.min(100, high);
  while (high - low < 2 * LINE_EVERY) {
    if (low > 0) low -= LINE_EVERY;
    else high += LINE_EVERY;
  }
  const lines = Array.from({ length: (high - low) / LINE_EVERY + 1 }, (_, i) => low + i * LINE_EVERY);
  return { low, high, lines };
}

const DAY_MS = 86_400_000;

/** Days since the first one: a day without a score leaves its place empty. */
export function dayNumber(day: string, first: string): number {
  return Math.round((Date.parse(day) - Date.parse(first)) / DAY_MS);
}
