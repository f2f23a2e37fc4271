// Which cells stand on which site, as the foreteller knows it from the inventory.

import type { Cell } from '../../../model/cell.ts';
import type { Subject } from '../../../model/finding.ts';

export class Places {
  private readonly siteOfCell = new Map<string, string>();
  private readonly cellsOfSite = new Map<string, Set<string>>();

  constructor(sites: readonly (readonly [cell: string, site: string])[] = []) {
    for (const [cell, site] of sites) this.put(cell, site);
  }

  /** True when the cell had no site, or another. */
  know({ id, siteId }: Pick<Cell, 'id' | 'siteId'>): boolean {
    if (this.siteOfCell.get(id) === siteId) return false;
    this.forget(id);
    this.put(id, siteId);
    return true;
  }

  /** Cells that no inventory names stand for themselves. */
  siteOf(cell: string): Subject {
    const id = this.siteOfCell.get(cell);
    return id === undefined ? { scope: 'cell', id: cell } : { scope: 'site', id };
  }

  /** The site that an alarm names; undefined where no cell is known to stand on it. */
  siteNamed(id: string): Subject | undefined {
    if (this.cellsOfSite.has(id)) return { scope: 'site', id };
    return this.siteOfCell.has(id) ? this.siteOf(id) : undefined;
  }

  cellsOf({ scope, id }: Subject): string[] {
    return scope === 'cell' ? [id] : [...(this.cellsOfSite.get(id) ?? [])].sort();
  }

  /** The site that is left without cells, if so. */
  forget(cell: string): string | undefined {
    const site = this.siteOfCell.get(cell);
    this.siteOfCell.delete(cell);
    const cells = site === undefined ? undefined : this.cellsOfSite.get(site);
    cells?.delete(cell);
    if (cells?.size !== 0) return undefined;
    this.cellsOfSite.delete(site!);
    return site;
  }

  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].flatMap(([from, to]) => {
      const site = this.siteOfCell.get(from);
      return site === undefined ? [] : [{ from, to, site }];
    });
    for (const { from } of moving) this.forget(from);
    for (const { to, site } of moving) this.put(to, site);
  }

  save(): [string, string][] {
    return [...this.siteOfCell];
  }

  private put(cell: string, site: string): void {
    this.siteOfCell.set(cell, site);
    const cells = this.cellsOfSite.get(site);
    if (cells) cells.add(cell);
    else this.cellsOfSite.set(site, new Set([cell]));
  }
}
