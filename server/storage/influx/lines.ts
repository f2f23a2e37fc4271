// Readings as lines of InfluxDB's line protocol: measurement `cell_kpi`, tags `cell` and `period`, one field a value.

import { TextBytes } from '../../maths/text-bytes.ts';
import {
  encodeName,
  fieldOfCounter,
  fieldOfKpi,
  LATE_FIELD,
  MEASUREMENT,
  SUSPECT_FIELD,
} from '../../model/line-protocol.ts';
import type { ReadingBatch } from '../../model/reading.ts';

const FIRST_BYTES = 1024;
const COMMA = Buffer.from(',');

/** Gives `take` one line a row, timestamps in milliseconds, with the index of its cell; rows without any value give none. */
export function writeLines(batch: ReadingBatch, take: (cell: number, line: string) => void): void {
  const tags = batch.cells.map((cell) => `${MEASUREMENT},cell=${escapeName(encodeName(cell))},period=`);
  const fields = [
    ...batch.kpis.map(({ name, values }) => ({ key: keyOf(fieldOfKpi(name)), values })),
    ...batch.counters.map(({ name, values }) => ({ key: keyOf(fieldOfCounter(name)), values })),
  ];
  const text = new TextBytes(FIRST_BYTES);
  for (let row = 0; row < batch.rows; row++) {
    for (const { key, values } of fields) {
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      if (text.length > 0) text.ready(COMMA);
      text.ready(key);
      text.number(value);
    }
    if (text.length === 0) continue;
    if (batch.suspect[row] === 1) text.text(`,${SUSPECT_FIELD}=true`);
    if (batch.late?.[row] === 1) text.text(`,${LATE_FIELD}=true`);
    const cell = batch.cell[row]!;
    take(cell, `${tags[cell]}${batch.periodSeconds[row]} ${text.take()} ${Math.round(batch.at[row]!)}`);
  }
}

const keyOf = (field: string): Uint8Array => Buffer.from(`${escapeName(field)}=`);

function escapeName(name: string): string {
  return name.replace(/[ ,=]/g, '\\$&');
}
