// Radio samples as one JSON document: `{"samples":[…]}`, a bare list, or one bare sample.

import type { FormatContext } from '../format.ts';
import { jsonList } from '../json-list.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';
import { beginsWithSample, SampleObjects } from '../sample-object.ts';

export const samplesJson: RecordFormat = {
  name: 'samples-json',
  looksLike: (head) =>
    /^\uFEFF?\s*\{[^[]*"samples"\s*:/.test(head) || (/^\uFEFF?\s*\[\s*\{/.test(head) && beginsWithSample(head)),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const { file } = context;
  const objects = new SampleObjects();
  for (const item of jsonList(text, 'samples')) {
    if (item.kind === 'rejection') yield { kind: 'rejection', rejection: { ...item.rejection, file } };
    else yield objects.read(item.value, { index: item.index, line: item.line, file });
  }
  objects.tellUnused(context);
}
