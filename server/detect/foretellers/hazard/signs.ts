// Signs without a level: a time reference that is lost, a unit that restarts; how long they last and how often they come.

import type { FaultMode } from '../../../model/prediction.ts';

export type SignMode = Extract<FaultMode, 'clock' | 'hardware'>;

const HOUR_MS = 3_600_000;

export interface SignRule {
  scope: 'cell' | 'site';
  /** From the first sign to the fault, hours: median and logarithmic spread, until this network's own faults say otherwise. */
  leadHours: number;
  leadSpread: number;
  /** Without a sign for so long it is over. */
  restsAfterMs: number;
  /** Signs before which nothing is said. */
  leastSigns: number;
  kpi: string;
}

/**
 * An oscillator holds its step for 6 to 30 hours; a unit that restarts is as good as broken within 12 hours to three
 * days. *Defaults*, from practice and the training seeds.
 */
export const SIGN_RULES: Record<SignMode, SignRule> = {
  clock: {
    ...{ scope: 'site', leadHours: 13.4, leadSpread: 0.47, restsAfterMs: 0, leastSigns: 1, kpi: 'sync_ok' },
  },
  hardware: {
    ...{
      scope: 'cell',
      leadHours: 29,
      leadSpread: 0.52,
      restsAfterMs: 24 * HOUR_MS,
      leastSigns: 3,
      kpi: 'drop_rate_pct',
    },
  },
};

/** Signs that are kept. */
export const MOST_SIGNS = 64;

/** What the model of a mode is asked with; `at` and `times` epoch milliseconds. */
export function signFeatures(mode: SignMode, at: number, since: number, times: readonly number[]): number[] {
  const age = Math.log(1 + Math.max(0, at - since) / HOUR_MS);
  if (mode === 'clock') return [1, age, age * age];
  const within = (hours: number) => Math.log(1 + times.filter((time) => time > at - hours * HOUR_MS).length);
  return [1, within(6), within(24), within(72), age];
}

/** Hours from now until a lead that has lasted so long is over, at a part of those that last longer (lognormal leads). */
export function remainingHours(
  ageHours: number,
  { leadHours, leadSpread }: Pick<SignRule, 'leadHours' | 'leadSpread'>,
  part: number,
): number {
  const over = normalCdf((Math.log(Math.max(ageHours, 0.01)) - Math.log(leadHours)) / leadSpread);
  const at = Math.min(0.999, over + part * (1 - over));
  return Math.max(0.25, leadHours * Math.exp(leadSpread * normalQuantile(at)) - ageHours);
}

/** Abramowitz and Stegun 7.1.26 by way of the error function; error below 1.5e-7. */
function normalCdf(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp((-z * z) / 2);
  return z >= 0 ? 0.5 * (1 + erf) : 0.5 * (1 - erf);
}

/** By halving, to a thousandth: asked a few times an hour. */
function normalQuantile(p: number): number {
  let [low, high] = [-6, 6];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
