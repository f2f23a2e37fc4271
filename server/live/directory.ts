// The directory: every cell that is known now, by id, alias and site; cells that only data has named are unplaced.

import { type Cell, globalIdentity, isPlaced, type Radio } from '../model/cell.ts';
import type { Renaming } from '../model/identity.ts';
import { isOver, isYetToCome, validityOf } from './validity.ts';

/** A cell as the present knows it: from the inventory, or only from data. */
export interface KnownCell {
  /** Number in typed arrays and binary frames; never reused while the process lives. */
  index: number;
  id: string;
  siteId: string;
  radio: Radio | null;
  /** What the inventory says; undefined for a cell that only data has named. */
  cell?: Cell;
  /** Left the network: kept for its number, shown nowhere. */
  retired?: boolean;
}

/** Two numbers were given to one cell: `into` is the one that it keeps. */
export interface Merge {
  from: number;
  into: number;
}

/** Cells that data may name without an inventory; more than this are kept in the store but not shown. */
const MOST_UNPLACED = 200_000;

export class Directory {
  private readonly all: KnownCell[] = [];
  private readonly byId = new Map<string, KnownCell>();
  private readonly byAlias = new Map<string, string>();
  private readonly byIdentity = new Map<string, string>();
  /** Ids of cells that were in the inventory and left. */
  private readonly left = new Set<string>();
  private readonly bySite = new Map<string, Set<string>>();
  private readonly planned = new Map<string, Cell>();
  /** Data time before which no validity begins or ends; 0: not known. */
  private nextDueAt = 0;
  /** Cells of the inventory. */
  inventoried = 0;
  private count = 0;
  /** Rises with each change, so that answers may be cached. */
  version = 0;

  /** Id of the cell with this id or alias. */
  find(name: string): string | undefined {
    const known = this.byId.get(name);
    return known && !known.retired ? known.id : this.byAlias.get(name);
  }

  /** Id of the inventory's cell with this id or alias. */
  findInInventory(name: string): string | undefined {
    const id = this.find(name);
    return id !== undefined && this.byId.get(id)?.cell ? id : undefined;
  }

  /** Id of the inventory's cell with the same cell global identity. */
  findByIdentity(cell: Pick<Cell, 'cgi' | 'radio'>): string | undefined {
    return this.byIdentity.get(globalIdentity(cell) ?? '');
  }

  /** Whether a cell of this id was in the inventory and left; what data still says of it is kept as of an unplaced cell. */
  hasLeft(id: string): boolean {
    return this.left.has(id);
  }

  /** After a start: ids that the ledger knows as left. */
  restoreLeft(ids: readonly string[]): void {
    for (const id of ids) if (!this.byId.get(id)?.cell) this.left.add(id);
  }

  get(id: string): KnownCell | undefined {
    const known = this.byId.get(id);
    return known?.retired ? undefined : known;
  }

  at(index: number): KnownCell | undefined {
    return this.all[index];
  }

  /** Highest index + 1: the length that arrays beside the directory need. */
  get length(): number {
    return this.all.length;
  }

  *cells(): Generator<KnownCell> {
    for (const known of this.all) if (!known.retired) yield known;
  }

  counts(): { cells: number; unplaced: number } {
    let unplaced = 0;
    for (const known of this.cells()) if (!known.cell || !isPlaced(known.cell)) unplaced++;
    return { cells: this.count, unplaced };
  }

  /** Ids of the cells that stand on a site now. */
  cellsOf(siteId: string): string[] {
    return [...(this.bySite.get(siteId) ?? [])];
  }

  /** A cell that data names; undefined when the bound on unplaced cells is reached. */
  ensure(id: string, siteId = id, radio: Radio | null = null): KnownCell | undefined {
    const known = this.byId.get(id);
    if (known && !known.retired) return known;
    if (this.count - this.inventoried >= MOST_UNPLACED) return undefined;
    return this.place(known ?? this.create(id), siteId, radio, undefined);
  }

  /** @param dataAt newest data time, epoch milliseconds, 0 for none: a cell whose validity begins later waits for it */
  put(cell: Cell, dataAt = 0): void {
    this.planned.delete(cell.id);
    if (!isYetToCome(cell, dataAt) || this.byId.get(cell.id)?.cell) this.putNow(cell);
    else this.planned.set(cell.id, cell);
    this.nextDueAt = 0;
  }

  /** Cells that come into the network, or are no longer in it, by their own validity at a data time. */
  due(dataAt: number): { begin: Cell[]; end: string[] } {
    if (dataAt < this.nextDueAt) return { begin: [], end: [] };
    const inventory = Array.from(this.cells(), ({ cell }) => cell).filter(
      (cell) => cell?.validTo !== undefined,
    ) as Cell[];
    const begin = [...this.planned.values()].filter((cell) => !isYetToCome(cell, dataAt));
    const end = inventory.filter((cell) => isOver(cell, dataAt)).map(({ id }) => id);
    const times = [...this.planned.values()].map((cell) => validityOf(cell).from);
    for (const cell of inventory) times.push(validityOf(cell).to);
    const next = times.reduce((least, at) => (at > dataAt ? Math.min(least, at) : least), Number.POSITIVE_INFINITY);
    if (begin.length + end.length === 0) this.nextDueAt = next;
    return { begin, end };
  }

