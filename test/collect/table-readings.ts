// All that readings as CSV come to: what the format yields, and what intake keeps of it.

import type { FormatContext } from '../../server/collect/format.ts';
import { readingsCsv } from '../../server/collect/formats/readings-csv.ts';
import { Intake } from '../../server/intake/intake.ts';
import type { ZoneOffset } from '../../server/maths/parse-time.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { Parsed } from '../../server/model/sent.ts';

export interface KeptReading {
  cell: string;
  at: string;
  periodSeconds: number;
  values: Record<string, number>;
}

/** As the format hands them over. */
export function parsedCsv(text: string, zoneOffsetMinutes: ZoneOffset = 0) {
  const context: FormatContext = { zoneOffsetMinutes };
  const parsed = [...readingsCsv.parse(text, context)];
  return { parsed, notes: context.notes ?? [] };
}

/** As they stand in the journal, in order of cell and time. */
export async function keptOf(parsed: Iterable<Parsed>, now = Date.UTC(2026, 11, 1)) {
  const names = { find: () => undefined, findInInventory: () => undefined };
  const intake = new Intake({ names, stored: async () => [], radioOf: () => null, unplaced: () => {} });
  const { batches, receipt, rejections } = await intake.accept(parsed, () => 'csv/test', { now, zoneOffsetMinutes: 0 });
  const readings = batches.flatMap(rowsOf).sort((a, b) => (`${a.cell} ${a.at}` < `${b.cell} ${b.at}` ? -1 : 1));
  return { readings, receipt, rejections };
}

/** Text in, kept readings and refusals out. */
export async function takenCsv(text: string, zone: ZoneOffset = 0) {
  const { parsed, notes } = parsedCsv(text, zone);
  return { ...(await keptOf(parsed)), notes };
}

function rowsOf(batch: ReadingBatch): KeptReading[] {
  return Array.from({ length: batch.rows }, (_, row) => ({
    cell: batch.cells[batch.cell[row]!]!,
    at: new Date(batch.at[row]!).toISOString(),
    periodSeconds: batch.periodSeconds[row]!,
    values: Object.fromEntries(
      [...batch.kpis, ...batch.counters]
        .map(({ name, values }) => [name, values[row]!] as const)
        .filter(([, value]) => !Number.isNaN(value)),
    ),
  }));
}

/** What a person sees of a refusal. */
export const brief = (rejections: readonly Rejection[]) =>
  rejections.map(({ reason, line, field, count }) => ({ reason, line, field, count }));
