// Performance files in XML, of every dialect that is known, read in one pass.

import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { RejectionReason } from '../../model/rejection.ts';
import { excerpt } from '../excerpt.ts';
import { type Format, type FormatContext, note, type Parsed } from '../format.ts';
import { MdcFile } from '../mdc-file.ts';
import { MeasurementFile } from '../measurement-file.ts';
import { OmesFile } from '../omes-file.ts';
import type { OpenDialect, PmDialect } from '../pm-dialect.ts';

const measurementFile: OpenDialect = (context) => new MeasurementFile(context);
/** By the name of the root element. */
const DIALECTS = new Map<string, OpenDialect>([
  ['measCollecFile', measurementFile],
  ['measDataFile', measurementFile],
  ['mdc', (context) => new MdcFile(context)],
  ['OMeS', (context) => new OmesFile(context)],
]);
/** Characters handed to the XML parser at once: what is complete goes on before the rest is read. */
const CHUNK_CHARACTERS = 65_536;
/** The same until the dialect is known. */
const HEAD_CHARACTERS = 2048;
/** Elements within each other; PM files need six. Bounds the memory that a hostile file can take. */
const MAX_DEPTH = 64;
/** What means more than it says is left to the XML parser: references and `]]>`. */
const NOT_PLAIN = /[&\]]/;
const KNOWN_ROOTS =
  'a performance file has measCollecFile (TS 32.435), measDataFile (TS 28.532), mdc (TS 32.401) or OMeS (Nokia)';
const OWN_ENTITIES = 'the file declares entities of its own; send it with plain text instead';

export const pmXml: Format = {
  name: 'pm-xml',
  // The only XML that is read so far: another root gets an answer that names it.
  looksLike: (head) => /^\uFEFF?\s*</.test(head),
  parse,
};

/** Why reading ends before the end of the text. */
interface Fault {
  reason: RejectionReason;
  detail: string;
  line: number;
}

/**
 * Nine tenths of a PM file are results in one plain form, `<r p="7">42</r>`. After each tag that results follow those are
 * taken directly; everything else, and every result in another form, goes through the XML parser.
 */
export function* parse(text: string, context: FormatContext, chunk = CHUNK_CHARACTERS): Generator<Parsed> {
  const reader = new Reader(context);
  let nextValue = 0;
  for (let from = 0; from < text.length && !reader.fault; ) {
    const mark = reader.dialect?.valueMark;
    if (nextValue <= from) nextValue = mark === undefined ? from + HEAD_CHARACTERS : endOfTag(text, mark, from);
    const to = Math.min(nextValue, from + chunk, text.length);
    reader.read(text.slice(from, to));
    // Elsewhere the text may be in the middle of a comment.
    from = to === nextValue && mark !== undefined ? reader.takePlain(text, to) : to;
    yield* reader.drain();
  }
  reader.end();
  yield* reader.finish();
  if (reader.fault) yield refusal(reader.fault, text, context);
  else if (!reader.dialect?.hasData) note(context, 'the file holds no measurements: nothing was measured in it');
}

/** Place after the next tag that begins with `start`, or the end of the text. */
function endOfTag(text: string, start: string, from: number): number {
  const tag = text.indexOf(start, from);
  const end = tag < 0 ? -1 : text.indexOf('>', tag);
  return end < 0 ? text.length : end + 1;
}

/** Start tags that are remembered with what they say; more are no counters of a performance file. */
const MOST_TAGS = 20_000;
const PLAIN_TAG = /^([\w.:-]+)(?: p="([^"&<]*)")?$/;

interface PlainTag {
  name: string;
  p: string | undefined;
}

/** Drives the XML parser and hands elements on until the first fault. Entities are neither expanded nor fetched. */
class Reader {
  fault: Fault | undefined;
  /** Known from the root element on. */
  dialect: PmDialect | undefined;
  /** The last thing read was a start tag. */
  private isAfterTag = false;
  private readonly parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  private readonly tags = new Map<string, PlainTag | null>();
  private listening = false;
  private text = '';
  private depth = 0;

  constructor(private readonly context: FormatContext) {
    const { parser } = this;
    parser.on('opentag', this.open);
    parser.on('closetag', this.close);
    parser.on('cdata', this.addText);
    parser.on('doctype', (doctype) => {
      if (doctype.includes('<!ENTITY')) this.stop('wrong-shape', OWN_ENTITIES);
    });
    parser.on('error', (error) => this.stop('not-xml', error.message));
  }

