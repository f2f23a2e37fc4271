// The stretch of data time that a run covers.

export interface Era {
  /** Start of the first period that is sent, epoch milliseconds. */
  from: number;
  /** Start of the first live period; the end of the history. */
  liveFrom: number;
  periodSeconds: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** Live is planned so far; a run that goes on longer is a quiet one. */
export const LIVE_DAYS = 30;
