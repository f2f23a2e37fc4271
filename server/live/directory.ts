// The directory: every cell that is known now, by id, alias and site; cells that only data has named are unplaced.

import { type Cell, isPlaced, type Radio } from '../model/cell.ts';

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

/** Cells that data may name without an inventory; more than this are kept in the store but not shown. */
const MOST_UNPLACED = 200_000;

export class Directory {
  private readonly all: KnownCell[] = [];
  private readonly byId = new Map<string, KnownCell>();
  private readonly byAlias = new Map<string, string>();
  private readonly bySite = new Map<string, Set<string>>();
  private inventoried = 0;
  private count = 0;
  /** Rises with each change, so that answers may be cached. */
  version = 0;

  /** Id of the cell with this id or alias. */
  find(name: string): string | undefined {
    const known = this.byId.get(name);
    return known && !known.retired ? name : this.byAlias.get(name);
  }

  /** Id of the inventory's cell with this id or alias. */
  findInInventory(name: string): string | undefined {
    const id = this.find(name);
    return id !== undefined && this.byId.get(id)?.cell ? id : undefined;
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

  put(cell: Cell): KnownCell {
    const known = this.byId.get(cell.id) ?? this.create(cell.id);
    this.forgetAliases(known);
    for (const alias of aliasesOf(cell)) this.byAlias.set(alias, cell.id);
    return this.place(known, cell.siteId, cell.radio, cell);
  }

  /** Cells of the inventory that are not in `present`. */
  absentFrom(present: ReadonlySet<string>): string[] {
    return [...this.cells()].filter((known) => known.cell && !present.has(known.id)).map((known) => known.id);
  }

  retire(id: string): void {
    const known = this.get(id);
    if (!known) return;
    this.leaveSite(known);
    this.forgetAliases(known);
    if (known.cell) this.inventoried--;
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
    let site = this.bySite.get(siteId);
    if (!site) {
      site = new Set();
      this.bySite.set(siteId, site);
    }
    site.add(known.id);
    Object.assign(known, { siteId, radio, cell, retired: false });
    this.version++;
    return known;
  }

  private leaveSite({ id, siteId }: KnownCell): void {
    const site = this.bySite.get(siteId);
    site?.delete(id);
    if (site?.size === 0) this.bySite.delete(siteId);
  }

  /** Data under an old name must not bring a cell back that left, nor reach one that no longer has the name. */
  private forgetAliases({ id, cell }: KnownCell): void {
    for (const alias of aliasesOf(cell)) if (this.byAlias.get(alias) === id) this.byAlias.delete(alias);
  }
}

function aliasesOf(cell: Cell | undefined): string[] {
  return [...(cell?.aliases ?? []), cell?.cgi].filter((alias) => alias !== undefined);
}
