// Tells whether a text begins with a heading in Chinese that is known here, which shows that it was decoded rightly.

import { cellField } from './cell-fields.ts';
import { readHeading } from './heading.ts';
import { personField } from './people-fields.ts';
import { isReadingWord } from './reading-columns.ts';
import { sampleField } from './sample-fields.ts';

/** As far as headings are looked for. */
const HEAD_CHARACTERS = 16_384;
const LONGEST_HEADING = 60;

export function showsChineseHeading(text: string): boolean {
  return text
    .slice(0, HEAD_CHARACTERS)
    .split(/[,;\t|\r\n]+/)
    .some((field) => field.length <= LONGEST_HEADING && isKnown(field.replaceAll('"', '')));
}

function isKnown(heading: string): boolean {
  const { name } = readHeading(heading);
  if (!/\p{Script=Han}{2}/u.test(name)) return false;
  return (
    isReadingWord(name) || (cellField(name) ?? sampleField(name) ?? personField('subscribers', name)) !== undefined
  );
}
