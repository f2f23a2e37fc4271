// Follows a file of measurement reports (root bulkPmMrDataFile): single reports (MRO) and the network's own statistics (MRS).

import type { ReportedServer } from '../model/measurement-report.ts';
import type { RejectionReason } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import { counted } from '../words/counted.ts';
import { type FormatContext, note } from './format.ts';
import { type StatisticsColumn, statisticsColumns } from './mr-statistics.ts';
import { type ReportColumns, type ReportValues, readRow, reportColumns } from './mr-values.ts';
import type { ReportItem } from './report-format.ts';
import type { Attributes, ElementReader } from './xml-reader.ts';

/** Elements of base stations, and the technology whose columns they hold. */
const NODES: Readonly<Record<string, ReportedServer['radio']>> = { eNB: 'LTE', gNB: 'NR' };
/** More columns than any real table has. */
const MOST_COLUMNS = 2000;
/** Names that a note lists. */
const MOST_TOLD = 8;

/** What the rows of one `<measurement>` are. */
type Table =
  | { kind: 'reports'; columns: ReportColumns }
  | { kind: 'statistics'; count: number; columns: StatisticsColumn[] }
  | { kind: 'unread' };

/** One `<object>`: a phone at a moment, or a cell over a period. */
interface MeasuredObject {
  id: string;
  at: string | undefined;
  /** Its first row with a level was taken: further ones tell of further neighbours. */
  isTaken: boolean;
  isEvent: boolean;
}

export class MrFile implements ElementReader<ReportItem> {
  readonly valueMark = '<object';
  /** False while nothing was met that could have been measured. */
  hasObjects = false;
  private items: ReportItem[] = [];
  private node: { id?: string; radio: ReportedServer['radio'] } = { radio: 'LTE' };
  private header: { start?: string; end?: string } = {};
  private table: Table = { kind: 'unread' };
  private object: MeasuredObject | undefined;
  /** Whose report the last one was; never handed on. */
  private lastPhone: string | undefined;
  private lastTaken = false;
  private readonly told = {
    events: 0,
    unmeasured: 0,
    impossible: new Map<string, number>(),
    unknown: new Set<string>(),
  };
  private readonly unread = new Set<string>();

  constructor(private readonly context: FormatContext) {}

  open(name: string, attributes: Attributes): boolean {
    if (name === 'fileHeader') this.header = { start: attributes.startTime, end: attributes.endTime };
    else if (Object.hasOwn(NODES, name)) this.node = { id: attributes.id?.trim(), radio: NODES[name]! };
    else if (name === 'measurement') this.table = { kind: 'unread' };
    else if (name === 'object' || name === 'measValue') this.beginObject(attributes);
    return name === 'smr' || name === 'v' || name === 'measValue';
  }

  close(name: string, text: string, line: number): void {
    if (name === 'smr') this.openTable(text, line);
    else if (name === 'v' || (name === 'measValue' && text.trim() !== '')) this.takeRow(text, line);
    if (name === 'object' || name === 'measValue') this.endObject();
  }

  leaf(name: string, _p: string | undefined, text: string, line: number): boolean {
    if (name !== 'v') return false;
    this.takeRow(text, line);
    return true;
  }

  drain(): ReportItem[] {
    const complete = this.items;
    this.items = [];
    return complete;
  }

  finish(): ReportItem[] {
    this.tell();
    return this.drain();
  }

  private beginObject(attributes: Attributes): void {
    const { id = '', TimeStamp: at, EventType: event } = attributes;
    this.hasObjects = true;
    const phone = phoneOf(attributes);
    const isSame = phone !== undefined && phone === this.lastPhone;
    this.lastPhone = phone;
    const isEvent = event !== undefined && !/^(?:period|mro|mr\.lte\.mro|nil)/i.test(event);
    // Some senders write one object a neighbour: what the same phone said at the same moment is one measurement.
    if (!isSame) this.lastTaken = false;
    this.object = { id: id.trim(), at, isTaken: this.lastTaken, isEvent };
  }

  private endObject(): void {
    if (this.table.kind === 'reports' && this.object?.isTaken === false) this.told.unmeasured++;
    this.object = undefined;
  }

  private openTable(text: string, line: number): void {
    const names = text.trim().split(/\s+/);
    this.lastPhone = undefined;
    const counted = statisticsColumns(names);
    const columns = reportColumns(names);
    if (names.length > MOST_COLUMNS) {
      this.refuse('too-long', 'smr', `smr names ${names.length} columns; ${MOST_COLUMNS} are read`, line);
      this.table = { kind: 'unread' };
    } else if (counted.length > 0) this.table = { kind: 'statistics', count: names.length, columns: counted };
    else if (columns.hasLevel) {
      this.table = { kind: 'reports', columns };
      for (const name of columns.unknown) this.told.unknown.add(name.slice(0, 60));
    } else {
      this.table = { kind: 'unread' };
      if (this.unread.size < MOST_COLUMNS) this.unread.add(stemOf(names[0]!));
    }
  }

