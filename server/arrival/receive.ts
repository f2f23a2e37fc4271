// What happens to a delivery: unpacked, parsed by its format, checked by intake, appended to the journal, answered.

import type { CalendarReceipt, InventoryReceipt } from '../api/contract.ts';
import type { Delivery } from '../api/doors.ts';
import { archiveKind, archiveMembers } from '../collect/archive.ts';
import type { EventFormat } from '../collect/event-format.ts';
import { type Format, type FormatContext, note } from '../collect/format.ts';
import { lineProtocolIn } from '../collect/formats/line-protocol.ts';
import { mrXml } from '../collect/formats/mr-xml.ts';
import { ves } from '../collect/formats/ves.ts';
import {
  calendarFormat,
  type Detected,
  detectFormat,
  formatNamed,
  formatOfType,
  inventoryFormat,
  peopleFormat,
  samplesFormat,
} from '../collect/formats.ts';
import type { InventoryFormat } from '../collect/inventory.ts';
import { addTo } from '../collect/offer.ts';
import type { PeopleFormat, RecordFormat } from '../collect/record-format.ts';
import type { ReportFormat } from '../collect/report-format.ts';
import { type ArrivedFile, senderOfFile } from '../collect/source.ts';
import { unknownFile } from '../collect/unknown-file.ts';
import type { Intake } from '../intake/intake.ts';
import { acceptPeople, type PeopleIntakeOptions } from '../intake/people.ts';
import type { Journal } from '../journal/journal.ts';
import type { Directory } from '../live/directory.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { LinePrecision } from '../model/line-protocol.ts';
import type { PeopleKind } from '../model/person.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import { CalendarAcceptance, type CalendarRooms } from './accept-calendar.ts';
import { acceptEvents } from './accept-events.ts';
import { acceptInventory, noteCellsThatLeft, takeDueCells } from './accept-inventory.ts';
import { SampleAcceptance, type SampleRooms } from './accept-samples.ts';
import { askingForLater } from './ask-later.ts';
import { DeliveryText, type DeliveryTextRooms } from './delivery-text.ts';
import { noteAhead, ZonelessTimes } from './delivery-times.ts';
import { Gate } from './gate.ts';

export interface ReceiverRooms extends SampleRooms, CalendarRooms, DeliveryTextRooms {
  journal: Journal;
  intake: Intake;
  /** Makes pseudonyms; what it is given is kept nowhere. */
  people: PeopleIntakeOptions;
  directory: Directory;
  /** Newest data time of the network, epoch milliseconds; 0 before the first reading. */
  dataAt(): number;
  /** The same of one cell by its number. */
  newestOf(index: number): number;
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** The network's zone, IANA, and its offset, for times without one. */
  zone: string;
  zoneOffsetMinutes: ZoneOffset;
}

/** Doors of formats that come as files too; those of the others are readings'. */
const DOOR_OF_FORMAT: Record<string, string> = { 'pm-xml': 'pm', 'line-protocol': 'lines', 'readings-csv': 'csv' };

export class Receiver {
  private readonly samples: SampleAcceptance;
  private readonly calendar: CalendarAcceptance;
  /** What names cells goes to the journal before an inventory that renames them, or is read after it. */
  private readonly gate = new Gate();
  private readonly texts: DeliveryText;

  constructor(private readonly rooms: ReceiverRooms) {
    this.samples = new SampleAcceptance(rooms);
    this.calendar = new CalendarAcceptance(rooms);
    this.texts = new DeliveryText(rooms);
  }

  takeReadings(delivery: Delivery): Promise<Receipt> {
    const format = formatNamed(delivery.type === 'application/x-ndjson' ? 'readings-ndjson' : 'readings-json');
    return this.takeMeasured(format, 'readings', delivery);
  }

  takePm(delivery: Delivery): Promise<Receipt> {
    return this.takeMeasured(formatNamed('pm-xml'), 'pm', delivery);
  }

  /** A table, or a spreadsheet, of which every sheet is one. */
  async takeCsv(delivery: Delivery): Promise<Receipt> {
    const format = formatNamed('readings-csv');
    if (archiveKind('', delivery.bytes) !== 'xlsx') return this.takeMeasured(format, 'csv', delivery);
    const sum: Receipt = { accepted: 0, rejected: 0, rejections: [] };
    for await (const { name, bytes, rejection } of archiveMembers('workbook', delivery.bytes, 'xlsx')) {
      const receipt = rejection
        ? this.texts.refused(sourceOf('csv', delivery), { ...rejection, file: name })
        : await this.takeMeasured(format, 'csv', { ...delivery, bytes, charset: undefined });
      addTo(sum, receipt, name);
    }
    return sum;
  }

  takeLines(delivery: Delivery, precision: LinePrecision | undefined): Promise<Receipt> {
    return this.takeMeasured(lineProtocolIn(precision), 'lines', delivery);
  }

  private takeMeasured(format: Format, door: string, delivery: Delivery): Promise<Receipt> {
    const { source, via } = delivery;
    return this.texts.readWithoutPeople(delivery, sourceOf(door, delivery), (text) =>
      this.acceptReadings(format, text, door, { source, via }),
    );
  }

