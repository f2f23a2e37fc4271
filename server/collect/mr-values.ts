// What the columns of single measurement reports (MRO) mean: codes of 3GPP to dBm, dB, steps and degrees.

import type { RawReport } from '../model/measurement-report.ts';

type Value = 'rsrpDbm' | 'rsrqDb' | 'sinrDb' | 'timingAdvance' | 'arrivalDeg' | 'lat' | 'lon';

interface Column {
  value: Value;
  /** What a code may be; others stand for "not measured". */
  range: readonly [number, number];
  read(code: number): number;
}

/** A code n says "below its own edge": the level is told as that edge, `n + lowest`. */
const code = (value: Value, most: number, step: number, lowest: number): Column => ({
  value,
  range: [0, most],
  read: (n) => n * step + lowest,
});
/** Some senders have translated the codes already: a level below zero is dBm or dB. */
const levelOr = (column: Column, lowest: number): Column => ({
  ...column,
  range: [lowest, column.range[1]],
  read: (n) => (n < 0 ? n : column.read(n)),
});
const plain = (value: Value, most: number): Column => ({ value, range: [-most, most], read: (n) => n });
/** TS 36.133, 10.2.1: steps of half a degree from geographical north, counter-clockwise; the middle of a step. */
const arrival: Column = { value: 'arrivalDeg', range: [0, 719], read: (n) => (720 - n - 0.5) / 2 };

/**
 * By the column's name in lower case. LTE: RSRP TS 36.133 9.1.4, RSRQ 9.1.7, timing advance TS 36.213 4.2.3. NR: SS-RSRP
 * TS 38.133 10.1.6, SS-RSRQ 10.1.11, SS-SINR 10.1.16. `MR.LteScSinrUL` is the uplink's and says nothing of what a phone hears.
 */
const COLUMNS: Readonly<Record<string, Column>> = {
  'mr.ltescrsrp': levelOr(code('rsrpDbm', 97, 1, -140), -156),
  'mr.ltescrsrq': levelOr(code('rsrqDb', 34, 0.5, -20), -34),
  'mr.ltesctadv': code('timingAdvance', 1282, 1, 0),
  'mr.ltescaoa': arrival,
  'mr.nrscssrsrp': levelOr(code('rsrpDbm', 126, 1, -156), -156),
  'mr.nrscssrsrq': levelOr(code('rsrqDb', 126, 0.5, -43), -43),
  'mr.nrscsssinr': code('sinrDb', 126, 0.5, -23),
  'mr.nrsctadv': code('timingAdvance', 3846, 1, 0),
  'mr.haoa': arrival,
  'mr.nrschaoa': arrival,
  'mr.longitude': plain('lon', 180),
  'mr.latitude': plain('lat', 90),
};

/** What else networks write: neighbours, uplink, load, other technologies. Read by nobody here, and no surprise. */
const FAMILIES =
  /^mr\.(?:lte|nr|tds|td|gsm|utra|wcdma|umts|cdma|hrpd|cqi|ri\d*|haoa|vaoa|phr|rip|plr|longitude|latitude)/i;

/** Where what stands in the rows of one table. */
export interface ReportColumns {
  count: number;
  places: readonly { place: number; column: Column; name: string }[];
  /** Names that mean nothing here. */
  unknown: string[];
  hasLevel: boolean;
}

export function reportColumns(names: readonly string[]): ReportColumns {
  const places = names.flatMap((name, place) => {
    const column = Object.hasOwn(COLUMNS, name.toLowerCase()) ? COLUMNS[name.toLowerCase()] : undefined;
    return column ? [{ place, column, name }] : [];
  });
  const unknown = names.filter((name) => !FAMILIES.test(name));
  return { count: names.length, places, unknown, hasLevel: places.some(({ column }) => column.value === 'rsrpDbm') };
}

/** The measured values of one row. */
export type ReportValues = Partial<Pick<RawReport, Value>>;

export interface ReadRow {
  values: ReportValues;
  /** Columns whose number is none that they can hold. */
  impossible: string[];
  /** A column whose text is no number, and that text. */
  wrong?: { name: string; text: string };
}

export function readRow(row: readonly string[], { places }: ReportColumns): ReadRow {
  const read: ReadRow = { values: {}, impossible: [] };
  for (const { place, column, name } of places) {
    const text = row[place]!;
    if (isNil(text)) continue;
    const number = Number(text);
    if (!Number.isFinite(number)) read.wrong ??= { name, text };
    else if (number < column.range[0] || number > column.range[1]) read.impossible.push(name);
    else read.values[column.value] ??= column.read(number);
  }
  return read;
}

const isNil = (text: string): boolean => /^(?:nil|null|nan|n\/a|-)$/i.test(text);
