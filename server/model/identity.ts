// Who a cell is over time: new names of known cells, data names that turn out to be a known cell, and what else changed.

import type { Cell } from './cell.ts';

/** `from` is `to` from now on. */
export interface Renaming {
  from: string;
  to: string;
}

/** What an inventory may change of a cell that was known; `id` and `siteId` leave it the same cell in the same service. */
export const CHANGE_FIELDS = [
  'id',
  'siteId',
  'vendor',
  'radio',
  'band',
  'duplex',
  'bandwidthMhz',
  'frequencyMhz',
  'azimuthDeg',
  'tiltDeg',
  'heightM',
  'powerDbm',
  'role',
] as const satisfies readonly (keyof Cell)[];
export type ChangeField = (typeof CHANGE_FIELDS)[number];

/** After these the cell is another machine or another carrier: what was usual before says nothing about it. *Default.* */
export const RESTARTING_FIELDS: readonly ChangeField[] = ['vendor', 'radio', 'band', 'duplex', 'bandwidthMhz'];

export interface CellChange {
  /** Under its newest id. */
  cell: string;
  field: ChangeField;
  from: string;
  to: string;
  /** From when it holds: data time, epoch milliseconds. */
  at: number;
}

/** What one delivery of an inventory says of cells that were known before; decided once, so that a replay decides the same. */
export interface IdentityChange {
  /** Names that only data had given: `from` was the known cell `to` all along. Holds before `renamed`. */
  merged: Renaming[];
  /** All at once, so that two cells can exchange names; no `to` is held by a cell that stays. */
  renamed: Renaming[];
  changes: CellChange[];
}

/** The new name of everything whose name changes: first merged, then renamed. */
export function newNames({ merged, renamed }: Pick<IdentityChange, 'merged' | 'renamed'>): Map<string, string> {
  const names = new Map(renamed.map(({ from, to }) => [from, to]));
  const joined = merged.map(({ from, to }) => ({ from, to: names.get(to) ?? to }));
  for (const { from, to } of joined) if (from !== to) names.set(from, to);
  return names;
}

/** What stores take of a change of the inventory. */
export interface RenamedRecord {
  seq: number;
  kind: 'renamed';
  /** `[old, new]`, all at once. */
  names: [string, string][];
  /** Those of the new names under which something may have come already that is of the same cell. */
  joined: string[];
}

/** Of a record of the journal; undefined where no name changes. */
export function renamedOf({ seq, identity }: { seq: number; identity?: IdentityChange }): RenamedRecord | undefined {
  const names = identity ? newNames(identity) : new Map<string, string>();
  if (!identity || names.size === 0) return undefined;
  const joined = identity.merged.flatMap(({ from, to }) => [names.get(from) ?? from, names.get(to) ?? to]);
  return { seq, kind: 'renamed', names: [...names], joined: [...new Set(joined)] };
}

/** Cells whose baselines start anew, by their names before, and from which data time on. */
export function restarted({ renamed, changes }: IdentityChange): [cell: string, from: number][] {
  const before = new Map(renamed.map(({ from, to }) => [to, from]));
  const restarting = changes.filter(({ field }) => RESTARTING_FIELDS.includes(field));
  return [...new Map(restarting.map(({ cell, at }) => [before.get(cell) ?? cell, at]))];
}
