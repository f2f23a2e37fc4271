// The alerts that are in memory: all active ones, and the newest cleared ones; found by id, subject, cell and site.

import type { AlertKind, AlertRecord } from '../model/alert.ts';
import { keyOf } from './alert-id.ts';
import { isActive } from './alert-state.ts';

export interface BookLimits {
  /** Active alerts; more are refused, counted and logged. */
  maximumActive: number;
  /** Cleared alerts kept for the list and for those that come back; older ones stay in the ledger. */
  maximumCleared: number;
}

export class Book {
  private readonly byId = new Map<string, AlertRecord>();
  /** Newest alert of each (kind, subject). */
  private readonly newest = new Map<string, string>();
  private readonly activeByCell = new Map<string, Set<string>>();
  private readonly activeBySite = new Map<string, Set<string>>();
  private readonly activeByWider = new Map<string, Set<string>>();
  /** Ids of those that are well and still open. */
  private readonly calmOnes = new Set<string>();
  /** Ids in the order of clearing. */
  private readonly cleared = new Set<string>();

  constructor(private readonly limits: BookLimits) {}

  get(id: string): AlertRecord | undefined {
    return this.byId.get(id);
  }

  newestOf(kind: AlertKind, subject: string): AlertRecord | undefined {
    return this.byId.get(this.newest.get(keyOf(kind, subject)) ?? '');
  }

  all(): IterableIterator<AlertRecord> {
    return this.byId.values();
  }

  get active(): number {
    return this.byId.size - this.cleared.size;
  }

  get isFull(): boolean {
    return this.active >= this.limits.maximumActive;
  }

  /** Active alerts that concern the cell, its site's included. */
  ofCell(cell: string): AlertRecord[] {
    return this.pick(this.activeByCell.get(cell));
  }

  ofSite(siteId: string): AlertRecord[] {
    return this.pick(this.activeBySite.get(siteId));
  }

  /** Active alerts that are part of the alert. */
  partsOf(id: string): AlertRecord[] {
    return this.pick(this.activeByWider.get(id));
  }

  /** Those that are well and still open, in one order. */
  calm(): AlertRecord[] {
    return this.calmOnes.size === 0 ? [] : this.pick(this.calmOnes).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Puts in the newest state of an alert. */
  put(alert: AlertRecord): void {
    this.remove(alert.id);
    this.byId.set(alert.id, alert);
    const key = keyOf(alert.kind, alert.subject);
    const known = this.newestOf(alert.kind, alert.subject);
    if (!known || known.raisedAt <= alert.raisedAt) this.newest.set(key, alert.id);
    if (!isActive(alert)) this.cleared.add(alert.id);
    else this.index(alert);
  }

  remove(id: string): void {
    const alert = this.byId.get(id);
    if (!alert) return;
    this.byId.delete(id);
    this.cleared.delete(id);
    this.calmOnes.delete(id);
    if (alert.partOf !== undefined) drop(this.activeByWider, alert.partOf, id);
    for (const cell of alert.cells) drop(this.activeByCell, cell, id);
    if (alert.siteId !== undefined) drop(this.activeBySite, alert.siteId, id);
    const key = keyOf(alert.kind, alert.subject);
    if (this.newest.get(key) === id) this.newest.delete(key);
  }

  /** Lets go of the cleared alerts beyond the maximum, those cleared first first; returns them. */
  trim(): AlertRecord[] {
    const beyond = Math.max(0, this.cleared.size - this.limits.maximumCleared);
    const gone = this.pick(new Set([...this.cleared].slice(0, beyond)));
    for (const alert of gone) this.remove(alert.id);
    return gone;
  }

  private index(alert: AlertRecord): void {
    for (const cell of alert.cells) add(this.activeByCell, cell, alert.id);
    if (alert.siteId !== undefined) add(this.activeBySite, alert.siteId, alert.id);
    if (alert.partOf !== undefined) add(this.activeByWider, alert.partOf, alert.id);
    if (alert.calm) this.calmOnes.add(alert.id);
  }

  private pick(ids: ReadonlySet<string> | undefined): AlertRecord[] {
    return [...(ids ?? [])].map((id) => this.byId.get(id)).filter((alert) => alert !== undefined);
  }
}

function add(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function drop(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
