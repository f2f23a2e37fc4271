// How readings stand in InfluxDB's line protocol, as our store writes them and our doors read them: the measurement, its tags, and names of fields.
//
// Line protocol cannot carry every name: a line break ends the line, and a backslash at the end of a name escapes what
// follows. Such characters travel as %XX, and % itself as %25; every other name stands as it is, for other tools to read.

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

/** Undoes exactly what `encodeName` does: the percent signs of other senders stay. */
export function decodeName(text: string): string {
  return text.replace(/%(25|5c|7f|[01][0-9a-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Units in which a door may be told that timestamps count, in milliseconds: those of InfluxDB 1.x and 2.x. */
export const PRECISION_MS = {
  n: 1e-6,
  ns: 1e-6,
  u: 1e-3,
  us: 1e-3,
  µ: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
} as const;

export type LinePrecision = keyof typeof PRECISION_MS;
