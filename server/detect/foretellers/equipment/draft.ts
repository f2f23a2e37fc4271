// A prediction as a finding: what was seen, what is expected, and the words for it, as codes and values.

import type { Finding, Said } from '../../../model/finding.ts';
import type { Prediction, PredictionEnd } from '../../../model/prediction.ts';
import type { Case, Judgement } from './case.ts';

/** What the sentences quote of a case. */
export interface Seen {
  kpi: string;
  /** In the unit of the KPI; null where nothing has a level. */
  observed: number | null;
  usual: number | null;
  limit: number | null;
  cells: string[];
  periodSeconds: number;
  /** Earlier cases of the mode in this network, and those in which the fault came. */
  cases: number;
  came: number;
}

const CODES: Partial<Record<Case['mode'], string>> = {
  battery: 'foretold-battery',
  clock: 'foretold-clock',
  hardware: 'foretold-signs',
  other: 'foretold-sequence',
};
/** Fewer cases prove nothing. */
const LEAST_CASES = 3;

/** `version`: of the model of its mode. */
export function predictionOf(one: Case, judged: Judgement, version: number, seen: Seen): Prediction {
  const { mode, course } = one;
  const basis = course ? ('first-passage' as const) : ('hazard' as const);
  const { earliestAt, expectedAt, latestAt, probability } = judged;
  return {
    ...{ mode, earliestAt, expectedAt, latestAt, probability, model: `${basis}@${version}`, basis },
    ...(seen.limit !== null && { limit: { kpi: seen.kpi, value: seen.limit } }),
    ifNothing: { code: 'if-nothing', values: { mode } },
    repair: { code: 'repair-for', values: { mode } },
  };
}

export function findingOf(
  one: Case,
  phase: Finding['phase'],
  at: number,
  prediction: Prediction,
  seen: Seen,
  ending?: PredictionEnd,
): Finding {
  const { mode, subject } = one;
  const { kpi, observed, usual, cells, periodSeconds } = seen;
  return {
    ...{ kind: 'fault-predicted', subject, cells, phase, at, since: one.told?.since ?? at, periodSeconds, kpi },
    evidence: { observed, expected: usual, low: null, high: null, score: prediction.probability },
    why: whyOf(one, prediction, seen),
    wouldClear: { code: 'foretold-clears', values: { mode, kpi } },
    prediction,
    ...(ending && { ending }),
    detector: prediction.model,
  };
}

function whyOf({ mode, since, times, sequence }: Case, prediction: Prediction, seen: Seen): Said {
  const { kpi, observed, usual, limit, cases, came } = seen;
  const values: Said['values'] = {
    ...{ mode, kpi, probability: prediction.probability, sinceMs: since },
    ...{ expectedMs: prediction.expectedAt, earliestMs: prediction.earliestAt, latestMs: prediction.latestAt },
  };
  if (observed !== null) values.observed = observed;
  if (usual !== null) values.expected = usual;
  if (limit !== null) values.limit = limit;
  if (cases >= LEAST_CASES) Object.assign(values, { cases, came });
  if (sequence) Object.assign(values, sequence);
  if (times.length > 0) Object.assign(values, { signs: times.length, spanSeconds: (times.at(-1)! - times[0]!) / 1000 });
  return { code: CODES[mode] ?? 'foretold-trend', values };
}
