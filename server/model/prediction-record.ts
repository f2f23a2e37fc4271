// The record of predictions: what was said, what came of it, and how far such words can be relied on.

import type { AlertScope } from './alert.ts';
import type { Said } from './finding.ts';
import type { FaultMode, Prediction } from './prediction.ts';

/**
 * How a prediction was settled, once and for all.
 * hit: the fault came in its time, and the warning early enough to act · late: it came, but nobody could have acted ·
 * false: its time passed and nothing came · confirmed, nothing-found: somebody went there before ·
 * withdrawn: the foreteller took it back, and nothing came soon after.
 */
export const OUTCOMES = ['hit', 'late', 'false', 'confirmed', 'nothing-found', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What was said at one time; data times in epoch milliseconds. */
export type Foretold = Pick<Prediction, 'expectedAt' | 'earliestAt' | 'latestAt' | 'probability'>;

/** What somebody found on the spot. */
export interface Visit {
  found: boolean;
  by?: string;
  comment?: string;
  /** Wall time, epoch milliseconds. */
  at: number;
}

export interface RecordedPrediction {
  /** Deterministic: kind, subject and the data time of saying. */
  id: string;
  kind: 'fault-predicted' | 'congestion-forecast';
  scope: AlertScope;
  subject: string;
  cells: string[];
  siteId?: string;
  kpi?: string;
  mode: FaultMode;
  model: string;
  /** False: the record of its kind did not support telling it; it is scored all the same. */
  told: boolean;
  /** The alert that tells it. */
  alert?: string;
  /** Data time at which it was first said, and that of the newest word. */
  saidAt: number;
  changedAt: number;
  /** As it was first said: this is what is scored. */
  first: Foretold;
  /** As it stands now. */
  prediction: Prediction;
  title: Said;
  why: Said;
  /** Data time at which the foreteller took it back. */
  endedAt?: number;
  outcome?: Outcome;
  /** Data time. */
  settledAt?: number;
  /** Whether it counts in the precision of its kind. */
  counts?: boolean;
  /** When the fault began, and the id of its alert. */
  cameAt?: number;
  cameAs?: string;
  visit?: Visit;
}

/** What the statistics need of a settled prediction. */
export type SettledPrediction = Pick<
  RecordedPrediction,
  'id' | 'mode' | 'model' | 'told' | 'saidAt' | 'first' | 'cameAt'
> & { outcome: Outcome; settledAt: number; counts: boolean };

/** The newest predictions like one, in brief. */
export interface RunningRecord {
  /** Of these, so many came true. */
  settled: number;
  cameTrue: number;
  /** From the word to the fault, of those that came; null where none did. */
  medianLeadMs: number | null;
}

/** Of those that were said to be about so likely, so many came. Shares 0…1, with the 95 % interval of what came. */
export interface ReliabilityBin {
  from: number;
  to: number;
  predictions: number;
  said: number;
  came: number;
  low: number;
  high: number;
}

/** The whole record of one mode as one model foretells it. */
export interface RecordOfMode {
  mode: FaultMode;
  model: string;
  /** How many were said, told and silent ones; and of these told, and not settled yet. */
  said: number;
  told: number;
  open: number;
  outcomes: Record<Outcome, number>;
  /** Share of those that count that came true, 0…1, with its 95 % interval; null where none counts yet. */
  precision: { share: number; low: number; high: number; of: number } | null;
  medianLeadMs: number | null;
  /** Mean squared distance of what was said from what came; null where none is settled by time. */
  brier: number | null;
  bins: ReliabilityBin[];
  /** Of the newest that count: how many, what they claimed on average, and the most that the record allows. */
  support: { isSupported: boolean; of: number; claimed: number | null; most: number | null };
}

/** Which part of the record is asked for, newest said first. */
export interface PredictionQuery {
  state: 'open' | 'settled' | 'all';
  mode?: FaultMode;
  outcome?: Outcome;
  limit: number;
  cursor?: string;
}

export interface PredictionPage {
  predictions: RecordedPrediction[];
  nextCursor?: string;
}
