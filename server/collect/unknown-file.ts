// What to do with a file that is in no format known here, by how it begins.

import { MAPPED_KINDS } from './mapping.ts';

const LINES_LOOKED_AT = 6;
const HEAD_CHARACTERS = 8000;
const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The rest of a sentence that begins with the file's name. */
export function unknownFile(text: string): string {
  const lines = text
    .slice(0, HEAD_CHARACTERS)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, LINES_LOOKED_AT);
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 0) return 'is empty: send it again';
  return isTable(filled)
    ? `is in no format known here: a table with headings of its own needs a mapping to one of the kinds ${MAPPED_KINDS.join(', ')} (cellstar map FILE --out mapping.json, then cellstar import --map mapping.json FILE)`
    : 'is in no format known here: look at how it begins';
}

/** Two lines, one below the other, of as many columns; neither markup nor JSON. */
function isTable(lines: readonly string[]): boolean {
  if (/^\s*[<{[]/.test(lines[0]!)) return false;
  return SEPARATORS.some((separator) => {
    const columns = lines.map((line) => line.split(separator).length);
    return columns.some((count, i) => count > 1 && count === columns[i + 1]);
  });
}
