// An alert as scores see it, whoever raised it: our server, a baseline, an oracle.

import type { AlertKind, AlertScope } from '../../server/model/alert.ts';

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
  cells: readonly string[];
  /** Data times, epoch milliseconds: when it was raised, and each time it came back. */
  raises: readonly number[];
  /** The wider alert that it stands behind: nobody is told of it by itself. */
  partOf?: string;
  prediction?: Prediction;
}

/** Who said what. */
export interface Told {
  name: string;
  alerts: readonly ScoredAlert[];
}

const PREDICTIONS: readonly AlertKind[] = ['fault-predicted', 'congestion-forecast'];
const DETECTIONS: readonly AlertKind[] = ['anomaly', 'fault', 'silent', 'source-silent'];

/** Says that something is wrong now. */
export const isDetection = ({ kind, partOf }: ScoredAlert) => DETECTIONS.includes(kind) && partOf === undefined;

/** Says that something will be wrong. */
export const isPrediction = ({ kind, partOf }: ScoredAlert) => PREDICTIONS.includes(kind) && partOf === undefined;

export const raisedAt = ({ raises }: ScoredAlert): number => raises[0]!;
