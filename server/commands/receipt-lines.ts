// A receipt in lines for whoever sits at the command line: how much went in, what was refused and where, what else there is to know.

import type { Receipt } from '../model/rejection.ts';

/** Of rows that are refused alike only so many are shown: a whole table may be. */
const MOST_SHOWN_ALIKE = 3;

/** @param own name of the file, which is not repeated on each line */
export function receiptLines(receipt: Receipt, own: string): string[] {
  const { accepted, rejected, late = 0, notes = [] } = receipt;
  const counts = `${accepted} accepted, ${rejected} refused${late > 0 ? `, ${late} late` : ''}`;
  return [counts, ...refusalLines(receipt, own), ...notes.map((note) => `note: ${note}`)];
}

/** What was refused, with its place; of rows that are refused alike in one file only the first few. */
function refusalLines({ rejected, rejections }: Receipt, own: string): string[] {
  const alike = new Map<string, number>();
  const shown = rejections.filter(({ file, reason, field }) => {
    const kind = `${file} ${reason} ${field}`;
    alike.set(kind, (alike.get(kind) ?? 0) + 1);
    return alike.get(kind)! <= MOST_SHOWN_ALIKE;
  });
  const rest = rejected - shown.reduce((sum, { count = 1 }) => sum + count, 0);
  const lines = shown.map(({ reason, detail, file: member, line, count }) => {
    const place = member === undefined || member === own ? '' : `${member}: `;
    const times = count && count > 1 ? ` (${count}×)` : '';
    return `${place}${line === undefined ? '' : `line ${line}: `}${reason}: ${detail}${times}`;
  });
  return rest > 0 ? [...lines, `… and ${rest} more: GET /api/rejections lists what was refused`] : lines;
}
