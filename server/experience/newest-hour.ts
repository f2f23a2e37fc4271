// The data time that saved hours reach up to: the end of the last slot, or hour, of which anything is known.

import { inflateSync } from 'node:zlib';
import { dayNumber, HOUR_MS, type LocalTime } from '../maths/local-time.ts';
import { HOURS, localDayMs, SLOTS, type StoredDay, UNKNOWN } from './cell-hours.ts';

/** Epoch milliseconds; 0 without a day. */
export function newestOf(newest: StoredDay | undefined, time: LocalTime): number {
  if (!newest) return 0;
  const perDay = newest.slots ? SLOTS : HOURS;
  const bytes = newest.slots ? new Uint8Array(inflateSync(newest.slots)) : newest.hours;
  let last = -1;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== UNKNOWN) last = Math.max(last, i % perDay);
  return time.moment(localDayMs(dayNumber(newest.day)) + ((last + 1) * HOURS * HOUR_MS) / perDay);
}
