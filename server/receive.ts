// What happens to a delivery: unpacked, parsed by its format, checked by intake, appended to the journal, answered.

import { acceptEvents } from './accept-events.ts';
import { acceptInventory, noteCellsThatLeft, takeDueCells } from './accept-inventory.ts';
import { SampleAcceptance, type SampleRooms } from './accept-samples.ts';
import type { InventoryReceipt } from './api/contract.ts';
import type { Delivery } from './api/doors.ts';
import { ApiError } from './api/problem.ts';
import { askingForLater } from './ask-later.ts';
import type { EventFormat } from './collect/event-format.ts';
import { type Format, type FormatContext, note } from './collect/format.ts';
import { lineProtocolIn } from './collect/formats/line-protocol.ts';
import { mrXml } from './collect/formats/mr-xml.ts';
import { ves } from './collect/formats/ves.ts';
import {
  detectFormat,
  detectInventoryFormat,
  detectPeople,
  formatNamed,
  formatOfType,
  peopleFormat,
  samplesFormat,
} from './collect/formats.ts';
import type { InventoryFormat } from './collect/inventory.ts';
import type { PeopleFormat, RecordFormat } from './collect/record-format.ts';
import type { ReportFormat } from './collect/report-format.ts';
import { type ArrivedFile, NOBODYS_FILE } from './collect/source.ts';
import { unknownFile } from './collect/unknown-file.ts';
import { unpack } from './collect/unpack.ts';
import { noteAhead, ZonelessTimes } from './delivery-times.ts';
import { Gate } from './gate.ts';
import type { Intake } from './intake/intake.ts';
import { acceptPeople, type PeopleIntakeOptions } from './intake/people.ts';
import type { Journal } from './journal/journal.ts';
import type { Directory } from './live/directory.ts';
import type { ZoneOffset } from './maths/parse-time.ts';
import type { LinePrecision } from './model/line-protocol.ts';
import type { PeopleKind } from './model/person.ts';
import type { Receipt, Rejection } from './model/rejection.ts';

export interface ReceiverRooms extends SampleRooms {
  journal: Journal;
  intake: Intake;
  /** Makes pseudonyms; what it is given is kept nowhere. */
  people: PeopleIntakeOptions;
  directory: Directory;
  /** Newest data time of the network, epoch milliseconds; 0 before the first reading. */
  dataAt(): number;
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** The network's zone, IANA, and its offset, for times without one. */
  zone: string;
  zoneOffsetMinutes: ZoneOffset;
  maxBodyBytes: number;
}

/** Doors of formats that come as files too; those of the others are readings'. */
const DOOR_OF_FORMAT: Record<string, string> = { 'pm-xml': 'pm', 'line-protocol': 'lines', 'readings-csv': 'csv' };

export class Receiver {
  private readonly samples: SampleAcceptance;
  /** What names cells goes to the journal before an inventory that renames them, or is read after it. */
  private readonly gate = new Gate();

  constructor(private readonly rooms: ReceiverRooms) {
    this.samples = new SampleAcceptance(rooms);
  }

  async takeReadings({ bytes, type, source }: Delivery): Promise<Receipt> {
    const format = formatNamed(type === 'application/x-ndjson' ? 'readings-ndjson' : 'readings-json');
    const text = await this.textWithoutPeople(bytes, `readings/${source ?? 'unnamed'}`);
    return typeof text === 'string' ? this.acceptReadings(format, text, 'readings', { source }) : text;
  }

  async takePm({ bytes, source }: Delivery): Promise<Receipt> {
    const text = await this.textWithoutPeople(bytes, `pm/${source ?? 'unnamed'}`);
    return typeof text === 'string' ? this.acceptReadings(formatNamed('pm-xml'), text, 'pm', { source }) : text;
  }

  async takeCsv({ bytes, source }: Delivery): Promise<Receipt> {
    const text = await this.textWithoutPeople(bytes, `csv/${source ?? 'unnamed'}`);
    return typeof text === 'string' ? this.acceptReadings(formatNamed('readings-csv'), text, 'csv', { source }) : text;
  }

  async takeLines({ bytes, source }: Delivery, precision: LinePrecision | undefined): Promise<Receipt> {
    const text = await this.textWithoutPeople(bytes, `lines/${source ?? 'unnamed'}`);
    return typeof text === 'string' ? this.acceptReadings(lineProtocolIn(precision), text, 'lines', { source }) : text;
  }

