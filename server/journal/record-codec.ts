// Journal records as bytes: a JSON head for what is small, then the columns as they stand in memory.

import type { Alarm, Beat } from '../model/alarm.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { Cell } from '../model/cell.ts';
import type { IdentityChange } from '../model/identity.ts';
import type { CausesRecord, JournalEntry, JournalRecord, ModelsRecord } from '../model/journal.ts';
import type { PeopleDelivery } from '../model/person.ts';
import type { Column, ReadingBatch } from '../model/reading.ts';
import { SAMPLE_VALUES, type SampleBatch } from '../model/sample.ts';

interface ReadingsHead {
  kind: 'readings';
  source: string;
  receivedAt: number;
  rows: number;
  cells: string[];
  kpis: string[];
  counters: string[];
}

interface InventoryHead {
  kind: 'inventory';
  receivedAt: number;
  cells: Cell[];
  retired: string[];
  dataAt?: number;
  identity?: IdentityChange;
}

interface PeopleHead {
  kind: 'people';
  source: string;
  receivedAt: number;
  people: PeopleDelivery;
}

interface AlarmsHead {
  kind: 'alarms';
  source: string;
  receivedAt: number;
  alarms: Alarm[];
  beats: Beat[];
}

interface CalendarHead {
  kind: 'calendar';
  receivedAt: number;
  days: CalendarDay[];
  mode: CalendarMode;
}

type SamplesHead = { kind: 'samples' } & Pick<
  SampleBatch,
  'source' | 'receivedAt' | 'digest' | 'rows' | 'cells' | 'operators' | 'bands' | 'timing'
>;

/** Records that are nothing but their head. */
type PlainHead =
  | InventoryHead
  | PeopleHead
  | AlarmsHead
  | CalendarHead
  | Omit<ModelsRecord, 'seq'>
  | Omit<CausesRecord, 'seq'>;
type Head = ReadingsHead | SamplesHead | PlainHead;

/** Layout: head length u32 · pad u32 · head JSON, padded to 8 · float64 columns · uint32 columns · uint8 columns. Little-endian. */
export function encodeEntry(entry: JournalEntry): Uint8Array {
  if (entry.kind === 'samples') return encodeSamples(entry.batch);
  return entry.kind === 'readings' ? encodeReadings(entry.batch) : withHead(entry satisfies PlainHead, []);
}

function encodeReadings(batch: ReadingBatch): Uint8Array {
  const head: ReadingsHead = {
    kind: 'readings',
    source: batch.source,
    receivedAt: batch.receivedAt,
    rows: batch.rows,
    cells: batch.cells,
    kpis: batch.kpis.map((column) => column.name),
    counters: batch.counters.map((column) => column.name),
  };
  const values = [...batch.kpis, ...batch.counters].map((column) => column.values);
  return withHead(head, [batch.at, ...values, batch.cell, batch.periodSeconds, flagsOf(batch)]);
}

/** One byte a row: bit 1 suspect, bit 2 late. Records of before there was a second bit read the same. */
const SUSPECT = 1;
const LATE = 2;

function flagsOf({ suspect, late }: ReadingBatch): Uint8Array {
  return late ? suspect.map((one, row) => one | (late[row]! * LATE)) : suspect;
}

function marksOf(flags: Uint8Array): Pick<ReadingBatch, 'suspect' | 'late'> {
  if (!flags.some((one) => one >= LATE)) return { suspect: flags };
  return { suspect: flags.map((one) => one & SUSPECT), late: flags.map((one) => one >> 1) };
}

function encodeSamples(batch: SampleBatch): Uint8Array {
  const { source, receivedAt, digest, rows, cells, operators, bands, timing } = batch;
  const head: SamplesHead = { kind: 'samples', source, receivedAt, digest, rows, cells, operators, bands, timing };
  const narrow = [batch.cell, batch.operator, batch.band, batch.radio, batch.kind, batch.indoor];
  return withHead(head, [batch.at, batch.hex, ...batch.values, ...narrow]);
}

function withHead(head: object, columns: ArrayBufferView[]): Uint8Array {
  const text = Buffer.from(JSON.stringify(head));
  const columnsAt = alignTo8(8 + text.length);
  const bytes = new Uint8Array(columnsAt + columns.reduce((sum, column) => sum + column.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  let offset = columnsAt;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += column.byteLength;
  }
  return bytes;
}

/** Reads back what `encodeEntry` wrote. Copies, so that the bytes may be reused. */
export function decodeRecord(seq: number, bytes: Uint8Array): JournalRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.getUint32(0, true);
  const head = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + 8, headLength).toString()) as Head;
  if (head.kind !== 'samples' && head.kind !== 'readings') return { seq, ...head };
  // A copy starts at an address that float64 columns may start at.
  const body = bytes.slice(alignTo8(8 + headLength)).buffer;
  if (head.kind === 'samples') return { seq, kind: 'samples', batch: readSamples(head, body) };
  return { seq, kind: 'readings', batch: readColumns(head, body) };
}

/** Hands out the places of columns that stand one behind the other. */
function placing(rows: number): (bytesEach: number) => number {
  let offset = 0;
  return (bytesEach) => {
    const at = offset;
    offset += rows * bytesEach;
    return at;
  };
}

function readSamples({ kind: _, ...head }: SamplesHead, body: ArrayBuffer): SampleBatch {
  const { rows } = head;
  const place = placing(rows);
  const at = new Float64Array(body, place(8), rows);
  const hex = new BigUint64Array(body, place(8), rows);
  const values = SAMPLE_VALUES.map(() => new Float32Array(body, place(4), rows));
  const int32 = () => new Int32Array(body, place(4), rows);
  const [cell, operator, band] = [int32(), int32(), int32()];
  const uint8 = () => new Uint8Array(body, place(1), rows);
  const [radio, sampleKind, indoor] = [uint8(), uint8(), uint8()];
  return { ...head, at, hex, cell, operator, band, radio, kind: sampleKind, indoor, values };
}

function readColumns(head: ReadingsHead, body: ArrayBuffer): ReadingBatch {
  const { rows } = head;
  const place = placing(rows);
  const float64 = () => new Float64Array(body, place(8), rows);
  const columns = (names: string[]): Column[] => names.map((name) => ({ name, values: float64() }));
  const at = float64();
  const kpis = columns(head.kpis);
  const counters = columns(head.counters);
  const cell = new Uint32Array(body, place(4), rows);
  const periodSeconds = new Uint32Array(body, place(4), rows);
  const marks = marksOf(new Uint8Array(body, place(1), rows));
  const { source, receivedAt, cells } = head;
  return { source, receivedAt, rows, cells, cell, at, periodSeconds, ...marks, kpis, counters };
}

function alignTo8(length: number): number {
  return (length + 7) & ~7;
}
