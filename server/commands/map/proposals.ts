// Proposes what the names that matched nothing may mean: by vendors' public tables, by spelling, by likeness.

import { bigramSimilarity } from '../../maths/bigram-similarity.ts';
import type { Cell } from '../../model/cell.ts';
import type { UnknownCell } from './tally.ts';
import type { CounterProposal } from './vendor-counters.ts';
import { VENDOR_COUNTERS } from './vendor-counters.ts';

/** Less alike is not worth a look (default). */
const LEAST_ALIKE = 0.7;
/** Comparisons of each with each; beyond them only spelling counts. */
const MOST_COMPARISONS = 2_000_000;

/** Letters and digits alone, without what vendors put before every name. */
export function bare(name: string): string {
  return name
    .replace(/^(?:pm(?=[A-Z])|VS\.|L\.|N\.)/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Finds which of our variables a sender's counter is. */
export class CounterGuesses {
  private readonly bySpelling: ReadonlyMap<string, string>;

  constructor(
    private readonly variables: readonly string[],
    /** Whether some formula asks for this name, or for what it is a part of. */
    private readonly isAskedFor: (name: string) => boolean,
  ) {
    // The shorter of two that are spelt alike: `X` before `X.sum`.
    const ordered = [...variables].sort((a, b) => b.length - a.length);
    this.bySpelling = new Map(ordered.map((name) => [bare(name), name]));
  }

  /** Undefined where nothing is near. */
  propose(sent: string): CounterProposal | undefined {
    const vendors = VENDOR_COUNTERS.get(sent);
    if (vendors)
      return this.isAskedFor(vendors.name)
        ? vendors
        : { ...vendors, confidence: 'guess', why: `${vendors.why}; no formula asks for it` };
    const spelt = this.bySpelling.get(bare(sent)) ?? this.bySpelling.get(bare(sent.replace(/\.?sum$/i, '')));
    if (spelt !== undefined)
      return { name: spelt, scale: 1, confidence: 'likely', why: 'the same name, spelt otherwise' };
    const alike = mostAlike(bare(sent), this.variables, bare);
    return alike && { name: alike.one, scale: 1, confidence: 'guess', why: `a name that is ${alike.percent} % alike` };
  }
}

export interface CellProposal {
  cell: string;
  confidence: 'likely' | 'guess';
  why: string;
}

/** Finds which cell of the inventory an object is. */
export class CellGuesses {
  /** Undefined where two cells are spelt alike. */
  private readonly bySpelling = new Map<string, string | undefined>();

  constructor(
    private readonly cells: readonly Cell[],
    private readonly objects: number,
  ) {
    for (const cell of cells) {
      for (const name of namesOf(cell)) {
        const known = this.bySpelling.get(bare(name));
        const isShared = this.bySpelling.has(bare(name)) && known !== cell.id;
        this.bySpelling.set(bare(name), isShared ? undefined : cell.id);
      }
    }
  }

  propose({ names, object }: UnknownCell): CellProposal | undefined {
    for (const name of names) {
      const cell = bare(name).length > 2 ? this.bySpelling.get(bare(name)) : undefined;
      if (cell !== undefined) return { cell, confidence: 'likely', why: 'the same name, spelt otherwise' };
    }
    if (this.cells.length * this.objects > MOST_COMPARISONS) return undefined;
    const name = object ? `${object.element.slice(object.element.lastIndexOf('=') + 1)}/${object.name}` : names[0]!;
    const alike = mostAlike(bare(name), this.cells, ({ id }) => bare(id));
    return alike && { cell: alike.one.id, confidence: 'guess', why: `a name that is ${alike.percent} % alike` };
  }
}

function namesOf({ id, name, cgi, aliases = [] }: Cell): string[] {
  return [id, name, cgi, ...aliases].filter((one) => one !== undefined);
}

function mostAlike<T>(
  text: string,
  all: readonly T[],
  textOf: (one: T) => string,
): { one: T; percent: number } | undefined {
  let best: { one: T; likeness: number } | undefined;
  for (const one of all) {
    const likeness = bigramSimilarity(text, textOf(one));
    if (likeness >= LEAST_ALIKE && likeness > (best?.likeness ?? 0)) best = { one, likeness };
  }
  return best && { one: best.one, percent: Math.round(100 * best.likeness) };
}

/** A class that has the word for a cell in its name, and is none of what lies around cells. */
export function looksLikeCells(objectClass: string): boolean {
  return (
    /cell|小区|lncel|wcel/i.test(objectClass) && !/relation|neigh|ncell|external|group|carrier|邻/i.test(objectClass)
  );
}
