// What a period on a cell was worth to the people there: as good as its worst part, for the share of it on air.

import type { Limit, StarProfile } from './profile.ts';

/** What is read of a period beside the limits. */
export const DOWNTIME = ['availability_pct', 'fault_unavail_s', 'planned_unavail_s', 'saving_s'] as const;
/** Where being off air cost most. */
export const OFF_AIR = 'availability_pct';

export interface PeriodScore {
  /** 0…100; null: not known, which is never 0. */
  score: number | null;
  /** The KPI that cost most, or OFF_AIR; absent where nothing did. */
  worst?: string;
}

/** @param value of a KPI, NaN where it was not measured */
export function periodScore(value: (kpi: string) => number, periodSeconds: number, profile: StarProfile): PeriodScore {
  const { onAir, isAsleep } = onAirOf(value, periodSeconds);
  if (onAir === 0) return { score: 0, worst: OFF_AIR };
  const quality = qualityOf(value, profile);
  if (quality === undefined && (isAsleep || Number.isNaN(onAir))) return { score: null };
  const share = Number.isNaN(onAir) ? 1 : onAir;
  const score = 100 * (quality?.part ?? 1) * share;
  const worst = share < (quality?.part ?? 1) ? OFF_AIR : quality?.kpi;
  return { score, ...(score < 100 && worst !== undefined && { worst }) };
}

/** Share of the period that no fault took; NaN where nothing tells. Planned works and energy saving are no faults. */
function onAirOf(value: (kpi: string) => number, periodSeconds: number) {
  const fault = value('fault_unavail_s');
  const wanted = Math.min(1, ((value('planned_unavail_s') || 0) + (value('saving_s') || 0)) / periodSeconds);
  const lost = Number.isNaN(fault) ? 1 - value('availability_pct') / 100 - wanted : fault / periodSeconds;
  return { onAir: Number.isNaN(lost) ? Number.NaN : 1 - Math.min(1, Math.max(0, lost)), isAsleep: wanted >= 1 };
}

/** The worst part, 0…1; undefined where no KPI speaks. */
function qualityOf(value: (kpi: string) => number, { limits, leastAttempts }: StarProfile) {
  let worst: { part: number; kpi: string } | undefined;
  for (const limit of limits) {
    const part = partOf(limit, value(limit.kpi));
    if (Number.isNaN(part) || (limit.attempts && value(limit.attempts) < leastAttempts)) continue;
    if (!worst || part < worst.part) worst = { part, kpi: limit.kpi };
  }
  return worst;
}

/** 0 at or beyond bad, 1 at or beyond good, a straight line between. */
export function partOf({ bad, good }: Limit, value: number): number {
  return Math.min(1, Math.max(0, (value - bad) / (good - bad)));
}

/** All that `periodScore` may ask for, once each. */
export function kpisRead({ limits }: StarProfile): string[] {
  return [...new Set([...DOWNTIME, ...limits.flatMap(({ kpi, attempts }) => (attempts ? [kpi, attempts] : [kpi]))])];
}
