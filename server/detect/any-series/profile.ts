// The settings of the detector for one series of any kind, versioned: another number here is another profile. All are defaults, not standards.

import type { TailOptions } from '../../maths/tail.ts';

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
  /** Share of the deviation that a season must explain to be believed at all, and to be believed wholly. */
  gateFrom: number;
  gateTo: number;
  /** A difference below this share of the usual deviation from the mean is none. */
  leastShare: number;
  tail: TailOptions;

  /** Peaks: from which surprise on, how many are kept, for how long; one as great is one of at least this share. */
  peakSurprise: number;
  peaksKept: number;
  peakDays: number;
  peakShare: number;
  /** What lies closer than this, in hours and in rows, is of one peak. */
  apartHours: number;
  apartRows: number;

  /** Alarm line: the surprise for 1,000 rows a month, and what ten times the rows add. */
  line: number;
  linePerRate: number;
  /** What was told fades from memory over so many hours, at least rows; a repetition must be greater the more, the lower the power. */
  habitHours: number;
  habitRows: number;
  habitPower: number;
  /** Rows until the detector is sure of itself. */
  warmRows: number;
  /** What an alarming row teaches, against any other. */
  incidentWeight: number;
}

export const ANY_SERIES_1: AnySeriesProfile = {
  id: '1',
  channels: {
    level: {
      weight: 0.633,
      seenBefore: 0.3,
    },
    mid: {
      weight: 0.523,
      seenBefore: 1,
    },
    jump: {
      weight: 1.45,
      seenBefore: 2,
    },
    shift: {
      weight: 1,
      seenBefore: 2,
    },
    spread: {
      weight: 0.38,
      seenBefore: 2.02,
    },
    flat: {
      weight: 0.223,
      seenBefore: 0,
    },
    density: {
      weight: 1,
      seenBefore: 2,
    },
  },
  others: 0.374,
  densityRows: 10,
  densityMost: 6,
  levelRows: 997,
  midRows: 50.2,
  fastRows: 4,
  shiftRows: 12.9,
  meanDays: 5,
  gateFrom: 0.1,
  gateTo: 0.3,
  leastShare: 0.02,
  tail: {
    memory: 774,
    index: 0.3,
    indexWeight: 60,
  },
  peakSurprise: 1.5,
  peaksKept: 16,
  peakDays: 28,
  peakShare: 0.9,
  apartHours: 6,
  apartRows: 5,
  line: 3.79,
  linePerRate: 1,
  habitHours: 12,
  habitRows: 9.93,
  habitPower: 3.28,
  warmRows: 60,
  incidentWeight: 0.3,
};
