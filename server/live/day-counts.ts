// What was accepted and refused in the last 24 hours of wall time, by the hour.

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Plain data, for it stands in the checkpoint. One entry an hour that had any, oldest first. */
export type DayCounts = { hour: number; accepted: number; rejected: number }[];

export function count(day: DayCounts, at: number, accepted: number, rejected: number): void {
  const hour = Math.floor(at / HOUR_MS);
  const last = day.at(-1);
  if (last && last.hour >= hour) {
    last.accepted += accepted;
    last.rejected += rejected;
    return;
  }
  day.push({ hour, accepted, rejected });
  if (day.length > HOURS) day.shift();
}

export function lastDay(day: DayCounts, now: number): { accepted: number; rejected: number } {
  const since = Math.floor(now / HOUR_MS) - HOURS;
  const sum = { accepted: 0, rejected: 0 };
  for (const { hour, accepted, rejected } of day) {
    if (hour <= since) continue;
    sum.accepted += accepted;
    sum.rejected += rejected;
  }
  return sum;
}
