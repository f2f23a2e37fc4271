// The answer key as scores read it: faults, false precursors and nuisances, with times as numbers.

import type { Cell } from '../../server/model/cell.ts';

/** Something that is wrong. Times are epoch milliseconds. */
export interface Fault {
  id: string;
  kind: string;
  cells: string[];
  onset: number;
  /** From when people are hurt; null: never. */
  hurtsFrom: number | null;
  repair: number;
  /** From when a sign of it can be seen; null: it comes without one. */
  precursorFrom: number | null;
  /** Cells that serve its users as guests: what is told of them is its consequence. */
  disturbs: string[];
}

/** Something that is no fault, or a sign that leads nowhere. */
export interface Spell {
  id: string;
  kind: string;
  cells: string[];
  from: number;
  until: number;
  /** As with a fault. */
  disturbs: string[];
}

/** What an observer with perfect judgement could reach in the whole plan, as the answer key says. */
export interface Ceiling {
  detectable: number;
  of: number;
  /** Of those that hurt, those whose sign stands out as long before as is asked of their kind. */
  foretellable: number;
  ofHurting: number;
}

export interface Truth {
  seed: number;
  scenario: string;
  periodMs: number;
  /** Start of the first period and END of the last one, epoch milliseconds. */
  from: number;
  until: number;
  cells: readonly string[];
  /** By cell. */
  sites: ReadonlyMap<string, string>;
  faults: Fault[];
  falsePrecursors: Spell[];
  nuisances: Spell[];
  /** By later id of a cell the first one, which the rest of the key goes by. */
  renames: ReadonlyMap<string, string>;
  ceiling?: Ceiling;
}

/** The file as it is written; what an older or smaller one lacks has a plain meaning. */
interface Written {
  seed: number;
  scenario?: string;
  periodSeconds: number;
  from: string;
  liveFrom: string;
  faults: WrittenFault[];
  falsePrecursors?: WrittenSpell[];
  nuisances?: WrittenSpell[];
  renames?: { from: string; to: string }[];
  ceiling?: Ceiling;
}
interface WrittenFault {
  id?: string;
  kind: string;
  cells: string[];
  onset: string;
  hurtsFrom?: string | null;
  repair: string | null;
  precursorFrom?: string | null;
  disturbs?: string[];
}
interface WrittenSpell {
  id?: string;
  kind: string;
  /** `*`: the whole network. */
  cells: string[];
  from?: string;
  until?: string | null;
  onset?: string;
  repair?: string | null;
  disturbs?: string[];
}

/** Reads what `--truth FILE` writes, for a run that ends where live would begin. `placed`: all cells of the network. */
export function readTruth(text: string, placed: readonly Pick<Cell, 'id' | 'siteId'>[]): Truth {
  const cells = placed.map(({ id }) => id);
  const written = JSON.parse(text) as Written;
  const [from, until] = [Date.parse(written.from), Date.parse(written.liveFrom)];
  const end = (time: string | null | undefined) => (time ? Date.parse(time) : until);
  const named = (kind: string, id: string | undefined, index: number) => ({ id: id ?? `${kind}-${index + 1}`, kind });
  const all = (named: string[]) => (named.includes('*') ? [...cells] : named);
  const fault = (one: WrittenFault, index: number): Fault => ({
    ...{ ...named(one.kind, one.id, index), cells: all(one.cells), disturbs: one.disturbs ?? [] },
    ...{ onset: Date.parse(one.onset), repair: end(one.repair) },
    hurtsFrom: one.hurtsFrom ? Date.parse(one.hurtsFrom) : null,
    precursorFrom: one.precursorFrom ? Date.parse(one.precursorFrom) : null,
  });
  const spell = (one: WrittenSpell, index: number): Spell => ({
    ...{ ...named(one.kind, one.id, index), cells: all(one.cells), disturbs: one.disturbs ?? [] },
    ...{ from: Date.parse(one.from ?? one.onset ?? written.from), until: end(one.until ?? one.repair) },
  });
  return {
    ...{ seed: written.seed, scenario: written.scenario ?? 'default', periodMs: 1000 * written.periodSeconds },
    ...{ from, until, cells, ceiling: written.ceiling },
    sites: new Map(placed.map(({ id, siteId }) => [id, siteId])),
    faults: written.faults.map(fault),
    falsePrecursors: (written.falsePrecursors ?? []).map(spell),
    nuisances: (written.nuisances ?? []).map(spell),
    renames: firstIds(written.renames ?? []),
  };
}

/** A cell may be renamed more than once, in the order of time. */
function firstIds(renames: readonly { from: string; to: string }[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { from, to } of renames) first.set(to, first.get(from) ?? from);
  return first;
}

/** From when there is anything of it to be seen. */
export function beginOf({ onset, precursorFrom }: Fault): number {
  return Math.min(onset, precursorFrom ?? onset);
}

/** It hurts people, and there is a sign of it before that. */
export function isForetellable({ hurtsFrom, precursorFrom }: Fault): boolean {
  return hurtsFrom !== null && precursorFrom !== null && precursorFrom < hurtsFrom;
}
