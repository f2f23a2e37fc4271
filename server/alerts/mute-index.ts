// Finds the mutes that cover a cell or an alert, without a look at each of them.

import type { AlertKind, AlertRecord } from '../model/alert.ts';
import type { MuteRecord, MuteScope } from '../model/mute.ts';
import type { Places } from './phrasing.ts';

type Named = 'cell' | 'site' | 'area';

export class MuteIndex {
  private readonly byName = new Map<string, Set<MuteRecord>>();
  private readonly ofAll = new Set<MuteRecord>();

  constructor(private readonly places: Places) {}

  add(mute: MuteRecord): void {
    if (mute.all) this.ofAll.add(mute);
    for (const name of namesOf(mute)) {
      const known = this.byName.get(name);
      if (known) known.add(mute);
      else this.byName.set(name, new Set([mute]));
    }
  }

  remove(mute: MuteRecord): void {
    this.ofAll.delete(mute);
    for (const name of namesOf(mute)) {
      const known = this.byName.get(name);
      known?.delete(mute);
      if (known?.size === 0) this.byName.delete(name);
    }
  }

  /** Mutes of the cell: its own, its site's, its area's, the network's. */
  ofCell(cell: string): MuteRecord[] {
    const siteId = this.places.cell(cell)?.siteId;
    const area = this.places.areaOf?.(cell);
    const names = [nameOf('cell', cell), nameOf('site', siteId ?? ''), nameOf('area', area ?? '')];
    const found = new Set(names.flatMap((name) => [...(this.byName.get(name) ?? [])]));
    return [...found, ...this.ofAll];
  }

  /**
   * The mutes that cover what is still wrong of an alert, in lists of which each must have one in force: one list a cell. What
   * concerns no cell is covered by mutes of its site, or of the whole network.
   */
  covering({ kind, cells, recovered = [], siteId }: AlertRecord): MuteRecord[][] {
    const bad = cells.filter((cell) => !recovered.includes(cell));
    const lists = bad.map((cell) => this.ofCell(cell));
    if (bad.length === 0) lists.push([...(this.byName.get(nameOf('site', siteId ?? '')) ?? []), ...this.ofAll]);
    return lists.map((list) => list.filter((mute) => isOfKind(mute, kind)));
  }
}

export function isOfKind({ kinds }: MuteScope, kind: AlertKind): boolean {
  return kinds === undefined || kinds.includes(kind);
}

/** Cells that a mute names, by themselves or by their site. */
export function cellsNamed({ cells = [], siteId }: MuteScope, places: Places): string[] {
  return siteId === undefined ? cells : [...cells, ...places.cellsOf(siteId)];
}

function nameOf(what: Named, id: string): string {
  return `${what} ${id}`;
}

function namesOf({ cells = [], siteId, area }: MuteScope): string[] {
  return [
    ...cells.map((cell) => nameOf('cell', cell)),
    ...(siteId === undefined ? [] : [nameOf('site', siteId)]),
    ...(area === undefined ? [] : [nameOf('area', area)]),
  ];
}
