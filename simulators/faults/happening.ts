// Something that happens to cells, known before anything is sent: a fault, what only looks like the beginning of one, or a nuisance.

import type { Cell } from '../../server/model/cell.ts';
import type { Effects } from '../effects.ts';

export const FAULT_KINDS = [
  'power-loss',
  'cell-outage',
  'sleeping-cell',
  'feeder-decay',
  'cooling-failure',
  'backhaul-degradation',
  'interference',
  'congestion-growth',
  'wrong-parameter',
  'wrong-tilt',
  'intermittent-hardware',
  'never-woken',
  'silent-source',
  'clock-drift',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const NUISANCE_KINDS = [
  'planned-work',
  'energy-saving',
  'holiday',
  'match-evening',
  'vendor-swap',
  'rename',
  'dawn-duct',
  'quiet-cell',
  'collection-gap',
  'late-data',
  'doubled-data',
] as const;
export type NuisanceKind = (typeof NUISANCE_KINDS)[number];

/** Times are epoch milliseconds on period boundaries. */
interface Span {
  /** Unique in a plan, the same for the same seed. */
  id: string;
  /** Indexes into `City.cells`; a nuisance of the whole network holds all. */
  cells: readonly number[];
  /** First and last of any effect: it holds for periods with from ≤ start < until. */
  from: number;
  until: number;
  /** Adds its effect on the period whose middle is `middle`, epoch milliseconds. */
  apply(effects: Effects, middle: number): void;
}

export interface Fault extends Span {
  nature: 'fault';
  kind: FaultKind;
  /** When its signs begin, before the onset; null: it comes without. */
  precursorFrom: number | null;
  /** When it breaks. */
  onset: number;
  /** When people are first hurt; null: never. */
  hurtsFrom: number | null;
  /** The same as `until`. */
  repair: number;
  /** Of what people want from these cells, the part that is lost at its worst, 0…1. */
  hurt: number;
  /** Nothing that is sent shows it: too short, or nobody there. */
  isHidden: boolean;
}

export interface FalsePrecursor extends Span {
  nature: 'false-precursor';
  /** Of the fault that it looks like. */
  kind: FaultKind;
}

export interface Nuisance extends Span {
  nature: 'nuisance';
  kind: NuisanceKind;
  /** What stays (another vendor, another name) surprises nobody any more after this; else the same as `until`. */
  upsetsUntil: number;
  /** What the inventory says of its cells from `from` on. */
  changes?: readonly InventoryChange[];
}

export interface InventoryChange {
  /** Index into `City.cells`. */
  cell: number;
  set: Partial<Pick<Cell, 'id' | 'name' | 'vendor'>>;
}

export type Happening = Fault | FalsePrecursor | Nuisance;

export function isFault(event: Happening): event is Fault {
  return event.nature === 'fault';
}

export function isNuisance(event: Happening): event is Nuisance {
  return event.nature === 'nuisance';
}
