// A restart of a radio unit as its cell's counts show it: for one period many drop and many cannot get in, then all is well.

/** Shares from which a period looks like a restart, percent, and failures that chance does not make. *Defaults.* */
const LEAST_DROP_PCT = 10;
const LEAST_REFUSED_PCT = 8;
const LEAST_DROPPED = 3;
const LEAST_REFUSED = 2;

/** All NaN where not measured. */
export interface Attempts {
  dropPct: number;
  releases: number;
  setupPct: number;
  setups: number;
}

export function looksLikeRestart({ dropPct, releases, setupPct, setups }: Attempts): boolean {
  const refusedPct = 100 - setupPct;
  return (
    dropPct >= LEAST_DROP_PCT &&
    refusedPct >= LEAST_REFUSED_PCT &&
    (dropPct * releases) / 100 >= LEAST_DROPPED &&
    (refusedPct * setups) / 100 >= LEAST_REFUSED
  );
}

/** So many restarts within so long, and the unit is as good as broken. *Default.* */
const BROKEN = { restarts: 3, withinMs: 2 * 3_600_000 };

export function isBroken(times: readonly number[]): boolean {
  const first = times.at(-BROKEN.restarts);
  return first !== undefined && times.at(-1)! - first <= BROKEN.withinMs;
}
