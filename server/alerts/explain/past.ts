// What the last weeks of one cell say for an explanation: like hours before, slow change, breaks.

import { median } from '../../maths/median.ts';
import type { Reading } from '../../model/reading.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** How far back an explanation looks. */
export const PAST_MS = 15 * DAY_MS;
/** Like hours: this near the same time of another week, else of another day. */
const NEAR_MS = HOUR_MS;
const LEAST_LIKE = 3;
const BREAKS_MS = 2 * DAY_MS;

/** KPIs that decay so slowly that their decay becomes usual. */
const SLOW = ['vswr_ratio', 'rsrp_dbm', 'optical_rx_dbm'];
/** What warms over hours, so that its usual follows, and has a rhythm of the day: compared with the same hour of other days. */
const BY_HOUR = ['temperature_c'];
const WARMING_MS = 2 * DAY_MS;

/** Readings of the same hour of the week before, else of the day; from before the trouble, trusted ones only. */
export function sameHours(past: readonly Reading[], now: Reading, since: number): Reading[] {
  const usable = past.filter(
    ({ at, suspect, periodSeconds }) => at < Math.min(since, now.at) && !suspect && periodSeconds === now.periodSeconds,
  );
  const near = (everyMs: number) => usable.filter(({ at }) => isNear(now.at - at, everyMs));
  const weekly = near(WEEK_MS);
  return weekly.length >= LEAST_LIKE ? weekly : near(DAY_MS);
}

/** The distance is a whole number of cycles, or nearly. */
function isNear(distanceMs: number, everyMs: number): boolean {
  const rest = distanceMs % everyMs;
  return distanceMs >= everyMs - NEAR_MS && Math.min(rest, everyMs - rest) <= NEAR_MS;
}

function middlesOf(kpis: readonly string[], of: readonly Reading[]): Record<string, number> {
  return Object.fromEntries(
    kpis.flatMap((kpi) => {
      const middle = median(of.flatMap((one) => one.kpis[kpi] ?? []));
      return middle === undefined ? [] : [[kpi, middle]];
    }),
  );
}

/** The usual of one to two weeks before, by KPI; of temperature that of this hour, without the last two days. */
export function longAgoOf(past: readonly Reading[], at: number): Record<string, number> {
  const old = past.filter((one) => one.at <= at - WEEK_MS && !one.suspect);
  const alike = past.filter((one) => one.at <= at - WARMING_MS && !one.suspect && isNear(at - one.at, DAY_MS));
  return { ...middlesOf(SLOW, old), ...middlesOf(BY_HOUR, alike) };
}

/** Percent of the period on air that is a break, and that is none. */
const BROKEN_PCT = 98;
const WHOLE_PCT = 99.5;

/** How often service broke off and came back within the last two days; works and saving are no breaks. */
export function breaksIn(past: readonly Reading[]): number {
  const last = past.at(-1)?.at ?? 0;
  let [breaks, isBroken] = [0, false];
  for (const { at, kpis } of past) {
    const availability = kpis.availability_pct;
    if (at <= last - BREAKS_MS || availability === undefined) continue;
    const isExcused = (kpis.planned_unavail_s ?? 0) > 0 || (kpis.saving_s ?? 0) > 0;
    if (!isBroken && availability < BROKEN_PCT && !isExcused) breaks += 1;
    if (availability < BROKEN_PCT) isBroken = true;
    else if (availability >= WHOLE_PCT) isBroken = false;
  }
  return breaks;
}
