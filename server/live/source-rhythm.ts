// The rhythm of one sender by wall time: its usual gap between two new periods, and whether it has fallen quiet.

/** Gaps that the rhythm is read from. */
const GAPS_KEPT = 16;
/** A source is quiet once nothing came for this many of its own usual gaps, and for half as long again as its long ones… */
const QUIET_GAPS = 4;
const QUIET_LONG_GAPS = 1.5;
/** …never before this many of the periods that it reports, nor before it has been heard for as long… */
const QUIET_PERIODS = 3;
/** …and after so many gaps: a file that somebody sent once, or a few in a row, has no rhythm. */
const LEAST_GAPS = 3;

/** Plain data, for it stands in the checkpoint. Wall times in epoch milliseconds. */
export interface Rhythm {
  firstAt: number;
  newestAt: number;
  /** The newest gaps, milliseconds. */
  gaps: number[];
  longestMs: number;
  /** Longest granularity period of the newest batch. */
  periodMs: number;
}

export const noRhythm = (): Rhythm => ({ firstAt: 0, newestAt: 0, gaps: [], longestMs: 0, periodMs: 0 });

/** A new period, or a sign of life that comes at its own pace, arrived. */
export function beat(rhythm: Rhythm, receivedAt: number, periodMs: number): void {
  rhythm.periodMs = periodMs;
  if (rhythm.newestAt === 0) rhythm.firstAt = receivedAt;
  else {
    const gap = Math.max(0, receivedAt - rhythm.newestAt);
    rhythm.gaps = [...rhythm.gaps, gap].slice(-GAPS_KEPT);
    rhythm.longestMs = Math.max(rhythm.longestMs, gap);
  }
  rhythm.newestAt = Math.max(rhythm.newestAt, receivedAt);
}

/** The usual gap, milliseconds, and the longest of the usual ones; 0 before it is known. One outage is no usual gap. */
function usual({ gaps }: Rhythm): { meanMs: number; longMs: number } {
  const known = gaps.length > 2 ? [...gaps].sort((a, b) => a - b).slice(0, -1) : gaps;
  if (known.length === 0) return { meanMs: 0, longMs: 0 };
  return { meanMs: known.reduce((sum, gap) => sum + gap, 0) / known.length, longMs: Math.max(...known) };
}

export const usualGapMs = (rhythm: Rhythm): number => usual(rhythm).meanMs;

/** Nothing new for so long that nobody knows how its cells are. That holds for a single file too, whose silence is no alert. */
export function isOverdue(rhythm: Rhythm, wallNow: number): boolean {
  const { meanMs, longMs } = usual(rhythm);
  const patience = Math.max(QUIET_GAPS * meanMs, QUIET_LONG_GAPS * longMs, QUIET_PERIODS * rhythm.periodMs);
  return wallNow - rhythm.newestAt > patience;
}

/** Quiet against its own rhythm, once it has one. */
export function isQuiet(rhythm: Rhythm, wallNow: number): boolean {
  const lived = rhythm.newestAt - rhythm.firstAt >= QUIET_PERIODS * rhythm.periodMs;
  return rhythm.gaps.length >= LEAST_GAPS && lived && isOverdue(rhythm, wallNow);
}