  async takeEvents({ bytes, source }: Delivery): Promise<Receipt> {
    const text = await this.textWithoutPeople(bytes, `ves/${source ?? 'unnamed'}`);
    return typeof text === 'string' ? this.acceptEvents(ves, text, source) : text;
  }

  async takeSamples({ bytes, type, source }: Delivery): Promise<Receipt> {
    const name = `samples/${source ?? 'unnamed'}`;
    const text = await this.textWithoutPeople(bytes, name);
    return typeof text === 'string' ? this.acceptSamples(samplesFormat(type, text), text, name) : text;
  }

  async takeReports({ bytes, source }: Delivery): Promise<Receipt> {
    const name = `mr/${source ?? 'unnamed'}`;
    const text = await this.textOf(bytes, name, { quotes: false });
    return typeof text === 'string' ? this.acceptReports(mrXml, text, name) : text;
  }

  async takePeople({ bytes, type, source }: Delivery, kind: PeopleKind): Promise<Receipt> {
    const name = `${kind}/${source ?? 'unnamed'}`;
    const text = await this.textOf(bytes, name, { quotes: false });
    return typeof text === 'string' ? this.acceptPeople(peopleFormat(type, text), kind, text, name) : text;
  }

  async takeInventory({ bytes }: Delivery, mode: 'merge' | 'full'): Promise<InventoryReceipt> {
    const text = await this.textWithoutPeople(bytes, 'inventory');
    if (typeof text !== 'string') return text;
    const format = detectInventoryFormat(text);
    if (!format) return this.refused('inventory', unknownFormat('an inventory: JSON, GeoJSON, or CSV with a heading'));
    return this.acceptInventory(format, text, mode);
  }

  /** A whole file whose kind nobody named: from the inbox or the command line. */
  async takeFile({ name, bytes, type, from }: ArrivedFile): Promise<Receipt> {
    const sourceOf = (door: string) => (from ? `${from.door}/${from.sender}` : door);
    const text = await this.textOf(bytes, sourceOf(NOBODYS_FILE), { file: name });
    if (typeof text !== 'string') return text;
    const detected = detectFormat(text) ?? formatOfType(type);
    if (!detected)
      return this.refused(sourceOf(NOBODYS_FILE), {
        reason: 'unknown-format',
        detail: `the file ${unknownFile(text)}`,
        file: name,
      });
    if (detected.kind === 'inventory') return this.acceptInventory(detected.format, text, 'merge', name);
    if (detected.kind === 'people') {
      return this.acceptPeople(detected.format, detected.people, text, sourceOf(`${detected.people}/unnamed`), name);
    }
    if (detected.kind === 'samples')
      return this.acceptSamples(detected.format, text, sourceOf('samples/unnamed'), name);
    if (detected.kind === 'events') return this.acceptEvents(detected.format, text, from?.sender, name);
    if (detected.kind === 'reports') return this.acceptReports(detected.format, text, sourceOf('mr/unnamed'), name);
    const door = from?.door ?? DOOR_OF_FORMAT[detected.format.name] ?? 'readings';
    return this.acceptReadings(detected.format, text, door, { source: from?.sender, file: name });
  }

  private async acceptReadings(
    format: Format,
    text: string,
    door: string,
    from: { source?: string; file?: string },
  ): Promise<Receipt> {
    const context = this.context(from.file);
    // A file from the inbox may have lain there, and may be read again after a crash: when it came is no time of its readings.
    if (from.file === undefined || from.source !== undefined) context.arrivedAt = this.rooms.now();
    const source = (sender?: string) => `${door}/${from.source ?? sender ?? context.sender ?? 'unnamed'}`;
    const { batches, receipt, rejections } = await this.gate.pass(async () => {
      const accepted = await this.rooms.intake.accept(format.parse(text, context), source, {
        now: this.rooms.now(),
        zoneOffsetMinutes: context.zoneOffsetMinutes,
      });
      const entries = accepted.batches.map((batch) => ({ kind: 'readings' as const, batch }));
      await askingForLater(Promise.all(entries.map((entry) => this.rooms.journal.append(entry))));
      return accepted;
    });
    this.rooms.refuse(source(), rejections, receipt.rejected);
    const left = noteCellsThatLeft(
      batches.flatMap(({ cells }) => cells),
      this.rooms.directory,
    );
    if (left) note(context, left);
    const ahead = noteAhead(batches, this.rooms.now());
    if (ahead) note(context, ahead);
    return withNotes(receipt, context);
  }

