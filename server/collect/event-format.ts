// The contract of a format of events: one delivery brings readings, alarms and signs of life of several senders.

import type { Severity } from '../model/health.ts';
import type { Rejection } from '../model/rejection.ts';
import type { FormatContext, ManagedObject, RawReading, Where } from './format.ts';

/** An alarm as a sender wrote it, before times, lengths and its subject are checked. */
export interface RawAlarm {
  element: string;
  alarmId: string;
  /** Epoch microseconds; 0 where the id alone is the key. */
  startedMicros: number;
  /** 0: not numbered. */
  sequence: number;
  /** Epoch milliseconds. */
  at: number;
  raisedAt: number;
  severity: Severity;
  condition: string;
  problem?: string;
  cause?: string;
  object?: string;
  text?: string;
  proposedRepair?: string;
  /** What the alarm may be about, most exact first: objects, and names of cells or sites. */
  about: (ManagedObject | string)[];
  where: Where;
}

export interface RawBeat {
  /** Epoch milliseconds. */
  at: number;
  everySeconds?: number;
  where: Where;
}

export type EventItem =
  | { kind: 'reading'; reading: RawReading }
  | { kind: 'alarm'; alarm: RawAlarm }
  | { kind: 'beat'; beat: RawBeat }
  /** Equal `group`s are told once, with their count. */
  | { kind: 'rejection'; rejection: Rejection; group?: string };

/** `sender`: who reports, undefined where nobody can tell. */
export type SentEvent = EventItem & { sender?: string };

export interface EventContext extends FormatContext {
  /** Whether a cell is known by this id or alias. */
  isCell?(name: string): boolean;
}

export interface EventFormat {
  name: string;
  looksLike(head: string): boolean;
  /** Never throws, whatever the text. */
  parse(text: string, context: EventContext): Iterable<SentEvent>;
}
