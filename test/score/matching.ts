// Which fault an alert tells of: by cell and by the moment it is raised, never by how long it stands.

import { isWide, raisedAt, type ScoredAlert } from './scored-alert.ts';
import { beginOf, type Fault, type Spell, type Truth } from './truth.ts';

/** What is scored of a run. */
export interface Window {
  /** What is raised or begins before this belongs to the time of learning. Epoch milliseconds. */
  from: number;
  until: number;
}

/** Readings tell of a period when it is over, and silence shows after the last one: so long after its end a fault may still be told. */
export const AFTER_PERIODS = 2;

/** Of an alert about an area so many cells must be those of what it is taken for: that one of many has it is chance. */
const MOSTLY = 0.8;

/** Whether it tells of these cells: it names one of them or, when it is about an area, hardly any others. */
export function isAbout(alert: ScoredAlert, cells: ReadonlySet<string>): boolean {
  const shared = alert.cells.filter((cell) => cells.has(cell)).length;
  return shared > 0 && (!isWide(alert) || shared >= MOSTLY * alert.cells.length);
}

/** One raising of an alert that tells of a fault. */
export interface Telling {
  alert: ScoredAlert;
  at: number;
}

/**
 * By fault, what tells of it, the first first. Each raising tells of one fault at most: of those that its cells have at that
 * moment the one that changed last (showed, broke, began to hurt), of two at once the one whose cells it names best, then
 * the one that nothing has told of yet. An alert about an area tells of one only if nearly all of its cells have a fault, or
 * are disturbed by one that others of them have.
 */
export function tellingsByFault(truth: Truth, alerts: readonly ScoredAlert[]): Map<Fault, Telling[]> {
  const byCell = faultsByCell(truth.faults);
  const tellings = new Map<Fault, Telling[]>(truth.faults.map((fault) => [fault, []]));
  const raisings = alerts.flatMap((alert) => alert.raises.map((at) => ({ alert, at })));
  for (const raising of raisings.sort((a, b) => a.at - b.at)) {
    const told = faultToldBy(raising, byCell, truth.periodMs, (fault) => tellings.get(fault)!.length > 0);
    if (told) tellings.get(told)!.push(raising);
  }
  return tellings;
}

function faultsByCell(faults: readonly Fault[]): Map<string, Fault[]> {
  const byCell = new Map<string, Fault[]>();
  for (const fault of faults) {
    for (const cell of fault.cells) byCell.set(cell, [...(byCell.get(cell) ?? []), fault]);
  }
  return byCell;
}

function faultToldBy(
  { alert, at }: Telling,
  byCell: ReadonlyMap<string, Fault[]>,
  periodMs: number,
  isTold: (fault: Fault) => boolean,
): Fault | undefined {
  const now = alert.cells
    .flatMap((cell) => byCell.get(cell) ?? [])
    .filter((fault) => at >= beginOf(fault) && at <= fault.repair + AFTER_PERIODS * periodMs);
  if (!isAbout(alert, new Set(now.flatMap(({ cells, disturbs }) => [...cells, ...disturbs])))) return undefined;
  return [...new Set(now)].sort(
    (a, b) =>
      changedAt(b, at) - changedAt(a, at) ||
      likeness(alert, b) - likeness(alert, a) ||
      Number(isTold(a)) - Number(isTold(b)),
  )[0];
}

/** The last of its turns that had come by then. */
function changedAt({ precursorFrom, onset, hurtsFrom }: Fault, at: number): number {
  const turns = [precursorFrom, onset, hurtsFrom].filter((turn) => turn !== null && turn <= at);
  return Math.max(...(turns as number[]));
}

/** Shared cells as a part of all cells of either. */
function likeness(alert: ScoredAlert, fault: Fault): number {
  const shared = alert.cells.filter((cell) => fault.cells.includes(cell)).length;
  return shared / (alert.cells.length + fault.cells.length - shared);
}

/** Cells for a while, epoch milliseconds. */
export type Extent = Pick<Spell, 'cells' | 'from' | 'until'>;

/** Alerts about its cells that are raised in that while. */
export function alertsDuring<T extends ScoredAlert>(spell: Extent, alerts: readonly T[], { periodMs }: Truth): T[] {
  const last = spell.until + AFTER_PERIODS * periodMs;
  const cells = new Set(spell.cells);
  return alerts.filter((alert) => alert.raises.some((at) => at >= spell.from && at <= last) && isAbout(alert, cells));
}

/** Broke after the learning, and did what it does before the readings end. */
export function isScored(fault: Fault, { from, until }: Window): boolean {
  return fault.onset >= from && fault.onset < until && (fault.hurtsFrom ?? fault.repair) < until;
}

export function isCounted(alert: ScoredAlert, { from, until }: Window): boolean {
  return raisedAt(alert) >= from && raisedAt(alert) <= until;
}
