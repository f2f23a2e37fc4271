// An alert as scores see it, whoever raised it: our server, a baseline, an oracle.

import type { AlertKind, AlertScope, Audience } from '../../server/model/alert.ts';

/** What was foretold when it was first told; later and better words do not count. */
export interface Prediction {
  /** Epoch milliseconds. */
  expectedAt: number;
  earliestAt: number;
  latestAt: number;
  /** 0…1 */
  probability: number;
}

export interface ScoredAlert {
  id: string;
  kind: AlertKind;
  scope: AlertScope;
  /** Whom it is for; absent: the night list, for common tools know nobody else. */
  audience?: Audience;
  cells: readonly string[];
  /** Data times, epoch milliseconds: when it was raised, and each time it came back. */
  raises: readonly number[];
  /** Data time at which it was cleared; absent where it still stands, or nobody says. */
  endedAt?: number;
  /** The wider alert that it stands behind: nobody is told of it by itself. */
  partOf?: string;
  prediction?: Prediction;
  /** How that stood later on, oldest first, each from its data time on; only the odds of a day look at it. */
  restated?: readonly { at: number; prediction: Prediction }[];
  /** What the explanation takes for its cause, where it was asked. */
  cause?: string;
}

/** A visit to a site on the list of a day, for what is wrong or foretold there. */
export interface ScoredVisit {
  /** Data time at which the list was read, epoch milliseconds. */
  at: number;
  cells: readonly string[];
}

/** Who said what. */
export interface Told {
  name: string;
  alerts: readonly ScoredAlert[];
  /** The first ten of each day; absent where no list is made. */
  visits?: readonly ScoredVisit[];
}

const PREDICTIONS: readonly AlertKind[] = ['fault-predicted', 'congestion-forecast'];
const DETECTIONS: readonly AlertKind[] = ['anomaly', 'fault', 'silent', 'source-silent'];

/** Says that something is wrong now. */
export const isDetection = ({ kind, partOf }: ScoredAlert) => DETECTIONS.includes(kind) && partOf === undefined;

/** Says that something will be wrong. */
export const isPrediction = ({ kind, partOf }: ScoredAlert) => PREDICTIONS.includes(kind) && partOf === undefined;

/** Somebody is woken for it. */
export const isForNight = ({ audience = 'noc' }: ScoredAlert) => audience === 'noc';

/** About many cells at once, beyond one site. */
export const isWide = ({ scope }: ScoredAlert) => scope === 'area' || scope === 'network';

export const raisedAt = ({ raises }: ScoredAlert): number => raises[0]!;
