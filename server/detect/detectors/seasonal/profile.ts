// The settings of the seasonal detector, versioned: another number here is another profile. All are defaults, not standards.

export interface SeasonalProfile {
  /** Findings carry it as `seasonal@<id>`. */
  id: string;

  /** Half the usual range, in robust standard deviations. */
  bandSigmas: number;
  /** The same for ratios: chance alone is known exactly there, so less will do. */
  ratioSigmas: number;
  /** The range is this much wider in an hour that was hardly lived through before. */
  newHourWidening: number;
  /** No change smaller than this share is one, for speeds, delays, loads and rates (beside the KPI's `leastChange`). */
  leastRelativeChange: number;
  /** A ratio on fewer attempts is not judged: 46 % drops on 9 attempts say nothing. */
  leastAttempts: number;
  /** A ratio must have at least this many failures more than usual. */
  leastExcessEvents: number;
  /** A ratio without attempts is out of line beyond so many times the worst of late, and not judged before so many hours. */
  bareRatioPeaks: number;
  bareRatioColdHours: number;
  /** A mean over users with fewer than this is not judged; over `usersForHalfWeight` it carries half the weight. */
  leastUsers: number;
  usersForHalfWeight: number;

  /** Out of line at once when this many times beyond the line; else `confirmPeriods` of the last three periods. */
  overwhelmingStrength: number;
  confirmPeriods: number;
  /** In line again below this share of the line, for so many periods. */
  releaseStrength: number;
  clearPeriods: number;
  /** A shift is one when it is so far on the average of so many hours, and over when values are back below that part of the line. */
  shiftStrength: number;
  shiftHours: number;
  shiftRelease: number;
  /** Values stand still when they are alike for so long, and for so many times longer than they ever were. */
  stillHours: number;
  stillTimes: number;
  /** An open anomaly of which nothing more is heard (KPI gone, too few attempts) ends after so long, in data time. */
  unheardHours: number;

  /** Younger than this a series knows only hard lines: the KPI's line, missed by `hardLineChanges` least changes. */
  coldHours: number;
  hardLineChanges: number;
  /** Weight of the neighbours' guess in a new hour, in hours of data. */
  priorHours: number;
  /** Memory of an hour of workdays and of a day of the weekend, in hours of data: three weeks, and six. */
  workdayMemoryHours: number;
  weekendMemoryHours: number;
  /** Memory of the scale at an hour of the day, and of the scale overall. */
  spreadMemoryHours: number;
  scaleMemoryHours: number;
  /** Memory of the slow drift common to all hours. */
  driftMemoryHours: number;
  /** A single value moves the baseline by at most this many standard deviations. */
  clipSigmas: number;
  /** A new level that has held so long becomes the usual one. */
  newLevelHours: number;

  /**
   * Crept: the usual is by this share (and by the KPI's `leastChange`) worse than weeks ago, by so many standard deviations of how
   * cells alike have moved and of its own unrest, on so many nights in a row; over below that part of the line.
   */
  driftLeastShare: number;
  driftSigmas: number;
  driftNights: number;
  driftRelease: number;

  /** Share of a period lost to a fault that makes it one. */
  downShare: number;
  /** Share of a period of planned works or energy saving that excuses it. */
  excusedShare: number;
  faultClearPeriods: number;
  /** Asleep: this few users where at least `sleepingUsualUsers` are usual, and this share of the usual traffic, for so many periods. */
  sleepingUsers: number;
  sleepingUsualUsers: number;
  sleepingTrafficShare: number;
  sleepingPeriods: number;

