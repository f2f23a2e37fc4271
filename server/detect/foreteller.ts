// The contract of a foreteller: columns and what else happened in, in journal order; predictions as findings out.

import type { Alarm } from '../model/alarm.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { CapacityCourse, CapacityPage, CapacityQuery } from '../model/capacity.ts';
import type { Cell } from '../model/cell.ts';
import type { Finding } from '../model/finding.ts';
import type { ConfirmedCause, Example, LearnedModel } from '../model/learning.ts';
import type { ReadingBatch } from '../model/reading.ts';

/** Where a KPI will be at a time (epoch milliseconds), with the range that it is in in eight of ten cases. */
export interface Forecast {
  at: number;
  low: number;
  mid: number;
  high: number;
}

/** What happened beside readings, in the order of the journal. */
export type Heard =
  | { what: 'findings'; findings: readonly Finding[] }
  | { what: 'alarms'; alarms: readonly Alarm[] }
  | { what: 'causes'; causes: readonly ConfirmedCause[] }
  | { what: 'calendar'; days: readonly CalendarDay[]; mode: CalendarMode };

export interface Foreteller {
  /** Name and version of the model, `first-passage@1`; every prediction carries it. */
  readonly version: string;
  /** The KPIs that it reads: batches hold no others. */
  readonly kpis: readonly string[];
  /** Cells as the inventory has them now: their sites and classes. */
  know(cells: readonly Cell[]): void;
  /** Learns one batch, and says what it makes foreseeable; the order of calls is the order of the journal. */
  observe(batch: ReadingBatch): Finding[];
  /** What it makes of this is told with the next readings. */
  hear(heard: Heard): void;
  /** Cells that left the network: forgotten, predictions about them end. */
  forget(cells: readonly string[]): Finding[];
  /** Cells go by other names from now on, all at once. */
  rename(names: ReadonlyMap<string, string>): void;
  /** Another machine, another carrier since a time (epoch milliseconds): what was learned before says nothing any more. */
  relearn(cells: readonly (readonly [cell: string, from: number])[]): Finding[];
  /** Null where nothing is foreseen. */
  forecast(cell: string, kpi: string, ats: readonly number[]): (Forecast | null)[];
  /** How full cells are and when they will be, by pages; of a foreteller that looks after that. */
  capacityPage?(query: CapacityQuery): CapacityPage;
  /** The days of one cell and where they go; null where nothing is known of it. */
  capacityCourse?(cell: string): CapacityCourse | null;
  /** From now on these models are in force, of a foreteller that learns; it begins with those shipped. */
  adopt?(models: readonly LearnedModel[]): void;
  /** Those that it adopted last; empty while none were. */
  adopted?(): readonly LearnedModel[];
  /** Cases that are over, for training. */
  examples?(): Example[];
  /** The whole memory as bytes; a foreteller made of them goes on exactly as this one would. */
  save(): Uint8Array;
  size(): ForetellSize;
}

/** The cost of foretelling. */
export interface ForetellSize {
  series: number;
  bytes: number;
}
