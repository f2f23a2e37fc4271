// Decides which known cell each row of an inventory is: by global identity, else by id, else by an alias; pure.

import { type Cell, globalIdentity } from '../model/cell.ts';
import { type CellChange, CHANGE_FIELDS, type IdentityChange, type Renaming } from '../model/identity.ts';
import type { Rejection } from '../model/rejection.ts';
import type { Directory, KnownCell } from './directory.ts';

/** A row that was read well, and where it stood. */
export interface Row {
  cell: Cell;
  where: Pick<Rejection, 'index' | 'line' | 'file'>;
}

export interface Decided {
  cells: Cell[];
  rejections: Rejection[];
  /** Inventory's cells that no row is; only of a whole inventory. */
  retired: string[];
  identity?: IdentityChange;
}

export interface DecideOptions {
  /** Every cell of the network is here: those that no row is have left it. */
  isWhole: boolean;
  /** From when changes hold: data time, epoch milliseconds. */
  at: number;
  /** END of the newest reading of a known cell, epoch milliseconds: a change never holds before what came of the cell already. */
  newestOf?(index: number): number;
}

export function decideIdentity(rows: readonly Row[], directory: Directory, options: DecideOptions): Decided {
  return new Decision(rows, directory, options).decided();
}

class Decision {
  private readonly rows: Map<string, Row>;
  private readonly rejections: Rejection[] = [];
  /** The known cell that a row is, by the row's id; and the other way round. */
  private readonly knownOf = new Map<string, KnownCell>();
  private readonly rowOf = new Map<string, string>();

  constructor(
    rows: readonly Row[],
    private readonly directory: Directory,
    private readonly options: DecideOptions,
  ) {
    this.rows = new Map(rows.map((row) => [row.cell.id, row]));
    this.refuseSharedIdentities();
    this.claimByIdentity();
    this.claimById();
    this.claimByAlias();
    this.refuseOccupied();
  }

  decided(): Decided {
    const planned = this.directory.plannedIds().filter((id) => !this.rows.has(id));
    const absent = this.isWhole ? [...this.directory.absentFrom(new Set(this.rowOf.keys())), ...planned] : [];
    const merged: Renaming[] = [];
    const renamed: Renaming[] = [];
    const changes: CellChange[] = [];
    const taken = new Set<string>();
    const cells = Array.from(this.rows.values(), ({ cell }) => {
      const known = this.knownOf.get(cell.id);
      this.joinUnplaced(cell, known, taken, { merged, renamed });
      if (!known?.cell) return cell;
      if (known.id !== cell.id) renamed.push(...this.aside(cell.id), { from: known.id, to: cell.id });
      changes.push(...this.changesOf(known, cell));
      return withFormerIds(cell, known.cell);
    });
    const isSame = merged.length + renamed.length + changes.length === 0;
    return {
      cells,
      retired: absent,
      rejections: this.rejections,
      ...(!isSame && { identity: { merged, renamed, changes } }),
    };
  }

  /** With refusals nobody can say who is absent: what was refused is there all the same. */
  private get isWhole(): boolean {
    return this.options.isWhole && this.rejections.length === 0;
  }

  /** One identity belongs to one cell: to the one that has it already, if it is among them. */
  private refuseSharedIdentities(): void {
    const byIdentity = new Map<string, Row[]>();
    for (const row of this.rows.values()) {
      const identity = globalIdentity(row.cell);
      if (identity === undefined) continue;
      const same = byIdentity.get(identity);
      if (same) same.push(row);
      else byIdentity.set(identity, [row]);
    }
    for (const rows of byIdentity.values()) {
      if (rows.length === 1) continue;
      const holder = this.directory.findByIdentity(rows[0]!.cell);
      const who = rows.map(({ cell }) => `"${cell.id}"`).join(', ');
      for (const row of rows) {
        if (row.cell.id === holder) continue;
        this.refuse(row, 'cgi', `cgi ${row.cell.cgi} is given to ${who}: it belongs to one cell; give each its own`);
      }
    }
  }

  private claimByIdentity(): void {
    for (const { cell } of this.rows.values()) {
      const id = this.directory.findByIdentity(cell);
      if (id !== undefined) this.claim(cell.id, this.directory.get(id)!);
    }
  }

  private claimById(): void {
    for (const id of this.rows.keys()) {
      const known = this.directory.get(id);
      if (known?.cell && !this.knownOf.has(id) && !this.rowOf.has(id)) this.claim(id, known);
    }
  }

  /** A known cell that has no row of its own, and goes by one of the names of a new one, is that new one. */
  private claimByAlias(): void {
    const claims = new Map<string, Row[]>();
    for (const row of this.rows.values()) {
      if (this.knownOf.has(row.cell.id)) continue;
      const candidates = this.namedBy(row.cell);
      if (candidates.length > 1) {
        const who = candidates.map((id) => `"${id}"`).join(', ');
        this.refuse(row, 'aliases', `"${row.cell.id}" has names of the cells ${who}, which have no row of their own`);
        continue;
      }
      for (const id of candidates) claims.set(id, [...(claims.get(id) ?? []), row]);
    }
    for (const [id, rows] of claims) {
      if (rows.length === 1) this.claim(rows[0]!.cell.id, this.directory.get(id)!);
      else this.refuseAll(rows, `has a name of the cell "${id}", and so has another row: only one of them can be it`);
    }
  }

