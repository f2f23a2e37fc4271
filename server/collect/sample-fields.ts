// Which column or key of a radio sample means which field, in which unit, and of which technology where its name says so.

import type { Radio } from '../model/cell.ts';
import { SAMPLE_KINDS, type Sample, type SampleKind } from '../model/sample.ts';
import { plain } from './cell-fields.ts';
import { radioNamed } from './radio-names.ts';
import type { RawRecord } from './record-format.ts';

export interface SampleField {
  field: keyof Sample;
  /** Takes the column's unit to the field's. */
  factor?: number;
  /** The column holds this technology only: RSCP is UMTS's, RxLev GSM's, SS-RSRP NR's. */
  radio?: Radio;
}

/** Names as `plain` writes them. */
const NAMES: Record<keyof Sample, string[]> = {
  at: ['at', 'timestamp', 'time', 'datetime', 'measuredat', '时间', '采样时间'],
  lat: ['lat', 'latitude', 'latdeg', 'latitudedeg', '纬度'],
  lon: ['lon', 'lng', 'long', 'longitude', 'londeg', 'longitudedeg', '经度'],
  cell: ['cell', 'cellid', 'servingcell', 'servingcellid', 'cgi', 'ecgi', 'ncgi', 'cellname', '小区', '小区id'],
  operator: ['operator', 'operatorname', 'network', 'networkname', 'networkoperator', 'carrier', 'plmn', '运营商'],
  radio: ['radio', 'rat', 'technology', 'tech', 'networktype', 'networktech', 'networkmode', 'radiotype', '制式'],
  band: ['band', 'frequencyband', '频段'],
  kind: ['kind', 'samplekind'],
  rsrpDbm: ['rsrpdbm', 'rsrp', 'level', 'leveldbm', 'signal', 'signaldbm', 'signalstrength', 'signalstrengthdbm'],
  rsrqDb: ['rsrqdb', 'rsrq', 'qual', 'quality'],
  sinrDb: ['sinrdb', 'sinr', 'snr', 'snrdb', 'rssnr', 'rssinr'],
  dlMbps: ['dlmbps', 'downloadmbps', 'downlinkmbps', 'dlthroughputmbps'],
  ulMbps: ['ulmbps', 'uploadmbps', 'uplinkmbps', 'ulthroughputmbps'],
  latencyMs: ['latencyms', 'latency', 'ping', 'pingms', 'rtt', 'rttms'],
  indoor: ['indoor', 'isindoor', '室内'],
};

const KBIT = 0.001;
const OTHERS: Record<string, SampleField> = {
  dlkbps: { field: 'dlMbps', factor: KBIT },
  downloadkbps: { field: 'dlMbps', factor: KBIT },
  dlbitrate: { field: 'dlMbps', factor: KBIT },
  ulkbps: { field: 'ulMbps', factor: KBIT },
  uploadkbps: { field: 'ulMbps', factor: KBIT },
  ulbitrate: { field: 'ulMbps', factor: KBIT },
  rscp: { field: 'rsrpDbm', radio: 'UMTS' },
  rscpdbm: { field: 'rsrpDbm', radio: 'UMTS' },
  rxlev: { field: 'rsrpDbm', radio: 'GSM' },
  rxlevdbm: { field: 'rsrpDbm', radio: 'GSM' },
  ssrsrp: { field: 'rsrpDbm', radio: 'NR' },
  ssrsrpdbm: { field: 'rsrpDbm', radio: 'NR' },
  ssrsrq: { field: 'rsrqDb', radio: 'NR' },
  ssrsrqdb: { field: 'rsrqDb', radio: 'NR' },
  sssinr: { field: 'sinrDb', radio: 'NR' },
  sssinrdb: { field: 'sinrDb', radio: 'NR' },
};

const FIELD_BY_NAME = new Map<string, SampleField>([
  ...Object.entries(OTHERS),
  ...Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name) => [name, { field: field as keyof Sample }] as const),
  ),
]);

export function sampleField(name: string): SampleField | undefined {
  return FIELD_BY_NAME.get(plain(name));
}

/** Fields that only a measurement has: they tell samples from inventories and from people. */
const MEASURED: readonly (keyof Sample)[] = ['rsrpDbm', 'rsrqDb', 'sinrDb', 'dlMbps', 'ulMbps', 'latencyMs'];

/** True when these columns or keys are those of samples: a time, a place, and something that was measured there. */
export function areSampleNames(names: readonly string[]): boolean {
  const fields = new Set(names.map((name) => sampleField(name)?.field));
  // Complaints have a time and a place too, and whose they are.
  if (names.some((name) => ['subscriber', 'kpis', 'periodseconds'].includes(plain(name)))) return false;
  return (['at', 'lat', 'lon'] as const).every((field) => fields.has(field)) && MEASURED.some((one) => fields.has(one));
}

const LONGEST_ABSENT = 'unknown'.length;

/** What senders write where nothing was measured; numbers that stand for it are found by intake, which counts them. */
export function isAbsent(value: unknown): boolean {
  if (typeof value !== 'string') return value === undefined || value === null;
  const text = value.trim();
  return text.length <= LONGEST_ABSENT && /^(?:-{0,3}|n\/?a|null|none|nan|unknown|\?)$/i.test(text);
}

/** A record of the values under these fields. The first of two columns of one field that holds something counts. */
export function sampleRecord(fields: readonly (SampleField | undefined)[], values: readonly unknown[]): RawRecord {
  const record: RawRecord = {};
  const ofOneRadio: (SampleField & { value: unknown })[] = [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    const value = values[i];
    if (!field || isAbsent(value)) continue;
    if (field.radio) ofOneRadio.push({ ...field, value });
    else if (!(field.field in record)) record[field.field] = field.factor ? scaled(value, field.factor) : value;
  }
  nameChoices(record);
  for (const { field, radio, value } of ofOneRadio) {
    // A level of one technology never stands for another's.
    if (record.radio === undefined && !(field in record)) record.radio = radio;
    if (record.radio === radio) record[field] = value;
  }
  return record;
}

/** What is no number goes on as it came, to be refused; a negative one, to be seen and counted as it was written. */
function scaled(value: unknown, factor: number): unknown {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? number * factor : value;
}

/** Technology and kind by our own names where they are known; else as they came. `network` is said of both. */
function nameChoices(record: RawRecord): void {
  const { operator, radio, kind } = record;
  if (radio !== undefined) record.radio = radioNamed(String(radio)) ?? radio;
  else if (typeof operator === 'string' && /^(?:[2-5]G\b|LTE|NR$|UMTS|GSM|WCDMA|HSPA)/i.test(operator)) {
    record.radio = radioNamed(operator);
    delete record.operator;
  }
  if (typeof kind === 'string') record.kind = kindNamed(kind) ?? kind;
}

function kindNamed(name: string): SampleKind | undefined {
  const letters = plain(name);
  if (['drivetest', 'dt', 'walk', 'walktest'].includes(letters)) return 'drive';
  if (['crowd', 'crowdsourced'].includes(letters)) return 'app';
  return SAMPLE_KINDS.find((kind) => kind === letters);
}