  takeEvents(delivery: Delivery): Promise<Receipt> {
    const { source, via } = delivery;
    return this.texts.readWithoutPeople(delivery, sourceOf('ves', delivery), (text) =>
      this.acceptEvents(ves, text, { source, via }),
    );
  }

  takeSamples(delivery: Delivery): Promise<Receipt> {
    const name = sourceOf('samples', delivery);
    return this.texts.readWithoutPeople(delivery, name, (text) =>
      this.acceptSamples(samplesFormat(delivery.type, text), text, name),
    );
  }

  takeReports(delivery: Delivery): Promise<Receipt> {
    const name = sourceOf('mr', delivery);
    return this.texts.read(delivery, { source: name, quotes: false }, (text) => this.acceptReports(mrXml, text, name));
  }

  takePeople(delivery: Delivery, kind: PeopleKind): Promise<Receipt> {
    const name = sourceOf(kind, delivery);
    return this.texts.read(delivery, { source: name, quotes: false }, (text) =>
      this.acceptPeople(peopleFormat(delivery.type, text), kind, text, name),
    );
  }

  takeInventory(delivery: Delivery, mode: 'merge' | 'full'): Promise<InventoryReceipt> {
    return this.texts.readWithoutPeople(delivery, 'inventory', async (text) => {
      const format = inventoryFormat(text);
      return format
        ? this.acceptInventory(format, text, mode)
        : this.texts.refused('inventory', unknownFormat('an inventory: JSON, GeoJSON, or CSV with a heading'));
    });
  }

  takeCalendar(delivery: Delivery, mode: CalendarMode): Promise<CalendarReceipt> {
    return this.texts.readWithoutPeople(delivery, 'calendar', (text) =>
      this.calendar.accept(calendarFormat(delivery.type, text), text, mode, this.context()),
    );
  }

  /** Undefined where there is no such day. */
  takeBackDay(key: Pick<CalendarDay, 'date' | 'area'>): Promise<CalendarDay | undefined> {
    return this.calendar.takeBack(key);
  }

  /** A whole file whose kind nobody named: from the inbox or the command line. */
  takeFile(arrived: ArrivedFile): Promise<Receipt> {
    const source = senderOfFile(arrived);
    return this.texts.read(arrived, { source, file: arrived.name }, async (text) => {
      const detected = detectFormat(text) ?? formatOfType(arrived.type);
      if (detected) return this.acceptDetected(detected, text, arrived);
      const detail = `the file ${unknownFile(text)}`;
      return this.texts.refused(source, { reason: 'unknown-format', detail, file: arrived.name });
    });
  }

  private acceptDetected(detected: Detected, text: string, { name, from, via }: ArrivedFile): Promise<Receipt> {
    const source = (door: string) => (from ? `${from.door}/${from.sender}` : sourceOf(door, { via }));
    const given = { source: from?.sender, via, file: name };
    switch (detected.kind) {
      case 'inventory':
        return this.acceptInventory(detected.format, text, 'merge', name);
      case 'calendar':
        return this.calendar.accept(detected.format, text, 'merge', this.context(name));
      case 'people':
        return this.acceptPeople(detected.format, detected.people, text, source(detected.people), name);
      case 'samples':
        return this.acceptSamples(detected.format, text, source('samples'), name);
      case 'events':
        return this.acceptEvents(detected.format, text, given);
      case 'reports':
        return this.acceptReports(detected.format, text, source('mr'), name);
      case 'readings': {
        const door = from?.door ?? DOOR_OF_FORMAT[detected.format.name] ?? 'readings';
        return this.acceptReadings(detected.format, text, door, given);
      }
    }
  }

  private async acceptReadings(format: Format, text: string, door: string, from: Given): Promise<Receipt> {
    const context = this.context(from.file, from.via);
    // A file from the inbox may have lain there, and may be read again after a crash: when it came is no time of its readings.
    if (from.file === undefined || from.source !== undefined) context.arrivedAt = this.rooms.now();
    const source = (sender?: string) => `${door}/${from.source ?? sender ?? context.sender ?? from.via ?? 'unnamed'}`;
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
    const left = noteCellsThatLeft(batches, this.rooms.directory);
    if (left) note(context, left);
    const ahead = noteAhead(batches, this.rooms.now());
    if (ahead) note(context, ahead);
    return withNotes(receipt, context);
  }

  private async acceptEvents(format: EventFormat, text: string, { source, via, file }: Given): Promise<Receipt> {
    const { zoneless, ...context } = this.context(file, via);
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

  private context(file?: string, via?: string): DeliveryContext {
    const zoneless = new ZonelessTimes(this.rooms.zone, this.rooms.zoneOffsetMinutes);
    return { zoneOffsetMinutes: zoneless.offset, zoneless, ...(file && { file }), ...(via && { via }) };
  }
}

/** Who sent a delivery, what stands for them where nobody says, and the file that it came as. */
interface Given {
  source?: string;
  via?: string;
  file?: string;
}

/** Door and sender of what names no sender itself. */
function sourceOf(door: string, { source, via = 'unnamed' }: Given): string {
  return `${door}/${source ?? via}`;
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
