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
      weight: 0.623,
      seenBefore: 0.3,
    },
    mid: {
      weight: 0.602,
      seenBefore: 1.2,
    },
    jump: {
      weight: 1.45,
      seenBefore: 2,
    },
    shift: {
      weight: 0.405,
      seenBefore: 1.29,
    },
    spread: {
      weight: 0.296,
      seenBefore: 1.84,
    },
    flat: {
      weight: 0.65,
      seenBefore: 0,
    },
    density: {
      weight: 1,
      seenBefore: 2,
    },
  },
  others: 0.443,
  densityRows: 10,
  densityMost: 6,
  levelRows: 997,
  midRows: 36.1,
  fastRows: 4,
  shiftRows: 12.9,
  meanDays: 5.83,
  day: { bins: 48, proofDays: 4, renewal: 0.15 },
  week: { bins: 168, proofDays: 10, renewal: 0.3 },
  gateFrom: 0.102,
  gateTo: 0.302,
  leastShare: 0.0307,
  leastUnrest: 0.1,
  leastStandstill: 4,
  tail: {
    memory: 774,
    index: 0.226,
    indexWeight: 39.1,
    indexMemory: 460,
  },
  peakSurprise: 1.5,
  peaksKept: 16,
  peakDays: 31.5,
  peakShare: 0.809,
  habitualPeaks: 16,
  apartHours: 6,
  apartRows: 5,
  totalRows: 300,
  totalHours: 26,
  totalFalls: 0.005,
  line: 3.98,
  linePerRate: 0.812,
  habitHours: 12,
  habitRows: 8.1,
  habitPower: 3.45,
  untoldHabit: 0.6,
  warmRows: 60,
  incidentWeight: 0.3,
};