  private takeRow(text: string, line: number): void {
    const { object, table } = this;
    if (!object || object.isTaken || table.kind === 'unread') return;
    if (object.isEvent) {
      this.told.events++;
      this.taken(object);
      return;
    }
    const row = text.trim().split(/\s+/);
    const count = table.kind === 'reports' ? table.columns.count : table.count;
    if (object.id === '') this.refuse('missing-field', 'id', 'an object has no id: give the ECI of its cell', line);
    else if (row.length !== count) {
      const detail = `a row has another number of values than smr has columns (the first: ${row.length} and ${count}): write NIL for what was not measured`;
      this.refuse('wrong-shape', 'v', detail, line);
    } else if (table.kind === 'reports') this.takeReport(object, readRow(row, table.columns), line);
    else this.takeStatistics(object, row, table.columns, line);
  }

  private taken(object: MeasuredObject): void {
    object.isTaken = true;
    this.lastTaken = true;
  }

  private takeReport(object: MeasuredObject, { values, impossible, wrong }: ReturnType<typeof readRow>, line: number) {
    for (const name of impossible) this.told.impossible.set(name, (this.told.impossible.get(name) ?? 0) + 1);
    if (wrong) {
      this.refuse('not-a-number', wrong.name, `${wrong.name} holds text that is no code: write NIL for nothing`, line);
    } else if (values.rsrpDbm !== undefined) {
      this.items.push({ kind: 'report', report: { ...this.server(object), ...this.timed(object, values, line) } });
      this.taken(object);
    }
  }

  private timed(object: MeasuredObject, values: ReportValues, line: number) {
    return { ...values, at: object.at ?? this.header.start ?? this.header.end, where: this.where(line) };
  }

  private takeStatistics(object: MeasuredObject, row: readonly string[], columns: StatisticsColumn[], line: number) {
    const counts = columns.map(({ place }) => (/^nil$/i.test(row[place]!) ? 0 : Number(row[place])));
    if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) {
      this.refuse('not-a-number', 'v', 'a count of statistics is no whole number: write NIL for nothing', line);
      return;
    }
    this.taken(object);
    const bins = columns.map(({ bin }, i) => ({ ...bin, samples: counts[i]! })).filter(({ samples }) => samples > 0);
    const at = this.header.end ?? object.at ?? this.header.start;
    const statistics = { ...this.server(object), at, bins, where: this.where(line) };
    this.items.push({ kind: 'statistics', statistics });
  }

  private server({ id }: MeasuredObject): ReportedServer {
    const { id: node, radio } = this.node;
    return { ...(node && { node }), object: id, radio };
  }

  private where(line: number): Where {
    const { file } = this.context;
    return { line, ...(file !== undefined && { file }) };
  }

  /** Without a piece of the text: ids of subscribers stand in it. */
  private refuse(reason: RejectionReason, field: string, detail: string, line: number): void {
    if (this.object) this.taken(this.object);
    const rejection = { ...this.where(line), reason, field, detail };
    this.items.push({ kind: 'rejection', rejection, group: `${reason} ${field}` });
  }

  private tell(): void {
    const { events, impossible, unknown, unmeasured } = this.told;
    if (unmeasured > 0)
      note(this.context, `${counted(unmeasured, 'report holds', 'reports hold')} no level of the serving cell`);
    if (events > 0) {
      const why = 'an event makes weak places look weaker than they are';
      note(
        this.context,
        `${counted(events, 'report was sent', 'reports were sent')} on an event, not by the clock, and left out: ${why}`,
      );
    }
    for (const [name, times] of impossible)
      note(this.context, `${name}: ${times} codes that it cannot hold are taken as not measured`);
    if (unknown.size > 0) note(this.context, `columns that mean nothing here: ${listed(unknown)}`);
    if (this.unread.size > 0) note(this.context, `tables that are not read: ${listed(this.unread)}`);
  }
}

/** What says that two objects are one phone at one moment; undefined where the file does not tell phones apart. */
function phoneOf({ id, TimeStamp, MmeUeS1apId, MmeCode, MmeGroupId, ...more }: Attributes): string | undefined {
  const phone = MmeUeS1apId ?? more.AmfUeNgapId ?? more.AMFUENGAPID;
  return phone === undefined || TimeStamp === undefined
    ? undefined
    : [id, TimeStamp, phone, MmeCode, MmeGroupId].join();
}

/** `MR.PowerHeadRoom` of `MR.PowerHeadRoom.00`. */
const stemOf = (column: string): string => column.replace(/\.?\d+$/, '').slice(0, 60);

function listed(names: ReadonlySet<string>): string {
  const more = names.size - MOST_TOLD;
  return [...names].slice(0, MOST_TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
