// The settings of the detector for one series of any kind, versioned: another number here is another profile. All are defaults, not standards.

import type { TailOptions } from '../../maths/tail.ts';
import type { CycleOptions } from './cycle.ts';

export interface AnySeriesProfile {
  id: string;

  /** What a surprise of each channel counts for: far from the long level, from the middle one, from the last values; a mean that moves; unrest; standstill; many small surprises. */
  weights: Record<'level' | 'mid' | 'jump' | 'shift' | 'spread' | 'flat' | 'density', number>;
  /** What all channels but the one most surprised add, as a share. */
  others: number;
  /** Small surprises are gathered over so many rows, each up to so much. */
  densityRows: number;
  densityMost: number;

  /** Memories in rows: of the long and the middle level, of the last values, of the moving mean. */
  levelRows: number;
  midRows: number;
  fastRows: number;
  shiftRows: number;
  /** Memory of the mean that seasons are told from. */
  meanDays: number;
  /** The profiles of the day and of what the week adds to it. */
  day: Pick<CycleOptions, 'bins' | 'proofDays' | 'renewal'>;
  week: Pick<CycleOptions, 'bins' | 'proofDays' | 'renewal'>;
  /** Share of the deviation that a season must explain to be believed at all, and to be believed wholly. */
  gateFrom: number;
  gateTo: number;
  /** A difference below this share of the usual deviation from the mean is none. */
  leastShare: number;
  /** What a channel sees is wholly news only at so many times what it saw in the rows before (root mean square over so many). */
  swing: number;
  swingRows: number;
  /** Unrest may grow or shrink by so much (natural logarithm) without being anything; standstill of fewer rows is none. */
  leastUnrest: number;
  leastStandstill: number;
  tail: TailOptions;

  /** Beyond this a tail that was learned from some hundred rows says nothing (−log10 of a chance). */
  mostSurprise: number;
  /** Peaks: from which surprise on, how many are kept, for how long; one as great is one of at least this share. */
  peakSurprise: number;
  peaksKept: number;
  peakDays: number;
  peakShare: number;
  /** What is taken off a surprise that was seen before: so much for each power of ten of peaks as great. */
  seenBefore: number;
  /** What had so many peaks as great is a habit of the series and never alarms. */
  habitualPeaks: number;
  /** What lies closer than this, in hours and in rows, is of one peak. */
  apartHours: number;
  apartRows: number;

  /** A series is a running total once it has risen in most of so many rows and hours, and fallen in no larger share than this. */
  totalRows: number;
  totalHours: number;
  totalFalls: number;

  /** Alarm line: the surprise for 1,000 rows a month, and what ten times the rows add. */
  line: number;
  linePerRate: number;
  /** Series of fewer rows a month (daily ones, say) are judged as if they had so many. */
  leastRate: number;
  /** What was told fades from memory over so many hours, at least rows; a repetition must be greater the more, the lower the power. */
  habitHours: number;
  habitRows: number;
  habitPower: number;
  /** Share of a surprise that one gets used to while it is below the alarm line. */
  untoldHabit: number;
  /** Rows until the detector is sure of itself. */
  warmRows: number;
  /** What an alarming row teaches, against any other. */
  incidentWeight: number;
}

export const ANY_SERIES_1: AnySeriesProfile = {
  id: '1',
  weights: { level: 0.75, mid: 0.75, jump: 0.9, shift: 0.3, spread: 0.4, flat: 0.8, density: 1.4 },
  others: 0.5,
  densityRows: 30,
  densityMost: 5,
  levelRows: 4000,
  midRows: 17,
  fastRows: 3.5,
  shiftRows: 9,
  meanDays: 12,
  day: {
    bins: 48,
    proofDays: 4,
    renewal: 0.15,
  },
  week: {
    bins: 168,
    proofDays: 10,
    renewal: 0.3,
  },
  gateFrom: 0.2,
  gateTo: 0.4,
  leastShare: 0.03,
  swing: 3,
  swingRows: 200,
  leastUnrest: 0.13,
  leastStandstill: 4,
  tail: {
    memory: 1200,
    index: 0.24,
    indexWeight: 110,
    indexMemory: 450,
  },
  mostSurprise: 4,
  peakSurprise: 0.8,
  peaksKept: 16,
  peakDays: 32,
  peakShare: 0.65,
  seenBefore: 1.2,
  habitualPeaks: 16,
  apartHours: 6,
  apartRows: 5,
  totalRows: 300,
  totalHours: 26,
  totalFalls: 0.005,
  line: 2.9,
  linePerRate: 1,
  leastRate: 700,
  habitHours: 9,
  habitRows: 10,
  habitPower: 2.8,
  untoldHabit: 0.65,
  warmRows: 60,
  incidentWeight: 0.3,
};
