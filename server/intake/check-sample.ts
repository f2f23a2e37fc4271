// Checks one raw radio sample: its time and place must be right; what was not measured becomes NaN and is told.

import { RADIOS, type Radio } from '../model/cell.ts';
import { SAMPLE_KINDS, SAMPLE_VALUES, type SampleKind } from '../model/sample.ts';
import { type CheckContext, checkTime, numberOf, quote, type Refusal } from './check-reading.ts';

/** A sample as the formats hand it over: field names as in `Sample`, values of any kind. */
export type RawSample = Record<string, unknown>;

export interface CheckedSample {
  at: number;
  lat: number;
  lon: number;
  /** Names of the serving cell, best first; none when the sample names no cell. */
  cells: string[];
  operator?: string;
  band?: string;
  radio?: Radio;
  kind?: SampleKind;
  indoor?: boolean;
  /** In the order of SAMPLE_VALUES, as written; NaN where nothing was given. */
  values: number[];
}

const LONGEST_CELL_NAME = 300;
const LONGEST_OPERATOR = 100;
const LONGEST_BAND = 50;

export function checkSample(raw: RawSample, context: CheckContext): CheckedSample | Refusal {
  const at = raw.at === undefined ? NO_TIME : checkTime(raw.at, context);
  if (typeof at !== 'number') return at;
  const place = checkPlace(raw.lat, raw.lon);
  if ('reason' in place) return place;
  const checked: CheckedSample = { at, ...place, cells: [], values: [] };
  return checkNames(raw, checked) ?? checkChoices(raw, checked) ?? checkValues(raw, checked) ?? checked;
}

const NO_TIME: Refusal = {
  reason: 'missing-field',
  field: 'at',
  detail: 'give "at", the time of the measurement, as ISO 8601 or epoch milliseconds',
};

function checkPlace(lat: unknown, lon: unknown): { lat: number; lon: number } | Refusal {
  const north = checkDegrees('lat', lat, 90);
  if (typeof north !== 'number') return north;
  const east = checkDegrees('lon', lon, 180);
  if (typeof east !== 'number') return east;
  // How phones without a fix write where they are; both points lie in the Gulf of Guinea.
  if ((north === 0 && east === 0) || (north === -1 && east === -1)) {
    const detail = `lat ${north}, lon ${east} is how a phone writes that it knows no place: send only samples with a position`;
    return { reason: 'out-of-range', field: 'lat', detail, excerpt: `${north}, ${east}` };
  }
  return { lat: north, lon: east };
}

function checkDegrees(field: 'lat' | 'lon', value: unknown, limit: number): number | Refusal {
  if (value === undefined || value === null) {
    return { reason: 'missing-field', field, detail: `give "${field}", degrees of WGS 84: a sample has a place` };
  }
  const degrees = typeof value === 'string' ? numberOf(value) : value;
  if (typeof degrees !== 'number' || !Number.isFinite(degrees)) {
    return { reason: 'not-a-number', field, detail: `"${field}" is ${quote(value)}: give degrees of WGS 84` };
  }
  if (Math.abs(degrees) <= limit) return degrees;
  const hint = 'give degrees of WGS 84, not metres of a map projection';
  return { reason: 'out-of-range', field, detail: `"${field}" is ${degrees}, outside −${limit}…${limit}: ${hint}` };
}

function checkNames(raw: RawSample, checked: CheckedSample): Refusal | undefined {
  const named: unknown[] = Array.isArray(raw.cell) ? raw.cell : raw.cell === undefined ? [] : [raw.cell];
  for (const one of named) {
    const name = nameOf('cell', one, LONGEST_CELL_NAME);
    if (typeof name !== 'string') return name;
    checked.cells.push(name);
  }
  for (const [field, longest] of [
    ['operator', LONGEST_OPERATOR],
    ['band', LONGEST_BAND],
  ] as const) {
    if (raw[field] === undefined || raw[field] === null) continue;
    const name = nameOf(field, raw[field], longest);
    if (typeof name !== 'string') return name;
    checked[field] = name;
  }
  return undefined;
}

function nameOf(field: string, value: unknown, longest: number): string | Refusal {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return { reason: 'wrong-type', field, detail: `"${field}" is ${quote(value)}: give it as text, or leave it out` };
  }
  const name = String(value).trim();
  if (name.length > 0 && name.length <= longest && !/\p{Cc}/u.test(name)) return name;
  const detail = `"${field}" is ${quote(name)}: it has 1 to ${longest} characters and no control characters`;
  return { reason: 'wrong-type', field, detail };
}

function checkChoices(raw: RawSample, checked: CheckedSample): Refusal | undefined {
  const { radio, kind, indoor } = raw;
  if (radio !== undefined && radio !== null) {
    checked.radio = RADIOS.find((one) => one === radio);
    if (!checked.radio) return oneOf('radio', radio, RADIOS, 'unknown-radio');
  }
  if (kind !== undefined && kind !== null) {
    checked.kind = SAMPLE_KINDS.find((one) => one === kind);
    if (!checked.kind) return oneOf('kind', kind, SAMPLE_KINDS, 'wrong-type');
  }
  if (indoor === undefined || indoor === null) return undefined;
  const said = String(indoor).trim().toLowerCase();
  if (!/^(?:true|false|1|0|yes|no|indoor|outdoor)$/.test(said))
    return oneOf('indoor', indoor, ['true', 'false'], 'wrong-type');
  checked.indoor = ['true', '1', 'yes', 'indoor'].includes(said);
  return undefined;
}

function oneOf(field: string, value: unknown, choices: readonly string[], reason: Refusal['reason']): Refusal {
  return { reason, field, detail: `"${field}" is ${quote(value)}: give one of ${choices.join(', ')}, or leave it out` };
}

/** Text that is no number is an error; a number that cannot have been measured is for the caller to see. */
function checkValues(raw: RawSample, checked: CheckedSample): Refusal | undefined {
  for (const field of SAMPLE_VALUES) {
    const value = raw[field];
    const isNothing = value === undefined || value === null || (typeof value === 'number' && !Number.isFinite(value));
    const number = isNothing ? Number.NaN : typeof value === 'string' ? numberOf(value) : value;
    if (typeof number !== 'number') {
      const detail = `"${field}" is ${quote(value)}: give a number, or leave it out when it was not measured`;
      return { reason: 'not-a-number', field, detail };
    }
    checked.values.push(number);
  }
  return undefined;
}