  private async acceptEvents(format: EventFormat, text: string, source?: string, file?: string): Promise<Receipt> {
    const { zoneless, ...context } = this.context(file);
    const receipt = await this.gate.pass(() => acceptEvents(format, text, source, context, this.rooms));
    return withNotes(receipt, { ...context, notes: [], zoneless });
  }

  private async acceptSamples(format: RecordFormat, text: string, source: string, file?: string): Promise<Receipt> {
    const context = this.context(file);
    const receipt = await this.gate.pass(() =>
      this.samples.accept(format.parse(text, context), { text, source }, context),
    );
    return withNotes(receipt, context);
  }

  private async acceptReports(format: ReportFormat, text: string, source: string, file?: string): Promise<Receipt> {
    const context = this.context(file);
    const receipt = await this.gate.pass(() => this.samples.acceptReports(format, { text, source }, context));
    return withNotes(receipt, context);
  }

  private async acceptPeople(
    format: PeopleFormat,
    kind: PeopleKind,
    text: string,
    source: string,
    file?: string,
  ): Promise<Receipt> {
    const context = this.context(file);
    const { journal, people, now } = this.rooms;
    const { zoneOffsetMinutes } = context;
    const parsed = format.parse(text, kind, context);
    const { receipt, rejections } = await this.gate.pass(async () => {
      const accepted = await acceptPeople(parsed, kind, people, { now: now(), zoneOffsetMinutes });
      const entries = accepted.deliveries.map((one) => ({
        ...{ kind: 'people' as const, source, receivedAt: now(), people: one },
      }));
      await askingForLater(Promise.all(entries.map((entry) => journal.append(entry))));
      return accepted;
    });
    this.rooms.refuse(source, rejections, receipt.rejected);
    return withNotes(receipt, context);
  }

  private async acceptInventory(
    format: InventoryFormat,
    text: string,
    mode: 'merge' | 'full',
    file?: string,
  ): Promise<InventoryReceipt> {
    const { receipt, rejections } = await this.gate.alone(() =>
      acceptInventory(format, text, mode, this.context(file), this.rooms),
    );
    this.rooms.refuse('inventory', rejections, rejections.length);
    return receipt;
  }

  /** Cells whose validity began or ended, by the time of the data. */
  takeDueCells(): Promise<void> {
    return this.gate.alone(() => takeDueCells(this.rooms));
  }

  /** The text of a body or file, or the receipt that says why there is none. */
  private async textOf(
    bytes: Uint8Array,
    source: string,
    { file, quotes = true }: { file?: string; quotes?: boolean } = {},
  ): Promise<string | Receipt> {
    const unpacked = await unpack(bytes, this.rooms.maxBodyBytes);
    if (unpacked.kind === 'text') return unpacked.text;
    if (unpacked.tooLarge && file === undefined) {
      throw new ApiError(413, 'The body is too large', unpacked.rejection.detail);
    }
    // The sentence may name an encoding that the text declares.
    const detail = quotes ? unpacked.rejection.detail : 'the bytes cannot be read: send UTF-8, plain or gzip';
    return this.refused(source, { ...unpacked.rejection, detail, ...(file && { file }) });
  }

  /** Of people sent to a door that keeps pieces of what it refuses, nothing is read. */
  private async textWithoutPeople(bytes: Uint8Array, source: string): Promise<string | Receipt> {
    const text = await this.textOf(bytes, source);
    const found = typeof text === 'string' ? detectPeople(text) : undefined;
    if (!found) return text;
    const detail = `this is about people (it has a field subscriber): send it to /ingest/${found.people}`;
    return this.refused(source, { reason: 'wrong-shape', detail });
  }

  private refused(source: string, rejection: Rejection): Receipt {
    this.rooms.refuse(source, [rejection], 1);
    return { accepted: 0, rejected: 1, rejections: [rejection] };
  }

  private context(file?: string): DeliveryContext {
    const zoneless = new ZonelessTimes(this.rooms.zone, this.rooms.zoneOffsetMinutes);
    return { zoneOffsetMinutes: zoneless.offset, zoneless, ...(file && { file }) };
  }
}

interface DeliveryContext extends FormatContext {
  zoneless: ZonelessTimes;
}

function withNotes<T extends Receipt>(receipt: T, context: DeliveryContext): T {
  const notes = [...(receipt.notes ?? []), ...(context.notes ?? []), ...context.zoneless.notes()];
  return notes.length > 0 ? { ...receipt, notes } : receipt;
}

function unknownFormat(wanted: string): Rejection {
  return { reason: 'unknown-format', detail: `the content is not ${wanted}: look at how it begins` };
}
