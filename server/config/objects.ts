// Reads the section `objects` of the deployment's file: which classes are cells, and which cell an object of a given name is.

import {
  CLASS_MEANINGS,
  type ClassMeaning,
  hasTouchingWords,
  type ObjectRules,
  wordsIn,
} from '../intake/object-rules.ts';
import type { Setting } from './file.ts';

/** The name of an object has a path, or a key and a value; a class is but a word. */
const CLASS = /^[^/,=:{}]+$/;

/**
 * ```yaml
 * objects:
 *   CellTDD: LTE                                                      # a class: its objects are LTE cells
 *   Beam: none                                                        # a class that is none of cells
 *   'PLMN-PLMN/MRBTS-{site}/LNBTS-{}/LNCEL-{n}': 'S{site}-{n}'        # names of objects → ids or aliases of cells
 *   'SubNetwork=1,ManagedElement=7,EUtranCellFDD=B': harbour-7-B
 * ```
 * Throws ConfigError with the line of the first entry that is wrong.
 */
export function readObjects(section: Setting | undefined): ObjectRules {
  const classes = new Map<string, ClassMeaning>();
  const names: { object: string; cell: string }[] = [];
  for (const [key, value] of section?.entries() ?? []) {
    const text = value.text();
    const meaning = CLASS_MEANINGS.find((one) => one === text);
    if (meaning && !CLASS.test(key))
      value.fail(`is ${meaning}, but the key is the name of one object and not a class: give its cell`);
    if (meaning) classes.set(key, meaning);
    else names.push({ object: key, cell: checkedCell(key, text, value) });
  }
  return { classes, names };
}

function checkedCell(object: string, cell: string, value: Setting): string {
  if (hasTouchingWords(object)) value.fail('has two words in braces that touch: write what stands between them');
  const known = wordsIn(object);
  if (known.some((word) => /^\d/.test(word))) value.fail('has a word in braces that begins with a digit');
  const unknown = wordsIn(cell).find((word) => word === '' || !known.includes(word));
  if (unknown !== undefined) value.fail(`uses {${unknown}}, which does not stand in the name of the object`);
  return cell;
}
