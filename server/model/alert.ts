// An alert: what a person acts on. Kept as codes and values; the doors add sentences in the reader's language.

import type { AlarmSubject, AlertAlarm } from './alarm.ts';
import type { Evidence, Said } from './finding.ts';
import type { Severity } from './health.ts';
import type { FaultMode, Prediction } from './prediction.ts';
import type { Impact } from './star.ts';

export const ALERT_KINDS = [
  'anomaly',
  'fault',
  'fault-predicted',
  'silent',
  'congestion-forecast',
  'weak-coverage',
  'source-silent',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_STATES = ['open', 'acknowledged', 'cleared'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const AUDIENCES = ['noc', 'planner', 'care'] as const;
export type Audience = (typeof AUDIENCES)[number];
export type AlertScope = 'cell' | 'site' | 'area' | 'network';

/** One line of an alert's story. `at` is wall time, for it tells what people and the product did. */
export interface AlertEvent {
  at: number;
  what:
    | 'raised'
    | 'worsened'
    | 'eased'
    | 'widened'
    | 'joined'
    | 'parted'
    | 'acknowledged'
    | 'assigned'
    | 'commented'
    | 'cleared'
    | 'recovered'
    | 'returned'
    /** It came and went, and has stayed well since. */
    | 'stayed-well'
    /** A mute holds it back; `comment`: why. */
    | 'muted'
    /** It has outlasted its mute and is told now. */
    | 'unmuted'
    /** Its cells are no longer in the network. */
    | 'left'
    /** What was foretold is there. */
    | 'came-true'
    /** What was foretold is expected no more, or did not come in its time. */
    | 'withdrawn'
    | 'expired';
  by?: string;
  comment?: string;
  /** What a person says was the cause. */
  found?: FoundCause;
}

/** What failed, or that nothing was wrong. */
export type FoundCause = FaultMode | 'nothing';

/** What most likely did it: `words/` says `cause-…` and `repair-…` of the code. */
export interface AlertCause {
  code: string;
  values: Said['values'];
}

/** One spell of trouble, data times; `to` is absent while it lasts. */
export interface Spell {
  from: number;
  to?: number;
}

export interface AlertRecord {
  /** Deterministic: kind, subject and the data time of raising. */
  id: string;
  kind: AlertKind;
  audience: Audience;
  severity: Severity;
  state: AlertState;
  scope: AlertScope;
  /** The cell, site, area or source it is about. */
  subject: string;
  cells: string[];
  siteId?: string;
  /** The id of the wider alert that this one is part of. */
  partOf?: string;
  /** Id of the mute that holds it back, or held it back until it was over: then nobody has to look at it. */
  mutedBy?: string;
  /** Of a site's alert: those of `cells` that are well again while others are not. */
  recovered?: string[];
  /** The leading KPI. */
  kpi?: string;
  /** Data time, epoch milliseconds. */
  raisedAt: number;
  /** Data time at which the present spell of trouble began; later than `raisedAt` once it has come back. */
  since?: number;
  /** Its spells of a day, oldest first, and those of the alerts about the same before it. */
  spells?: Spell[];
  /** Well since then and still open: until it has stayed well long enough, or what stands behind it is over. */
  calm?: { since: number; until?: number };
  /** Data time of the newest finding, epoch milliseconds. */
  changedAt: number;
  /** Data time on recovery, wall time when a person cleared it. */
  clearedAt?: number;
  /** Wall time of the first telling, and anew when it has outlasted a mute; absent while one holds it back. */
  toldAt?: number;
  /** How many periods it has been found in, over all its returns. */
  count: number;
  evidence: Evidence;
  title: Said;
  why: Said;
  wouldClear: Said;
  /** What the equipment whose alarms these are is to us; absent for what a detector found. */
  alarmsOn?: AlarmSubject;
  /** The equipment's alarms of the present spell, those that are over among them. */
  alarms?: AlertAlarm[];
  /** Of what is foretold. */
  prediction?: Prediction;
  /** Id of the alert that foretold this one. */
  foretoldBy?: string;
  /** From the finding alone, or as explained since; absent where no known pattern fits. */
  cause?: AlertCause;
  /** As the equipment proposes. */
  proposedRepair?: string;
  /** What it did to people when it was last told; absent while none were known. */
  impact?: Impact;
  acknowledgedBy?: string;
  acknowledgedAt?: number;
  assignedTo?: string;
  detector?: string;
  history: AlertEvent[];
}

/** It gets worse little by little: nothing has broken yet. */
export function isCreeping({ title }: Pick<AlertRecord, 'title'>): boolean {
  return title.code.startsWith('title-crept-');
}

/** Over, and nobody has to look at it any more: somebody has seen it, it was muted, or its cells have left the network. */
export function isDone({ state, acknowledgedBy, mutedBy, history }: AlertRecord): boolean {
  if (state !== 'cleared') return false;
  return acknowledgedBy !== undefined || mutedBy !== undefined || lastEnd(history) === 'left';
}

/** How its newest spell that is over ended; undefined while the first one lasts. */
export function lastEnd(history: readonly AlertEvent[]): AlertEvent['what'] | undefined {
  return history.findLast(({ what }) => ENDS.includes(what))?.what;
}

const ENDS: readonly AlertEvent['what'][] = [
  ...(['cleared', 'recovered', 'stayed-well', 'left', 'came-true', 'withdrawn', 'expired'] as const),
];
