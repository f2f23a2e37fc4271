// Readings as lines of InfluxDB's line protocol: measurement `cell_kpi`, tags `cell` and `period`, one field a value.
//
// Line protocol cannot carry every name: a line break ends the line, and a backslash at the end of a name escapes what
// follows. Such characters travel as %XX, and % itself as %25; every other name stands as it is, for other tools to read.

import type { ReadingBatch } from '../../model/reading.ts';

export const MEASUREMENT = 'cell_kpi';
/** Set to true where the sender doubts the values, never to false: a period is suspect once any part of it was. */
export const SUSPECT_FIELD = 'suspect';
/** The same for a period any part of which came after a newer one. */
export const LATE_FIELD = 'late';

const COUNTER_PREFIX = 'c:';
const KPI_PREFIX = 'k:';
/** Field names that InfluxDB or we use for something else. */
const TAKEN = new Set(['time', 'cell', 'period', SUSPECT_FIELD, LATE_FIELD]);

export type FieldName = { kind: 'kpi' | 'counter'; name: string };

/** A KPI's field is its id, so that dashboards stay readable; only where that is taken it gets a prefix. */
export function fieldOfKpi(id: string): string {
  const taken = TAKEN.has(id) || id.startsWith(COUNTER_PREFIX) || id.startsWith(KPI_PREFIX);
  return encodeName(taken ? `${KPI_PREFIX}${id}` : id);
}

export function fieldOfCounter(name: string): string {
  return encodeName(`${COUNTER_PREFIX}${name}`);
}

/** What a field holds; undefined for those that hold no value. */
export function readField(field: string): FieldName | undefined {
  if (TAKEN.has(field)) return undefined;
  const name = decodeName(field);
  if (name.startsWith(COUNTER_PREFIX)) return { kind: 'counter', name: name.slice(COUNTER_PREFIX.length) };
  return { kind: 'kpi', name: name.startsWith(KPI_PREFIX) ? name.slice(KPI_PREFIX.length) : name };
}

export function encodeName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what line protocol cannot carry.
  return name.replace(/[%\\\u0000-\u001f\u007f]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function decodeName(text: string): string {
  return text.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

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