  private namedBy(cell: Cell): string[] {
    const ids = [cell.id, ...(cell.aliases ?? [])].map((name) => this.directory.findInInventory(name));
    const free = ids.filter((id) => id !== undefined && !this.rowOf.has(id) && !this.rows.has(id));
    return [...new Set(free as string[])].filter((id) => !isAnother(cell, this.directory.get(id)?.cell));
  }

  /** A new name that is the name of another cell, of which no row tells what becomes of it. */
  private refuseOccupied(): void {
    if (this.isWhole) return;
    const waiting = [...this.knownOf.keys()];
    for (const id of waiting) {
      const known = this.knownOf.get(id);
      if (!known || known.id === id || this.rowOf.has(id) || !this.directory.get(id)?.cell) continue;
      const detail =
        `"${id}" has the identity of the cell "${known.id}" and the id of another one, which has no row: ` +
        'send both, or the whole network with ?mode=full';
      this.refuse(this.rows.get(id)!, 'id', detail);
      // That cell has no row any more: whoever was to take its name is looked at again.
      waiting.push(known.id);
    }
  }

  /** Names of the row that only data had given so far: what came under them is of this cell. */
  private joinUnplaced(
    cell: Cell,
    known: KnownCell | undefined,
    taken: Set<string>,
    { merged, renamed }: { merged: Renaming[]; renamed: Renaming[] },
  ): void {
    let to = known?.id;
    for (const name of new Set([cell.id, ...(cell.aliases ?? []), ...(cell.cgi === undefined ? [] : [cell.cgi])])) {
      const heard = this.directory.get(name);
      const isOthers = taken.has(name) || (name !== cell.id && this.rows.has(name));
      if (!heard || heard.cell || isOthers) continue;
      taken.add(name);
      if (to !== undefined) merged.push({ from: name, to });
      else if (name !== cell.id) renamed.push(...this.aside(cell.id), { from: name, to: cell.id });
      to ??= name;
    }
  }

  /** A cell of this name that left, or leaves now, keeps its past under a name of its own. */
  private aside(id: string): Renaming[] {
    const there = this.directory.get(id);
    const leaves = there?.cell !== undefined && !this.rowOf.has(id);
    if (!leaves && (there || !this.directory.hasLeft(id))) return [];
    for (let n = 1; ; n++) {
      const to = n === 1 ? `${id} (left)` : `${id} (left ${n})`;
      if (!this.directory.get(to) && !this.directory.hasLeft(to)) return [{ from: id, to }];
    }
  }

  private changesOf({ index, cell }: KnownCell, after: Cell): CellChange[] {
    const before = cell!;
    const at = Math.max(this.options.at, this.options.newestOf?.(index) ?? 0);
    return CHANGE_FIELDS.flatMap((field) => {
      const [from, to] = [before[field], after[field]];
      // What was not told is not known: that it is told now changes nothing.
      if (from === undefined || to === undefined || plain(field, from) === plain(field, to)) return [];
      return [{ cell: after.id, field, from: String(from), to: String(to), at }];
    });
  }

  private claim(rowId: string, known: KnownCell): void {
    this.knownOf.set(rowId, known);
    this.rowOf.set(known.id, rowId);
  }

  private refuseAll(rows: readonly Row[], why: string): void {
    for (const row of rows) this.refuse(row, 'aliases', `"${row.cell.id}" ${why}`);
  }

  private refuse(row: Row, field: string, detail: string): void {
    const { id } = row.cell;
    this.rows.delete(id);
    const known = this.knownOf.get(id);
    if (known) this.rowOf.delete(known.id);
    this.knownOf.delete(id);
    this.rejections.push({ ...row.where, reason: 'ambiguous', field, detail, excerpt: id.slice(0, 200) });
  }
}

/** Both have a global identity, and it is not the same: a name in common says nothing then. */
function isAnother(cell: Cell, known: Cell | undefined): boolean {
  const [one, other] = [globalIdentity(cell), known && globalIdentity(known)];
  return one !== undefined && other !== undefined && one !== other;
}

/** Makers and bands are written in many ways: `B3`, `band 3` and `3` are one. */
function plain(field: keyof Cell, value: unknown): string {
  const text = String(value).trim().toLowerCase();
  return field === 'band' ? text.replace(/^(?:band|b|n)[\s_-]*(?=\d)/, '') : field === 'id' ? String(value) : text;
}

function withFormerIds(cell: Cell, before: Cell): Cell {
  const former = [...new Set([...(before.formerIds ?? []), before.id])].filter((id) => id !== cell.id);
  return former.length > 0 ? { ...cell, formerIds: former } : cell;
}
