// The contract of a format of events: one delivery brings readings, alarms and signs of life of several senders.

import type { Rejection } from '../model/rejection.ts';
import type { RawAlarm, RawBeat, RawReading } from '../model/sent.ts';
import type { FormatContext } from './format.ts';

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
