// Readings as lines of InfluxDB's line protocol: measurement `cell_kpi`, tags `cell` and `period`, one field a value.

import {
  encodeName,
  fieldOfCounter,
  fieldOfKpi,
  LATE_FIELD,
  MEASUREMENT,
  SUSPECT_FIELD,
} from '../../model/line-protocol.ts';
import type { ReadingBatch } from '../../model/reading.ts';

/** Gives `take` one line a row, timestamps in milliseconds, with the index of its cell; rows without any value give none. */
export function writeLines(batch: ReadingBatch, take: (cell: number, line: string) => void): void {
  const tags = batch.cells.map((cell) => `${MEASUREMENT},cell=${escapeName(encodeName(cell))},period=`);
  const fields = [
    ...batch.kpis.map(({ name, values }) => ({ key: `${escapeName(fieldOfKpi(name))}=`, values })),
    ...batch.counters.map(({ name, values }) => ({ key: `${escapeName(fieldOfCounter(name))}=`, values })),
  ];
  for (let row = 0; row < batch.rows; row++) {
    let text = '';
    for (const { key, values } of fields) {
      const value = values[row]!;
      if (Number.isFinite(value)) text += `${text && ','}${key}${value}`;
    }
    if (text === '') continue;
    if (batch.suspect[row] === 1) text += `,${SUSPECT_FIELD}=true`;
    if (batch.late?.[row] === 1) text += `,${LATE_FIELD}=true`;
    const cell = batch.cell[row]!;
    take(cell, `${tags[cell]}${batch.periodSeconds[row]} ${text} ${Math.round(batch.at[row]!)}`);
  }
}

function escapeName(name: string): string {
  return name.replace(/[ ,=]/g, '\\$&');
}
