// The settings of the detector for one series of any kind, versioned: another number here is another profile. All are defaults, not standards.

import type { TailOptions } from '../../maths/tail.ts';
import type { CycleOptions } from './cycle.ts';

export interface ChannelProfile {
  /** What a surprise of this channel counts for. */
  weight: number;
  /** What is taken off when it was seen before: so much for each power of ten of peaks as great. */
  seenBefore: number;
}

export interface AnySeriesProfile {
  id: string;

  /** The channels: far from the long level, from the middle one, from the last values; a mean that moves; unrest; standstill; many small surprises. */
  channels: Record<'level' | 'mid' | 'jump' | 'shift' | 'spread' | 'flat' | 'density', ChannelProfile>;
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
  channels: {
    level: {
      weight: 0.75,
      seenBefore: 1,
    },
    mid: {
      weight: 0.75,
      seenBefore: 1.1,
    },
    jump: {
      weight: 1,
      seenBefore: 2.5,
    },
    shift: {
      weight: 0.28,
      seenBefore: 1.6,
    },
    spread: {
      weight: 0.37,
      seenBefore: 5,
    },
    flat: {
      weight: 0.65,
      seenBefore: 0,
    },
    density: {
      weight: 1.6,
      seenBefore: 2.8,
    },
  },
  others: 0.52,
  densityRows: 19,
  densityMost: 5.1,
  levelRows: 4000,
  midRows: 20,
  fastRows: 3.4,
  shiftRows: 9.4,
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
  leastShare: 0.024,
  leastUnrest: 0.1,
  leastStandstill: 4,
  tail: {
    memory: 1100,
    index: 0.23,
    indexWeight: 190,
    indexMemory: 470,
  },
  mostSurprise: 5,
  peakSurprise: 1.4,
  peaksKept: 16,
  peakDays: 32,
  peakShare: 0.68,
  habitualPeaks: 16,
  apartHours: 5.7,
  apartRows: 5,
  totalRows: 300,
  totalHours: 26,
  totalFalls: 0.005,
  line: 3.8,
  linePerRate: 0.7,
  leastRate: 700,
  habitHours: 11,
  habitRows: 10,
  habitPower: 2.3,
  untoldHabit: 0.65,
  warmRows: 60,
  incidentWeight: 0.3,
};
