// The sheets of a spreadsheet file (xlsx, ECMA-376) as CSV, one member each; days that it counts as numbers become dates.

import {
  ARCHIVE_BOUNDS,
  type ArchiveBounds,
  type ArchiveSource,
  BoundError,
  type Member,
  type Meter,
} from './archive-member.ts';
import { isDateFormat, serialText } from './workbook-dates.ts';
import { type Element, readXml } from './workbook-xml.ts';
import { zipMembers } from './zip-members.ts';

/** A sheet is held as a whole while it is read. */
export const WORKBOOK_BOUNDS: ArchiveBounds = {
  ...ARCHIVE_BOUNDS,
  memberBytes: 256 << 20,
  totalBytes: 1 << 30,
  members: 2000,
};
/** A sheet of more characters as CSV is no table that a door takes. */
const MOST_CHARACTERS = 256 << 20;

/** What all sheets share. */
interface Book {
  /** Path of a sheet's part → its name. */
  names: Map<string, string>;
  strings: string[];
  /** By the number of a cell's style: whether it shows a date, a time, or both. */
  dates: (ReturnType<typeof isDateFormat> | undefined)[];
  /** Days are counted from 1904, as old Macintosh files do. */
  from1904: boolean;
}

/** Empty sheets are left out. Throws what a broken zip file throws; the caller tells it as one rejection. */
export async function* sheetsOf(source: ArchiveSource, meter: Meter): AsyncGenerator<Member> {
  const book: Book = { names: new Map(), strings: [], dates: [], from1904: false };
  const targets = new Map<string, string>();
  // In the order of names the parts that all sheets share come before the sheets.
  for await (const { name, bytes, rejection } of zipMembers(source, meter)) {
    const sheet = /^xl\/worksheets\/([^/]+\.xml)$/i.test(name);
    if (rejection && (sheet || name.startsWith('xl/')))
      yield { name: book.names.get(name) ?? name, bytes: new Uint8Array(), rejection };
    else if (name === 'xl/_rels/workbook.xml.rels') readTargets(bytes, targets);
    else if (name === 'xl/sharedStrings.xml') book.strings = readStrings(bytes);
    else if (name === 'xl/styles.xml') book.dates = readStyles(bytes);
    else if (name === 'xl/workbook.xml') readBook(bytes, targets, book);
    else if (sheet) yield* sheetMember(book.names.get(name) ?? name, bytes, book);
  }
}

function readTargets(bytes: Uint8Array, targets: Map<string, string>): void {
  readXml(bytes, (element) => {
    const { Id, Target } = element.attributes;
    if (element.name === 'Relationship' && Id && Target)
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
  });
}

function readBook(bytes: Uint8Array, targets: Map<string, string>, book: Book): void {
  readXml(bytes, ({ name, attributes }) => {
    if (name === 'workbookPr') book.from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    const target = name === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined;
    if (target) book.names.set(target, attributes.name ?? target);
  });
}

/** Pieces of rich text are one string; how Chinese or Japanese is to be read aloud is no part of it. */
function readStrings(bytes: Uint8Array): string[] {
  const strings: string[] = [];
  readXml(
    bytes,
    ({ name }) => name === 'si' && strings.push(''),
    (text, path) => {
      if (path.at(-1) === 't' && !path.includes('rPh')) strings[strings.length - 1] += text;
    },
  );
  return strings;
}

function readStyles(bytes: Uint8Array): Book['dates'] {
  const codes = new Map<string, string>();
  const dates: Book['dates'] = [];
  readXml(bytes, ({ name, attributes, path }) => {
    if (name === 'numFmt') codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
    if (name !== 'xf' || path.at(-2) !== 'cellXfs') return;
    const id = attributes.numFmtId ?? '0';
    dates.push(isDateFormat(Number(id), codes.get(id)));
  });
  return dates;
}

function* sheetMember(name: string, bytes: Uint8Array, book: Book): Generator<Member> {
  const sheet = new SheetText(book);
  const broken = readXml(
    bytes,
    (element) => sheet.open(element),
    (text, path) => sheet.text(text, path),
    (closed) => sheet.close(closed),
  );
  const text = sheet.finish();
  if (text.trim() === '' && !broken) return;
  const rejection = broken && {
    reason: 'not-xml' as const,
    detail: `the sheet breaks off: ${broken}; what came before was not read`,
  };
  yield { name: `${name}.csv`, bytes: Buffer.from(text), ...(rejection && { rejection }) };
}

/** Rows keep their numbers, so that a refusal names the row that a person sees. */
class SheetText {
  private readonly lines: string[] = [];
  private characters = 0;
  private fields: string[] = [];
  private row = 0;
  private column = 0;
  private type = '';
  private style = 0;
  private value = '';

  constructor(private readonly book: Book) {}

  open({ name, attributes }: Element): void {
    if (name === 'row') {
      this.row = whole(attributes.r) ?? this.row + 1;
      this.fields = [];
      this.column = -1;
    } else if (name === 'c') {
      this.column = columnOf(attributes.r) ?? this.column + 1;
      this.type = attributes.t ?? 'n';
      this.style = whole(attributes.s) ?? 0;
      this.value = '';
    }
  }

  text(text: string, path: readonly string[]): void {
    const isValue = path.at(-1) === 'v' || (path.at(-1) === 't' && path.includes('is') && !path.includes('rPh'));
    if (isValue) this.value += text;
  }

  close(name: string): void {
    if (name === 'c' && this.value !== '') {
      while (this.fields.length < this.column) this.fields.push('');
      this.fields[this.column] = quoted(this.shown());
    } else if (name === 'row' && this.fields.length > 0) this.add(this.fields.join(','));
  }

  private add(line: string): void {
    this.characters += line.length + 1 + Math.max(0, this.row - 1 - this.lines.length);
    if (this.characters > MOST_CHARACTERS || this.row > MOST_ROWS)
      throw new BoundError('a sheet is larger than can be read: split it');
    while (this.lines.length < this.row - 1) this.lines.push('');
    this.lines.push(line);
  }

  private shown(): string {
    if (this.type === 's') return this.book.strings[Number(this.value)] ?? '';
    if (this.type === 'b') return this.value === '1' ? 'true' : 'false';
    const shows = this.type === 'n' ? this.book.dates[this.style] : undefined;
    return shows ? serialText(this.value, shows, this.book.from1904) : this.value;
  }

  finish(): string {
    return this.lines.length > 0 ? `${this.lines.join('\n')}\n` : '';
  }
}

/** Of every spreadsheet program. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

const whole = (text: string | undefined) => (text && /^\d{1,9}$/.test(text) ? Number(text) : undefined);

/** `C7` is column 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (!letters) return undefined;
  const number = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return number < MOST_COLUMNS ? number : undefined;
}

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