  read(chunk: string): void {
    this.isAfterTag = false;
    this.guard(() => this.parser.write(chunk));
  }

  /** Takes the elements of nothing but plain text that stand in `text` from `from` on; returns the place after them. */
  takePlain(text: string, from: number): number {
    let after = from;
    if (!this.isAfterTag || !this.dialect) return after;
    for (;;) {
      let at = after;
      let lineBreaks = 0;
      for (let code = text.charCodeAt(at); isBlank(code); code = text.charCodeAt(++at)) if (code === 10) lineBreaks++;
      const value = text.charCodeAt(at) === LESS_THAN ? text.indexOf('>', at) + 1 : 0;
      const end = value > 0 ? text.indexOf('<', value) : -1;
      const tag = end < 0 ? null : this.plainTag(text.slice(at + 1, value - 1));
      if (!tag || !isEndTag(text, end, tag.name)) return after;
      const content = text.slice(value, end);
      if (NOT_PLAIN.test(content)) return after;
      const line = this.parser.line + lineBreaks + lineBreaksIn(content);
      if (!this.dialect.leaf(tag.name, tag.p, content, line)) return after;
      this.parser.line = line;
      after = end + tag.name.length + 3;
    }
  }

  /** A file says the same few tags millions of times. */
  private plainTag(tag: string): PlainTag | null {
    let known = this.tags.get(tag);
    if (known === undefined) {
      const [, name, p] = PLAIN_TAG.exec(tag) ?? [];
      known = name === undefined ? null : { name, p };
      if (this.tags.size < MOST_TAGS) this.tags.set(tag, known);
    }
    return known;
  }

  drain(): Parsed[] {
    return this.dialect?.drain() ?? [];
  }

  finish(): Parsed[] {
    return this.dialect?.finish() ?? [];
  }

  end(): void {
    if (!this.fault) this.guard(() => this.parser.close());
  }

  /** The parser reports what is wrong, but throws on half a surrogate pair within markup. */
  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.stop('not-xml', error instanceof Error ? error.message : String(error));
    }
  }

  private readonly open = (tag: SaxesTagPlain): void => {
    if (this.fault) return;
    const name = localName(tag.name);
    this.depth++;
    this.isAfterTag = true;
    if (this.depth === 1) this.openRoot(name);
    if (this.depth > MAX_DEPTH) {
      this.stop('wrong-shape', `elements lie more than ${MAX_DEPTH} deep; a performance file needs six`);
    } else if (this.dialect?.open(name, tag.attributes, this.parser.line)) this.listen();
  };

  private openRoot(name: string): void {
    this.dialect = DIALECTS.get(name)?.(this.context);
    if (!this.dialect) this.stop('wrong-shape', `the root element is <${excerpt(name)}>; ${KNOWN_ROOTS}`);
  }

  private readonly close = (tag: SaxesTagPlain): void => {
    if (this.fault) return;
    this.depth--;
    this.isAfterTag = false;
    this.dialect?.close(localName(tag.name), this.text, this.parser.line);
    if (this.listening) this.unlisten();
  };

  private readonly addText = (text: string): void => {
    if (this.listening) this.text += text;
  };

  /** The parser cuts text out only for a listener: most text is the blanks between elements, so we listen as little as we can. */
  private listen(): void {
    this.text = '';
    this.listening = true;
    this.parser.on('text', this.addText);
  }

  private unlisten(): void {
    this.listening = false;
    this.parser.off('text');
  }

  private stop(reason: RejectionReason, detail: string): void {
    this.fault ??= { reason, detail, line: this.parser.line };
  }
}

const LESS_THAN = 60;

/** Whether `</name>` stands at this place. */
function isEndTag(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at + 2) && text[at + 1] === '/' && text[at + 2 + name.length] === '>';
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

function lineBreaksIn(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0;
}

function localName(qualified: string): string {
  const colon = qualified.indexOf(':');
  return colon < 0 ? qualified : qualified.slice(colon + 1);
}

function refusal({ reason, detail, line }: Fault, text: string, context: FormatContext): Parsed {
  const atLine = text.split('\n', line)[line - 1]?.trim() ?? '';
  const sentence = `line ${line}: ${detail.replace(/\.$/, '')}. What stood complete before it was kept; send the whole file again once it is mended`;
  return {
    kind: 'rejection',
    rejection: { reason, detail: sentence, line, file: context.file, excerpt: excerpt(atLine) },
  };
}
