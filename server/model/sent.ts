// What senders wrote, before anything is checked: readings, alarms, signs of life, and the objects that they are about.

import type { Alarm, Beat } from './alarm.ts';
import type { Radio } from './cell.ts';
import type { PlainValues } from './reading.ts';
import type { Rejection } from './rejection.ts';

/** Where something stood, for rejections. */
export interface Where {
  index?: number;
  line?: number;
  file?: string;
}

/** A reading as a sender wrote it, before anything is checked. Values may be anything. */
export interface RawReading {
  /** A cell id as text, or the object of a PM file. */
  cell: unknown;
  at: unknown;
  /** Seconds; undefined means the default of 900. */
  periodSeconds: unknown;
  /** KPI ids (or names that may be KPI ids). */
  kpis?: unknown;
  /**
   * Raw counters by the sender's names. From PM files `Record<string, CounterValue>`: a number, null where nothing
   * was measured, and text where the value is no single number, such as the bins of a distribution (`3,0,12`).
   */
  counters?: unknown;
  suspect?: unknown;
  /** In place of `kpis` and `counters`, where a format reads numbers without building objects. */
  plain?: PlainValues;
  /** Who sent this reading, where one delivery holds those of several. */
  sender?: string;
  where: Where;
}

/** What a format yields, one after another. */
export type Parsed = { kind: 'reading'; reading: RawReading } | { kind: 'rejection'; rejection: Rejection };

export type CounterValue = number | string | null;

/** The managed object of a 3GPP PM file (TS 32.300 distinguished name). */
export interface ManagedObject {
  /** `localDn` or `dn` of the managed element or network function. */
  element: string;
  /** Label for people of the element, if the file has one. */
  elementLabel?: string;
  /** `measObjLdn` as written. */
  ldn: string;
  /** Class of the last component: `NRCellDU`, `EUtranCellFDD`, … */
  objectClass: string;
  /** Value of the last component. */
  name: string;
  /** Where the name itself says so and the class does not. */
  radio?: Radio;
  /** Shorter names that its sender's other systems use. */
  aliases?: string[];
}

export function isManagedObject(value: unknown): value is ManagedObject {
  return typeof value === 'object' && value !== null && 'ldn' in value && 'objectClass' in value;
}

/** An alarm as a sender wrote it, before times, lengths and its subject are checked. */
export interface RawAlarm extends Omit<Alarm, 'subject'> {
  /** What the alarm may be about, most exact first: objects, and names of cells or sites. */
  about: readonly (ManagedObject | string)[];
  where: Where;
}

export interface RawBeat extends Beat {
  where: Where;
}