  /** By KPI of equipment, where it cannot go on: radios throttle, batteries are cut off, light is lost. */
  operatingLimits: Readonly<Record<string, number>>;
  /** Told for all at once when the middle one of the peers is so far out of line for so many periods. */
  wideStrength: number;
  widePeriods: number;
  /** Findings a day that a network of 100,000 cells is willing to look at, and how high the line may be drawn for it. */
  alertsPerDay: number;
  highestLine: number;
  /** Crowded: so many times the usual users, that much beyond their usual range, and so many blocks in use. */
  crowdFactor: number;
  crowdStrength: number;
  crowdedBlocksPct: number;
  /** In use so many, people are turned away. */
  fullBlocksPct: number;
  /** What a cell off the air does to its neighbours counts for so long after it went, and so many periods after it is back. */
  takeOverHours: number;
  takeOverPeriods: number;
  /** A carrier that slept through so many nights is overdue so many swings, and periods, after it usually wakes. */
  wakesKnown: number;
  overdueSwings: number;
  overduePeriods: number;

  /**
   * Periods that the source's clock moves past a cell's last reading before it counts as silent; so many for one that has long
   * been punctual, while the rest of its source still is. One that is often late has its own habit, up to so many periods.
   */
  silentPeriods: number;
  punctualSilentPeriods: number;
  latestHabitPeriods: number;
  /** Memory of how punctual a cell is, in readings. */
  habitReadings: number;
  /** Cells of so many sites that fall silent with the same reading share a collector: it is waited for so long. */
  sharedGapSites: number;
  sharedGapMinutes: number;
  /** A cell must have been heard so often before its silence means anything. */
  silentLeastReadings: number;
  /** Silence that follows energy saving or planned works is excused for so long. */
  excusedSilenceHours: number;

  /** Cells beyond this number are not watched (and counted). */
  mostCells: number;
  /** Sources beyond this number have no clock of their own: cells are not missed there. */
  mostSources: number;
}

export const SEASONAL_5: SeasonalProfile = {
  id: '5',
  bandSigmas: 6,
  ratioSigmas: 5,
  newHourWidening: 2.5,
  leastRelativeChange: 0.2,
  leastAttempts: 20,
  leastExcessEvents: 5,
  bareRatioPeaks: 2,
  bareRatioColdHours: 336,
  leastUsers: 3,
  usersForHalfWeight: 5,
  overwhelmingStrength: 3,
  confirmPeriods: 2,
  releaseStrength: 0.7,
  clearPeriods: 3,
  shiftStrength: 0.5,
  shiftHours: 6,
  shiftRelease: 0.3,
  stillHours: 12,
  stillTimes: 4,
  unheardHours: 24,
  coldHours: 24,
  hardLineChanges: 10,
  priorHours: 0.5,
  workdayMemoryHours: 15,
  weekendMemoryHours: 6,
  spreadMemoryHours: 14,
  scaleMemoryHours: 168,
  driftMemoryHours: 72,
  clipSigmas: 3,
  newLevelHours: 72,
  driftLeastShare: 0.08,
  driftSigmas: 4,
  driftNights: 2,
  driftRelease: 0.5,
  downShare: 0.1,
  excusedShare: 0.1,
  faultClearPeriods: 2,
  sleepingUsers: 0.5,
  sleepingUsualUsers: 5,
  sleepingTrafficShare: 0.02,
  sleepingPeriods: 2,
  operatingLimits: { temperature_c: 65, vswr_ratio: 2.5, optical_rx_dbm: -28 },
  wideStrength: 0.8,
  widePeriods: 2,
  alertsPerDay: 100,
  highestLine: 1.5,
  crowdFactor: 1.3,
  crowdStrength: 0.4,
  crowdedBlocksPct: 60,
  fullBlocksPct: 85,
  takeOverHours: 24,
  takeOverPeriods: 2,
  wakesKnown: 4,
  overdueSwings: 4,
  overduePeriods: 2,
  silentPeriods: 3,
  punctualSilentPeriods: 2,
  latestHabitPeriods: 12,
  habitReadings: 42,
  sharedGapSites: 3,
  sharedGapMinutes: 105,
  silentLeastReadings: 3,
  excusedSilenceHours: 12,
  mostCells: 1_000_000,
  mostSources: 10_000,
};
