// Makes a columnar batch from readings written one by one: the form in which tests are read.

import type { Column, Reading, ReadingBatch } from '../server/model/reading.ts';

type Written = Partial<Reading> & Pick<Reading, 'cell' | 'at'>;

export function batchOf(readings: readonly Written[], source = 'test'): ReadingBatch {
  const cells = [...new Set(readings.map((reading) => reading.cell))];
  return {
    source,
    receivedAt: 1_700_000_000_000,
    rows: readings.length,
    cells,
    cell: Uint32Array.from(readings, (reading) => cells.indexOf(reading.cell)),
    at: Float64Array.from(readings, (reading) => reading.at),
    periodSeconds: Uint32Array.from(readings, (reading) => reading.periodSeconds ?? 900),
    suspect: Uint8Array.from(readings, (reading) => (reading.suspect ? 1 : 0)),
    ...(readings.some(({ late }) => late) && { late: Uint8Array.from(readings, ({ late }) => (late ? 1 : 0)) }),
    kpis: columnsOf(readings.map((reading) => reading.kpis ?? {})),
    counters: columnsOf(readings.map((reading) => reading.counters ?? {})),
  };
}

function columnsOf(rows: readonly Record<string, number>[]): Column[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.map((name) => ({ name, values: Float64Array.from(rows, (row) => row[name] ?? Number.NaN) }));
}
