// How busy homes and businesses are over a week, as curves between 0 and about 1; invented after the usual shape of city networks.

/** Relative activity at each full hour, 0 to 23. */
const HOME = {
  weekday: [33, 21, 14, 11, 11, 16, 28, 44, 50, 46, 44, 46, 52, 52, 50, 52, 58, 68, 80, 92, 100, 98, 82, 56],
  saturday: [42, 30, 20, 14, 12, 13, 18, 28, 42, 55, 63, 67, 70, 70, 69, 69, 71, 76, 84, 91, 95, 93, 82, 62],
  sunday: [46, 33, 22, 15, 12, 12, 16, 25, 40, 54, 63, 68, 72, 72, 70, 70, 72, 78, 87, 95, 99, 94, 74, 48],
};
const BUSINESS = {
  weekday: [14, 9, 7, 6, 7, 11, 26, 54, 82, 94, 98, 97, 100, 95, 94, 96, 98, 92, 74, 56, 44, 36, 28, 20],
  saturday: [20, 14, 9, 7, 6, 8, 13, 22, 35, 48, 58, 64, 66, 64, 62, 61, 60, 57, 54, 50, 46, 40, 34, 28],
  sunday: [22, 15, 10, 7, 6, 7, 10, 15, 22, 30, 37, 42, 44, 43, 41, 40, 39, 38, 37, 34, 30, 26, 21, 17],
};

const HOUR_SECONDS = 3600;
const WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
/** 1970-01-01 was a Thursday: a week that begins on Monday began three days earlier. */
const MONDAY_OFFSET_SECONDS = 3 * 24 * HOUR_SECONDS;

export interface WeekCurve {
  home: Float64Array;
  business: Float64Array;
  periodSeconds: number;
}

/** Both curves for every period of a week that begins on Monday 00:00 UTC, smooth between the hours. */
export function weekCurve(periodSeconds: number): WeekCurve {
  return { home: smooth(hours(HOME), periodSeconds), business: smooth(hours(BUSINESS), periodSeconds), periodSeconds };
}

/** Position in the curves of the period that ends at `at` (epoch milliseconds, UTC). */
export function slotOfWeek(at: number, { periodSeconds, home }: WeekCurve): number {
  const startSeconds = at / 1000 - periodSeconds + MONDAY_OFFSET_SECONDS;
  const intoWeek = ((startSeconds % WEEK_SECONDS) + WEEK_SECONDS) % WEEK_SECONDS;
  return Math.floor(intoWeek / periodSeconds) % home.length;
}

function hours({ weekday, saturday, sunday }: typeof HOME): number[] {
  return [...weekday, ...weekday, ...weekday, ...weekday, ...weekday, ...saturday, ...sunday].map((v) => v / 100);
}

/** Cosine interpolation between the hours, at the middle of each period. */
function smooth(hourly: readonly number[], periodSeconds: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(WEEK_SECONDS / periodSeconds) }, (_, slot) => {
    const hour = ((slot + 0.5) * periodSeconds) / HOUR_SECONDS;
    const before = hourly[Math.floor(hour) % hourly.length]!;
    const after = hourly[(Math.floor(hour) + 1) % hourly.length]!;
    return before + ((after - before) * (1 - Math.cos(Math.PI * (hour % 1)))) / 2;
  });
}

/** The busiest that a cell of so many homes gets in a usual week, on the scale of the curves. */
export function busiestOf({ home, business }: WeekCurve, homeShare: number): number {
  let busiest = 0;
  for (let slot = 0; slot < home.length; slot++) {
    busiest = Math.max(busiest, homeShare * home[slot]! + (1 - homeShare) * business[slot]!);
  }
  return busiest;
}
