// A finding: what a detector says about one subject at the end of one period; alerts are made of findings.

import { findKpi } from './catalogue.ts';
import type { Prediction, PredictionEnd } from './prediction.ts';
import type { Said } from './said.ts';

export type { Said };

export type FindingKind =
  | 'anomaly'
  | 'fault'
  | 'silent'
  | 'source-silent'
  | 'weak-coverage'
  | 'fault-predicted'
  | 'congestion-forecast';

/** Observed against expected, with what stands behind it. Numbers in the unit of the KPI. */
export interface Evidence {
  observed: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  /** 0…1; the alarm line is 0.5. Comparable across KPIs and cells. */
  score: number;
  /** Attempts (or releases, packets, users) behind a ratio. */
  attempts?: number;
}

export interface Subject {
  scope: 'cell' | 'site' | 'area' | 'network';
  id: string;
}

export interface Finding {
  kind: FindingKind;
  subject: Subject;
  cells: string[];
  /** `begins` once, `lasts` at each later period, `ends` once. */
  phase: 'begins' | 'lasts' | 'ends';
  /** END of the period judged, data time, epoch milliseconds. */
  at: number;
  /** When it began, data time; for `begins` the first period that was out of line. */
  since: number;
  periodSeconds: number;
  /** The leading KPI, where one leads. */
  kpi?: string;
  /** Other KPIs that are out of line at the same time, worst first. */
  alsoKpis?: string[];
  evidence: Evidence;
  why: Said;
  wouldClear: Said;
  /** Of `fault-predicted` and `congestion-forecast`. */
  prediction?: Prediction;
  /** Of a prediction that `ends`: how. */
  ending?: PredictionEnd;
  /** Which detector and profile said so, `seasonal@1`. */
  detector: string;
}

/** Of a KPI that gets worse little by little: nothing has broken yet. */
export function isCreep({ why }: Pick<Finding, 'why'>): boolean {
  return why.code.startsWith('crept-');
}

/** Levels in decibels differ from meter to meter by as much as engineers call no change. */
const DECIBELS = ['dB', 'dBm'];

/** A signal that has moved for hours. */
export function isShiftInDecibels({ kind, why, kpi }: Pick<Finding, 'kind' | 'why' | 'kpi'>): boolean {
  const unit = kpi === undefined ? undefined : findKpi(kpi)?.unit;
  return kind === 'anomaly' && why.code.startsWith('shift-') && unit !== undefined && DECIBELS.includes(unit);
}

/** It has moved by less than means anything to whoever runs the network: charts show it, nobody is told, nothing has broken. */
export function isNoNews(finding: Pick<Finding, 'kind' | 'why' | 'kpi' | 'evidence' | 'phase'>): boolean {
  const { kpi, evidence, phase } = finding;
  const { observed, expected } = evidence;
  if (phase === 'ends' || !isShiftInDecibels(finding) || observed === null || expected === null) return false;
  return Math.abs(observed - expected) < findKpi(kpi!)!.leastChange;
}
