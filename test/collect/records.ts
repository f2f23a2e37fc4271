// All that a format of records yields from one text.

import type { FormatContext } from '../../server/collect/format.ts';
import type { RawRecord, RecordFormat } from '../../server/collect/record-format.ts';
import type { Rejection } from '../../server/model/rejection.ts';

export function readRecords(format: RecordFormat, text: string) {
  const context: FormatContext = { zoneOffsetMinutes: 0 };
  const records: RawRecord[] = [];
  const rejections: Rejection[] = [];
  for (const parsed of format.parse(text, context)) {
    if (parsed.kind === 'record') records.push(parsed.record);
    else rejections.push(parsed.rejection);
  }
  return { records, rejections, notes: context.notes };
}
