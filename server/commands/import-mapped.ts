// Imports a foreign table as a mapping file says: piece by piece through the ordinary doors; refusals name its own lines.

import { mapTable } from '../collect/mapped-table.ts';
import type { Mapping } from '../collect/mapping.ts';
import { unpack } from '../collect/unpack.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';

/** A table is held in memory as a whole. */
const MOST_TABLE_BYTES = 256 << 20;
const MOST_SHOWN_REJECTIONS = 100;

export async function takeMapped(
  name: string,
  bytes: Uint8Array,
  mapping: Mapping,
  take: (name: string, bytes: Uint8Array) => Promise<Receipt>,
  { zone, charset }: { zone: ZoneOffset; charset?: string },
): Promise<Receipt> {
  const other = otherSheet(name, mapping);
  if (other !== undefined)
    return receiptOf(0, [], [`the sheet "${other}" was not read: the mapping names "${mapping.sheet}"`]);
  const unpacked = await unpack(bytes, MOST_TABLE_BYTES, { standard: charset, isRight: showsColumns(mapping) });
  if (unpacked.kind === 'rejection') return receiptOf(0, [unpacked.rejection], []);
  const { documents, rejections, notes: ownNotes } = mapTable(unpacked.text, mapping, zone);
  let accepted = 0;
  let refused = 0;
  const notes = new Set([...(unpacked.note ? [unpacked.note] : []), ...ownNotes]);
  for (const { text, lines } of documents) {
    const receipt = await take(name, Buffer.from(text));
    accepted += receipt.accepted;
    // Of many refusals only the first are in the receipt.
    refused += receipt.rejected - receipt.rejections.reduce((sum, { count = 1 }) => sum + count, 0);
    for (const rejection of receipt.rejections) rejections.push(onItsLine(rejection, lines));
    for (const note of receipt.notes ?? []) notes.add(note);
  }
  return receiptOf(accepted, rejections, [...notes], refused);
}

/** Whether a text has the columns that the mapping names in Chinese: then it was decoded rightly. */
function showsColumns({ columns, compute }: Mapping): ((text: string) => boolean) | undefined {
  const chinese = [...Object.values(columns), ...Object.values(compute).flat()].filter((name) =>
    /\p{Script=Han}/u.test(name),
  );
  return chinese.length === 0 ? undefined : (text) => chinese.every((name) => text.includes(name));
}

/** Of a spreadsheet file each sheet comes as `book.xlsx/sheet.csv`; undefined for the one that is meant, and for other tables. */
function otherSheet(name: string, { sheet }: Mapping): string | undefined {
  const found = /\.xls[xm]\/(.*)\.csv$/i.exec(name)?.[1];
  return sheet !== undefined && found !== sheet ? found : undefined;
}

/** The place in the document means nothing to whoever wrote the table. */
function onItsLine({ index, ...rejection }: Rejection, lines: readonly number[]): Rejection {
  const line = index === undefined ? undefined : lines[index];
  return line === undefined ? rejection : { ...rejection, line };
}

function receiptOf(accepted: number, rejections: readonly Rejection[], notes: string[], notShown = 0): Receipt {
  const rejected = rejections.reduce((sum, { count = 1 }) => sum + count, notShown);
  const shown = rejections.slice(0, MOST_SHOWN_REJECTIONS);
  return { accepted, rejected, rejections: shown, ...(notes.length > 0 && { notes }) };
}
