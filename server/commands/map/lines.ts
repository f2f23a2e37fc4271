// From what was counted to the lines of the deployment's file, those that are surest and most often met first.

import type { Cell } from '../../model/cell.ts';
import { cellLine, counterLine, type Line } from './document.ts';
import { CellGuesses, CounterGuesses, looksLikeCells } from './proposals.ts';
import type { Count, Tally, UnknownCell } from './tally.ts';

export interface Proposals {
  counters: Line[];
  objects: Line[];
}

export function counterLines(
  { counters }: Tally,
  variables: readonly string[],
  isAskedFor: (name: string) => boolean,
): Line[] {
  const guesses = new CounterGuesses(variables, isAskedFor);
  const lines = [...counters].flatMap(([sent, seen]) => {
    const proposal = guesses.propose(sent);
    return proposal && proposal.name !== sent ? [counterLine(sent, sentenceOf(seen), proposal)] : [];
  });
  return surestFirst(withoutClashes(lines));
}

/** Two counters of one vendor cannot both be the whole of ours: then each is only a guess. */
function withoutClashes(lines: readonly Line[]): Line[] {
  const claims = new Map<string | undefined, number>();
  for (const { claim, isGuess } of lines) if (!isGuess) claims.set(claim, (claims.get(claim) ?? 0) + 1);
  return lines.map((line) => {
    const isClash = !line.isGuess && claims.get(line.claim)! > 1;
    return isClash
      ? { ...line, isGuess: true, why: `several counters claim this name, choose one; ${line.why}` }
      : line;
  });
}

export function objectLines(tally: Tally, cells: readonly Cell[]): Line[] {
  return [...classLines(tally.classes), ...cellLines([...tally.cells.values()], cells)];
}

function classLines(classes: ReadonlyMap<string, Count>): Line[] {
  return [...classes].map(([key, seen]) => {
    const isCell = looksLikeCells(key);
    const why = isCell
      ? 'guess: it may be a class of cells; write LTE, NR, UMTS or GSM'
      : 'a class that is none of cells: left out without a word';
    return { key, value: isCell ? 'LTE' : 'none', why: `${why}; ${sentenceOf(seen)}`, isGuess: isCell };
  });
}

function cellLines(unknown: readonly UnknownCell[], cells: readonly Cell[]): Line[] {
  if (cells.length === 0) return [];
  const guesses = new CellGuesses(cells, unknown.length);
  const ldns = new Map<string, number>();
  for (const { object } of unknown) if (object) ldns.set(object.ldn, (ldns.get(object.ldn) ?? 0) + 1);
  const lines = unknown.flatMap((one) => {
    const proposal = guesses.propose(one);
    // A sender that names cells itself is mended by an alias in the inventory.
    if (!proposal || !one.object) return [];
    const { element, ldn } = one.object;
    const key = ldns.get(ldn) === 1 ? ldn : `${element},${ldn}`;
    return [cellLine(key, `${one.count}×`, proposal)];
  });
  return surestFirst(lines);
}

function surestFirst(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => Number(a.isGuess) - Number(b.isGuess));
}

function sentenceOf({ count, example }: Count): string {
  return `${count}×, e.g. ${example}`;
}
