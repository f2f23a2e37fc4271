// The contract of a format: bytes or text in, raw readings or rejections out. Pure; parts in formats/.

import type { ZoneOffset } from '../maths/parse-time.ts';
import type { Radio } from '../model/cell.ts';
import type { PlainValues } from '../model/reading.ts';
import type { Rejection } from '../model/rejection.ts';

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
  /** Where it stood, for rejections. */
  where: Where;
}

export interface Where {
  index?: number;
  line?: number;
  file?: string;
}

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

export type CounterValue = number | string | null;

/** What a format yields, one after another. */
export type Parsed = { kind: 'reading'; reading: RawReading } | { kind: 'rejection'; rejection: Rejection };

export interface Format {
  /** File name of the part. */
  name: string;
  /** True when the beginning of a file looks like this format (after unzipping); `head` holds up to 4 KiB of text. */
  looksLike(head: string): boolean;
  /**
   * Never throws, whatever the text: a broken document yields what came before and one rejection.
   * A sender named inside the file is set on `context.sender` while parsing.
   */
  parse(text: string, context: FormatContext): Iterable<Parsed>;
}

export interface FormatContext {
  file?: string;
  /** Minutes east of UTC for times without an offset. */
  zoneOffsetMinutes: ZoneOffset;
  /** Wall time of arrival, epoch milliseconds, for formats in which a record without a time was measured just now. */
  arrivedAt?: number;
  /** Stands for the sender where neither the door nor the file names one. */
  via?: string;
  /** Set by formats whose files name their sender. */
  sender?: string;
  /** Filled by formats with what a person may want to know though nothing was refused: English, at most a few. */
  notes?: string[];
}

/** Tells a person something about a file though nothing in it was refused. */
export function note(context: FormatContext, text: string): void {
  context.notes = [...(context.notes ?? []), text];
}
