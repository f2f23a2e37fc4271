// Readings as 3GPP PM files (TS 32.435), one an element or a group of elements and period, zipped and named by TS 32.432.

import { gzipSync } from 'node:zlib';
import { SENT } from '../readings.ts';
import type { CityCell } from '../world/city.ts';
import { ByteBuilder, bytesOf } from './byte-builder.ts';
import type { Delivery, ReadingWriter } from './delivery.ts';
import { type Counter, type ObjectClass, objectClasses, type SentKpi } from './pm-counters.ts';

/** Elements to a file where nothing else is said: files by the hundred thousand help nobody. */
export const ELEMENTS_A_FILE = 20;
const SENDER = 'EMS=city';
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, column) => [kpi, column])) as Record<SentKpi, number>;

/** A counter, and where its values stand in a row; without a second KPI the first stands for it. */
interface Bound {
  counter: Counter;
  first: number;
  second: number;
  /** `<r p="7">` and `<r p="7"/>`. */
  open: Uint8Array;
  nil: Uint8Array;
}

/** What is gathered of one class of objects for the element that is being written. */
interface Section {
  counters: readonly Bound[];
  types: string;
  values: ByteBuilder;
}

const VALUE_END = bytesOf('</r>');
const OBJECT_END = bytesOf('</measValue>\n');

export class PmXmlWriter implements ReadingWriter {
  readonly #cells: readonly Pick<CityCell, 'cell' | 'site'>[];
  readonly #names: string[];
  readonly #sections = new Map<ObjectClass, Section>();
  readonly #out = new ByteBuilder();
  #finished: Delivery[] = [];
  #now = Number.NaN;
  #file: { group: number; at: number; rows: number } | undefined;
  /** A cell of the element that is being written. */
  #element: number | undefined;
  /** Files that are not of the newest period are numbered, since others of their name may have gone out. */
  #runningCount = 0;

  constructor(
    cells: readonly Pick<CityCell, 'cell' | 'site'>[],
    readonly periodSeconds: number,
    readonly elementsAFile = ELEMENTS_A_FILE,
  ) {
    this.#cells = cells;
    this.#names = cells.map(({ cell }) => cell.id);
  }

  beginPeriod(at: number): void {
    this.#close();
    this.#now = at;
  }

  add(cell: number, at: number, row: Float64Array): void {
    const { site, cell: described } = this.#cells[cell]!;
    const group = Math.floor(site / this.elementsAFile);
    if (!this.#file || group !== this.#file.group || at !== this.#file.at) this.#open(group, at);
    if (this.#element !== undefined && site !== this.#cells[this.#element]!.site) this.#endElement();
    this.#element = cell;
    for (const kind of objectClasses(described)) this.#addObject(kind, this.#names[cell]!, row);
    this.#file!.rows++;
  }

  rename(cell: number, id: string): void {
    this.#names[cell] = id;
  }

  take(): Delivery[] {
    this.#close();
    const taken = this.#finished;
    this.#finished = [];
    return taken;
  }

  #open(group: number, at: number): void {
    this.#close();
    this.#file = { group, at, rows: 0 };
    this.#out.putText(fileHead(at - 1000 * this.periodSeconds));
  }

  #addObject(kind: ObjectClass, name: string, row: Float64Array): void {
    const { counters, values } = this.#sectionOf(kind);
    values.putText(`<measValue measObjLdn="${kind.object}${name}">`);
    for (const { counter, first, second, open, nil } of counters) {
      const value = counter.of(row[first]!, row[second]!, this.periodSeconds);
      if (Number.isNaN(value)) {
        values.put(nil);
        continue;
      }
      values.put(open);
      values.putNumber(value, counter.decimals);
      values.put(VALUE_END);
    }
    values.put(OBJECT_END);
  }

  #sectionOf(kind: ObjectClass): Section {
    let section = this.#sections.get(kind);
    if (!section) {
      section = newSection(kind);
      this.#sections.set(kind, section);
    }
    return section;
  }

  #endElement(): void {
    if (this.#element === undefined || !this.#file) return;
    const { siteId } = this.#cells[this.#element]!.cell;
    this.#out.putText(`<measData>\n<managedElement localDn="ManagedElement=${siteId}"/>\n`);
    const end = isoTime(this.#file.at);
    for (const [{ object }, { types, values }] of this.#sections) {
      if (values.length === 0) continue;
      this.#out.putText(infoHead(object, this.periodSeconds, end) + types);
      this.#out.move(values);
      this.#out.putText('</measInfo>\n');
    }
    this.#out.putText('</measData>\n');
    this.#element = undefined;
  }

  #close(): void {
    if (!this.#file) return;
    const { at, group, rows } = this.#file;
    const unique = this.elementsAFile === 1 ? this.#cells[this.#element!]!.cell.siteId : `group-${group + 1}`;
    this.#endElement();
    this.#out.putText(`<fileFooter>\n<measCollec endTime="${isoTime(at)}"/>\n</fileFooter>\n</measCollecFile>\n`);
    const count = at === this.#now ? '' : `_-_${++this.#runningCount}`;
    const begin = at - 1000 * this.periodSeconds;
    const type = this.elementsAFile === 1 ? 'A' : 'C';
    const name = `${type}${compact(begin)}-${compact(at).slice(9)}_${unique}${count}.xml.gz`;
    this.#finished.push({ door: 'pm', body: gzipSync(this.#out.take(), { level: 1 }), rows, name });
    this.#file = undefined;
  }
}

function newSection({ counters }: ObjectClass): Section {
  return {
    counters: counters.map((counter, i) => ({
      counter,
      first: COLUMN[counter.kpis[0]],
      second: COLUMN[counter.kpis[1] ?? counter.kpis[0]],
      open: bytesOf(`<r p="${i + 1}">`),
      nil: bytesOf(`<r p="${i + 1}"/>`),
    })),
    types: counters.map(({ name }, i) => `<measType p="${i + 1}">${name}</measType>\n`).join(''),
    values: new ByteBuilder(),
  };
}

function fileHead(begin: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
<fileHeader fileFormatVersion="32.435 V10.0" vendorName="pretend" dnPrefix="DC=example.net">
<fileSender localDn="${SENDER}" elementType="EMS"/>
<measCollec beginTime="${isoTime(begin)}"/>
</fileHeader>
`;
}

function infoHead(object: string, periodSeconds: number, end: string): string {
  const id = object.slice(object.indexOf(',') + 1, -1);
  const duration = `PT${periodSeconds}S`;
  return `<measInfo measInfoId="${id}">\n<granPeriod duration="${duration}" endTime="${end}"/>\n<repPeriod duration="${duration}"/>\n`;
}

/** `2026-03-17T21:45:00+00:00` */
function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`;
}

/** `20260317.2145+0000` */
function compact(time: number): string {
  const text = new Date(time).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')}.${text.slice(11, 16).replace(':', '')}+0000`;
}
