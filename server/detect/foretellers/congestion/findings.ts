// What is said of full cells: that one will be, and when; that it is; and what would put it off.

import type { CapacityOutlook, CapacityStep, FullDate } from '../../../model/capacity.ts';
import type { Finding, Said } from '../../../model/finding.ts';
import type { Prediction } from '../../../model/prediction.ts';

const DAY_SECONDS = 86_400;

/** What a finding says beside the outlook: how it began, and when. */
interface Course {
  phase: Finding['phase'];
  since: number;
  detector: string;
  fullPct: number;
}

export function forecastFinding(outlook: CapacityOutlook, full: FullDate, course: Course): Finding {
  const { cell, at, growthPctPerWeek, users, fillUsers } = outlook;
  const values = {
    ...{ cell, at, expectedMs: full.expectedAt, earliestMs: full.earliestAt, latestMs: full.latestAt },
    ...{ probability: full.probability, growth: growthPctPerWeek ?? 0, busyHour: outlook.busyHour },
    ...{ users: Math.round(users ?? 0), fillUsers: Math.round(fillUsers ?? 0), limit: outlook.limit },
  };
  return {
    ...base(outlook, course),
    kind: 'congestion-forecast',
    prediction: predictionOf(outlook, full, course),
    evidence: evidenceOf(outlook, full.probability),
    why: { code: 'congestion-growth', values },
    wouldClear: { code: 'congestion-clears', values: { cell } },
  };
}

/** `days`: of the last seven workdays, those on which it was full. */
export function crowdedFinding(outlook: CapacityOutlook, days: number, course: Course): Finding {
  const { cell, at, busyHour, blocksPct, users } = outlook;
  const values = { kpi: 'prb_util_pct', cell, at, sinceMs: course.since, days, busyHour };
  const blocks = blocksPct ?? course.fullPct;
  return {
    ...base(outlook, course),
    kind: 'anomaly',
    evidence: { ...evidenceOf(outlook, 0.5 + days / 20), attempts: Math.round(users ?? 0) },
    why: { code: 'crowded-again', values: { ...values, blocks } },
    wouldClear: { code: 'crowded-clears', values: { cell } },
  };
}

function base({ cell, at }: CapacityOutlook, { phase, since, detector }: Course) {
  return {
    ...{ subject: { scope: 'cell' as const, id: cell }, cells: [cell], phase, at, since, detector },
    ...{ periodSeconds: DAY_SECONDS, kpi: 'prb_util_pct' },
  };
}

function evidenceOf({ blocksPct }: CapacityOutlook, score: number): Finding['evidence'] {
  return { observed: blocksPct, expected: null, low: null, high: null, score };
}

function predictionOf(outlook: CapacityOutlook, full: FullDate, { detector, fullPct }: Course): Prediction {
  return {
    ...{ mode: 'congestion', model: detector, basis: 'first-passage', ...full },
    limit: { kpi: 'prb_util_pct', value: fullPct },
    ifNothing: { code: 'congestion-if-nothing', values: { busyHour: outlook.busyHour } },
    repair: repairOf(outlook),
  };
}

/** The step that puts the date off longest, and of equal ones the one that is least work: they stand in that order. */
function repairOf({ cell, steps }: CapacityOutlook): Said {
  const best = steps.reduce<CapacityStep | undefined>(
    (best, step) => (reach(step) > reach(best) ? step : best),
    undefined,
  );
  if (!best) return { code: 'congestion-step', values: { cell, step: 'none' } };
  const values: Said['values'] = { cell, step: best.kind, with: best.cells.slice(0, 2).join(' ') };
  if (best.full) values.untilMs = best.full.expectedAt;
  return { code: 'congestion-step', values };
}

function reach(step: CapacityStep | undefined): number {
  if (!step) return 0;
  return step.full?.expectedAt ?? Number.MAX_SAFE_INTEGER;
}