  /** Ids of cells that are yet to come. */
  plannedIds(): string[] {
    return [...this.planned.keys()];
  }

  private putNow(cell: Cell): void {
    const known = this.byId.get(cell.id) ?? this.create(cell.id);
    this.forgetAliases(known);
    this.left.delete(cell.id);
    this.place(known, cell.siteId, cell.radio, cell);
    this.rememberAliases(known);
  }

  /**
   * Gives cells their new names, those of `renamed` all at once; a cell keeps its number. Where two turn out to be one, the
   * inventory's keeps its number: gives the numbers that are no longer any cell's, and whose they are now.
   */
  rename({ merged, renamed }: { merged: readonly Renaming[]; renamed: readonly Renaming[] }): Merge[] {
    const merges = [...merged.map((one) => [one]), renamed].flatMap((some) => this.move(some));
    const aside = renamed.filter(({ from }) => this.left.delete(from));
    for (const { to } of aside) this.left.add(to);
    this.version++;
    return merges;
  }

  private move(renamed: readonly Renaming[]): Merge[] {
    const moving = renamed.flatMap(({ from, to }) => {
      const known = this.byId.get(from);
      return known && from !== to ? [{ known, to }] : [];
    });
    for (const { known } of moving) this.takeOff(known);
    return moving.flatMap(({ known, to }) => {
      const there = this.byId.get(to);
      if (there && !there.retired) return [this.mergeAs(to, known, there)];
      this.setUp(known, to);
      return [];
    });
  }

  private mergeAs(id: string, one: KnownCell, other: KnownCell): Merge {
    this.takeOff(other);
    const [stays, goes] = one.cell && !other.cell ? [one, other] : [other, one];
    if (!goes.retired) this.count--;
    if (goes.cell) this.inventoried--;
    Object.assign(goes, { id: '', cell: undefined, retired: true });
    this.setUp(stays, id);
    return { from: goes.index, into: stays.index };
  }

  /** Takes a cell's names away; it keeps its number. */
  private takeOff(known: KnownCell): void {
    this.leaveSite(known);
    this.forgetAliases(known);
    this.byId.delete(known.id);
  }

  private setUp(known: KnownCell, id: string): void {
    known.id = id;
    this.byId.set(id, known);
    if (known.retired) return;
    this.joinSite(known);
    this.rememberAliases(known);
  }

  /** Cells of the inventory that are not in `present`. */
  absentFrom(present: ReadonlySet<string>): string[] {
    return [...this.cells()].filter((known) => known.cell && !present.has(known.id)).map((known) => known.id);
  }

  retire(id: string): void {
    this.planned.delete(id);
    const known = this.get(id);
    if (!known) return;
    this.leaveSite(known);
    this.forgetAliases(known);
    if (known.cell) {
      this.inventoried--;
      this.left.add(id);
    }
    this.count--;
    known.retired = true;
    known.cell = undefined;
    this.version++;
  }

  private create(id: string): KnownCell {
    const known: KnownCell = { index: this.all.length, id, siteId: '', radio: null, retired: true };
    this.all.push(known);
    this.byId.set(id, known);
    return known;
  }

  private place(known: KnownCell, siteId: string, radio: Radio | null, cell: Cell | undefined): KnownCell {
    if (known.retired) this.count++;
    if (cell && !known.cell) this.inventoried++;
    this.leaveSite(known);
    Object.assign(known, { siteId, radio, cell, retired: false });
    this.joinSite(known);
    this.version++;
    return known;
  }

  private joinSite({ id, siteId }: KnownCell): void {
    const site = this.bySite.get(siteId);
    if (site) site.add(id);
    else this.bySite.set(siteId, new Set([id]));
  }

  private leaveSite({ id, siteId }: KnownCell): void {
    const site = this.bySite.get(siteId);
    site?.delete(id);
    if (site?.size === 0) this.bySite.delete(siteId);
  }

  /** Data under an old name must not bring a cell back that left, nor reach one that no longer has the name. */
  private forgetAliases({ id, cell }: KnownCell): void {
    for (const alias of aliasesOf(cell)) if (this.byAlias.get(alias) === id) this.byAlias.delete(alias);
    const identity = cell && globalIdentity(cell);
    if (identity !== undefined && this.byIdentity.get(identity) === id) this.byIdentity.delete(identity);
  }

  private rememberAliases({ id, cell }: KnownCell): void {
    for (const alias of aliasesOf(cell)) this.byAlias.set(alias, id);
    const identity = cell && globalIdentity(cell);
    if (identity !== undefined) this.byIdentity.set(identity, id);
  }
}

function aliasesOf(cell: Cell | undefined): string[] {
  return [...(cell?.formerIds ?? []), ...(cell?.aliases ?? []), cell?.cgi].filter((alias) => alias !== undefined);
}
