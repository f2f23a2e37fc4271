// Readings as one JSON document: `{"readings":[…]}`, a bare list, or one bare reading.

import type { Parsed } from '../../model/sent.ts';
import type { Format, FormatContext } from '../format.ts';
import { jsonList } from '../json-list.ts';
import { readingRecord } from '../reading-record.ts';

export const readingsJson: Format = {
  name: 'readings-json',
  looksLike: (head) =>
    /^\uFEFF?\s*(?:\{[^[]*"readings"\s*:|\[\s*\{(?![^}]*"lat")[^}]*"(?:cell|at|kpis)"\s*:)/.test(head),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<Parsed> {
  const { file } = context;
  for (const item of jsonList(text, 'readings')) {
    if (item.kind === 'rejection') yield { kind: 'rejection', rejection: { ...item.rejection, file } };
    else yield readingRecord(item.value, { index: item.index, line: item.line, file });
  }
}
