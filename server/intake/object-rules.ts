// What a deployment says of its senders' objects: which classes are cells, and which cell an object of a given name is.

import { RADIOS, type Radio } from '../model/cell.ts';

/** A radio: objects of the class are cells of it. `none`: they are no cells, and nobody needs to be told again. */
export type ClassMeaning = Radio | 'none';
export const CLASS_MEANINGS: readonly ClassMeaning[] = [...RADIOS, 'none'];

export interface ObjectRules {
  classes: ReadonlyMap<string, ClassMeaning>;
  /**
   * First match wins. `object`: a whole name as senders write it, with `{word}` for a piece without `/`, `,` and `=`, and `{}`
   * for one that is not needed. `cell`: id or alias of the cell, with the same words.
   */
  names: readonly { object: string; cell: string }[];
}

const NO_RULES: ObjectRules = { classes: new Map(), names: [] };

interface Template {
  pattern: RegExp;
  cell: string;
}

const WORD = /\{(\w*)\}/g;
/** Names that are longer are matched by no template. */
const LONGEST_NAME = 1000;

export class ObjectMeanings {
  private readonly classes: ReadonlyMap<string, ClassMeaning>;
  private readonly exact: ReadonlyMap<string, string>;
  private readonly templates: readonly Template[];

  constructor({ classes, names }: ObjectRules = NO_RULES) {
    this.classes = new Map([...classes].map(([name, meaning]) => [name.toLowerCase(), meaning]));
    this.exact = new Map(
      names.filter(({ object }) => wordsIn(object).length === 0).map((one) => [one.object, one.cell]),
    );
    this.templates = names
      .filter(({ object }) => wordsIn(object).length > 0)
      .map(({ object, cell }) => ({ pattern: patternOf(object), cell }));
  }

  meaningOf(objectClass: string): ClassMeaning | undefined {
    return this.classes.get(objectClass.toLowerCase());
  }

  /** The cell's name by the first of these names of an object that some rule knows. */
  cellOf(names: readonly string[]): string | undefined {
    for (const name of names) {
      const cell = this.exact.get(name) ?? this.byTemplate(name);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  private byTemplate(name: string): string | undefined {
    if (name.length > LONGEST_NAME) return undefined;
    for (const { pattern, cell } of this.templates) {
      const found = pattern.exec(name);
      if (found) return cell.replace(WORD, (_, word: string) => found.groups?.[word] ?? '');
    }
    return undefined;
  }
}

/** The words of a template, `''` for `{}`. */
export function wordsIn(template: string): string[] {
  return Array.from(template.matchAll(WORD), ([, word]) => word!);
}

/** Pieces that touch would have to be guessed apart. */
export function hasTouchingWords(template: string): boolean {
  return /\}\{/.test(template);
}

/** A word that comes again must stand for the same. */
function patternOf(template: string): RegExp {
  const seen = new Set<string>();
  const pieces = template.split(WORD).map((piece, i) => {
    if (i % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (piece === '') return '[^/,=]+';
    if (seen.has(piece)) return `\\k<${piece}>`;
    seen.add(piece);
    return `(?<${piece}>[^/,=]+)`;
  });
  return new RegExp(`^${pieces.join('')}$`);
}
