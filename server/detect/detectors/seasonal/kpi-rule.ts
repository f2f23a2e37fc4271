// How one KPI is judged: on which scale, which way it hurts, by attempts or as a level.

import { findKpi } from '../../../model/catalogue.ts';
import type { Kpi } from '../../../model/kpi.ts';
import { DEFAULT_PERIOD_SECONDS } from '../../../model/reading.ts';

/** `ratio`: a share of failures, judged by its attempts; `bare-ratio`: one without. `level`: anything else. */
export type Model = 'ratio' | 'bare-ratio' | 'level';

export interface KpiRule {
  kpi: Kpi;
  model: Model;
  /** Work on log(value + leastChange): for what varies by factors. */
  log: boolean;
  /** Work on 100 − value: successes are judged as failures. */
  flipped: boolean;
  /** Which way hurts on the scale worked on: 1 up, −1 down, 0 either. */
  harm: -1 | 0 | 1;
  /** A sum grows with its period; it is judged as if every period had 15 minutes. */
  perPeriod: boolean;
  /** KPI id of the attempts or users behind the value. */
  attempts?: string;
  /** A bare ratio: not where these attempts are known. */
  unlessAttempts?: string;
  /** Compact form on the scale worked on: `origin + code * quantum`, code in 0…65,535. */
  origin: number;
  quantum: number;
}

/** Said by the row as a whole (down, planned, asleep), not judged as series. */
const DOWNTIME = new Set(['availability_pct', 'fault_unavail_s', 'planned_unavail_s', 'saving_s']);

/** An antenna that looks down serves fewer people with a better signal: a change to the better is one as well. */
const TWO_SIDED = new Set(['rsrp_dbm']);

/** The rules of a KPI, by attempts first; none for what is shown but not judged. */
export function rulesOf(id: string): KpiRule[] {
  const kpi = findKpi(id);
  if (!kpi || kpi.worse === 'none' || DOWNTIME.has(id)) return [];
  if (!isRatio(kpi)) return [ruleOf(kpi, 'level')];
  return kpi.attempts ? [ruleOf(kpi, 'ratio'), ruleOf(kpi, 'bare-ratio')] : [ruleOf(kpi, 'bare-ratio')];
}

function isRatio(kpi: Kpi): boolean {
  return kpi.aggregation === 'ratio-of-sums';
}

function ruleOf(kpi: Kpi, model: Model): KpiRule {
  const flipped = isRatio(kpi) && kpi.worse === 'lower';
  const log = model === 'level' && variesByFactors(kpi);
  const [least, most] = kpi.range;
  const low = log ? Math.log(kpi.leastChange) : least;
  const high = log ? Math.log(most + kpi.leastChange) : most;
  const margin = (high - low) / 4;
  return {
    kpi,
    model,
    log,
    flipped,
    harm: kpi.worse === 'both' || TWO_SIDED.has(kpi.id) ? 0 : kpi.worse === 'higher' || flipped ? 1 : -1,
    perPeriod: kpi.aggregation === 'sum',
    attempts: model === 'bare-ratio' ? undefined : attemptsOf(kpi),
    unlessAttempts: model === 'bare-ratio' ? attemptsOf(kpi) : undefined,
    // A quarter more on either side: a level that was accepted later is kept as a shift of all hours.
    origin: low - margin,
    quantum: (high - low + 2 * margin) / 65_535,
  };
}

/** Which way it hurts in the long run, on the scale worked on: a signal that gets better little by little does no harm. */
export function harmOf({ harm, kpi }: KpiRule): -1 | 0 | 1 {
  if (harm !== 0) return harm;
  return kpi.worse === 'lower' ? -1 : kpi.worse === 'higher' ? 1 : 0;
}

/** Speeds, delays, loads and rates do; dBm, degrees, volts and switches do not. */
function variesByFactors(kpi: Kpi): boolean {
  const physical = kpi.aggregation === 'min' || kpi.aggregation === 'max';
  return kpi.range[0] === 0 && !physical;
}

/** A ratio of one class of service rests on the attempts of that class, `session_releases.qci1`, never on those of the cell. */
function attemptsOf(kpi: Kpi): string | undefined {
  if (!kpi.attempts) return undefined;
  const dot = kpi.id.indexOf('.');
  return dot < 0 || !isRatio(kpi) ? kpi.attempts : kpi.attempts + kpi.id.slice(dot);
}

/** What a sum of this period would be in a period of 15 minutes, as a factor. */
export function periodFactor(rule: KpiRule, periodSeconds: number): number {
  return rule.perPeriod ? DEFAULT_PERIOD_SECONDS / periodSeconds : 1;
}

/** From the KPI's unit to the scale worked on. */
export function toScale(rule: KpiRule, value: number): number {
  const oriented = rule.flipped ? 100 - value : value;
  return rule.log ? Math.log(Math.max(0, oriented) + rule.kpi.leastChange) : oriented;
}

/** And back, within what the KPI can be. */
export function fromScale(rule: KpiRule, x: number): number {
  const oriented = rule.log ? Math.exp(x) - rule.kpi.leastChange : x;
  const [least, most] = rule.kpi.range;
  return Math.min(most, Math.max(least, rule.flipped ? 100 - oriented : oriented));
}
