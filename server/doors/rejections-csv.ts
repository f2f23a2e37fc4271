// What was refused as a CSV file, for whoever mends the senders in a spreadsheet.

import type { RejectionList } from '../api/contract.ts';
import { csvField } from '../words/csv-field.ts';

const COLUMNS = ['at', 'source', 'reason', 'count', 'file', 'line', 'index', 'field', 'detail', 'excerpt'] as const;

export function rejectionsCsv({ rejections }: Pick<RejectionList, 'rejections'>): string {
  const rows = rejections.map((one) =>
    COLUMNS.map((name) => csvField(name === 'count' ? (one.count ?? 1) : one[name])),
  );
  const text = [COLUMNS, ...rows].map((fields) => `${fields.join(',')}\r\n`).join('');
  // Spreadsheets take a file for UTF-8 only by this mark; plain ASCII does without.
  return /\P{ASCII}/u.test(text) ? `\uFEFF${text}` : text;
}
