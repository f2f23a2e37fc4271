// The contract of a detector: columns in, in journal order; findings out; memory that can be saved and loaded.

import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { Finding } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import type { ReadingBatch } from '../model/reading.ts';

/** What the detector expects of one cell and KPI at a time: the usual range. */
export interface Usual {
  at: number;
  low: number;
  mid: number;
  high: number;
}

export interface Detector {
  /** Name and profile version, `seasonal@1`; every finding carries it. */
  readonly version: string;
  /** Judges and learns one batch; the order of calls is the order of the journal. */
  observe(batch: ReadingBatch): Finding[];
  /** Where cells stand from now on: who their peers and neighbours are. */
  place(places: readonly (readonly [cell: string, Place])[]): void;
  /** Cells that left the network: forgotten, open findings about them end. */
  forget(cells: readonly string[]): Finding[];
  /** Cells go by other names from now on, all at once; a name that is remembered and does not move is forgotten. */
  rename(names: ReadonlyMap<string, string>): void;
  /**
   * What was usual of these cells up to a time (epoch milliseconds) is so no more: another machine, another carrier. Findings
   * that rest on it end.
   */
  relearn(cells: readonly (readonly [cell: string, from: number])[]): Finding[];
  /** Special days, from the next batch on; they stay in the memory. */
  setCalendar(days: readonly CalendarDay[], mode: CalendarMode): void;
  /** The usual range at each time (epoch milliseconds), null where it is not known yet. */
  usual(cell: string, kpi: string, ats: readonly number[]): (Usual | null)[];
  /** The whole memory as bytes; `load` of them gives a detector that goes on exactly as this one would. */
  save(): Uint8Array;
  /** Bytes held and series known: the cost of watching. */
  size(): { series: number; bytes: number };
}
