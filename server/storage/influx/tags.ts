// The tags under which InfluxDB holds cells: a tag cannot be renamed, so a cell keeps that of its first name, whatever it is called.

import type { RenamedRecord } from '../../model/identity.ts';

/** `[cell, tags]` of cells that do not simply go by their ids; the first tag is written, all are read. */
export type KeptTags = [cell: string, tags: string[]][];

export class Tags {
  private readonly byCell: ReadonlyMap<string, readonly string[]>;
  private readonly taken: ReadonlySet<string>;

  constructor(kept: KeptTags) {
    this.byCell = new Map(kept);
    this.taken = new Set(kept.flatMap(([, tags]) => tags));
  }

  /** At least one. */
  of(cell: string): readonly string[] {
    return this.byCell.get(cell) ?? [this.free(cell)];
  }

  /** The tags once these cells have their new names. */
  after({ names, joined }: Pick<RenamedRecord, 'names' | 'joined'>): KeptTags {
    const old = new Set(names.map(([from]) => from));
    const next = new Map([...this.byCell].filter(([cell]) => !old.has(cell)).map(([cell, tags]) => [cell, [...tags]]));
    for (const [from, to] of names) {
      const own = next.get(to) ?? (joined.includes(to) && !old.has(to) ? [...this.of(to)] : []);
      next.set(to, [...new Set([...this.of(from), ...own])]);
    }
    return [...next].filter(([cell, tags]) => tags.join() !== cell);
  }

  /** A name that another cell had before is no tag for this one. */
  private free(cell: string): string {
    if (!this.taken.has(cell)) return cell;
    for (let n = 2; ; n++) if (!this.taken.has(`${cell}~${n}`)) return `${cell}~${n}`;
  }
}
