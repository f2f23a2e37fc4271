// Reads an XML document in one pass and hands its elements to a reader of one kind of file; what is plain is taken without the XML parser.

import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Rejection, RejectionReason } from '../model/rejection.ts';
import { excerpt } from './excerpt.ts';
import type { FormatContext } from './format.ts';

export type Attributes = Record<string, string | undefined>;

/** Follows the elements of one kind of file and joins them into what it yields. */
export interface ElementReader<Item> {
  /** Stands in each start tag after which plain elements follow: there a file is read without the XML parser. */
  readonly valueMark: string;
  /** `name` is the element's name without prefix; returns true when its text is wanted by `close`. */
  open(name: string, attributes: Attributes, line: number): boolean;
  close(name: string, text: string, line: number): void;
  /** An element of nothing but text; false leaves it to `open` and `close`. */
  leaf(name: string, p: string | undefined, text: string, line: number): boolean;
  /** Hands over what is complete. */
  drain(): Item[];
  /** The document ends or breaks here: what is complete so far is handed over. */
  finish(): Item[];
}

/** One way of reading XML files. */
export interface XmlKind<Item, Reader extends ElementReader<Item>> {
  /** By the name of the root element. */
  readers: ReadonlyMap<string, (context: FormatContext) => Reader>;
  /** Which root elements are read, as a clause for people. */
  knownRoots: string;
  /** What such a file is, with how deep its elements lie, as a clause for people. */
  needs: string;
  /** No rejection may repeat anything of the text. */
  isPrivate?: boolean;
  /** After a document that was read to its end; the reader is undefined where there was no root element. */
  ended?(reader: Reader | undefined, context: FormatContext): void;
}

/** Characters handed to the XML parser at once: what is complete goes on before the rest is read. */
export const CHUNK_CHARACTERS = 65_536;
/** The same until the kind of file is known. */
const HEAD_CHARACTERS = 2048;
/** Elements within each other; real files need six. Bounds the memory that a hostile file can take. */
const MAX_DEPTH = 64;
/** What means more than it says is left to the XML parser: references and `]]>`. */
const NOT_PLAIN = /[&\]]/;
/** In place of the parser's own words, which may repeat the text. */
const BROKEN = 'this is no well-formed XML, or the file was cut off here';
const OWN_ENTITIES = 'the file declares entities of its own; send it with plain text instead';

/** Why reading ends before the end of the text. */
interface Fault {
  reason: RejectionReason;
  detail: string;
  line: number;
}

/** Never throws: a broken document yields what came before, and one rejection. */
export function* readXml<Item, Reader extends ElementReader<Item>>(
  text: string,
  context: FormatContext,
  kind: XmlKind<Item, Reader>,
  chunk = CHUNK_CHARACTERS,
): Generator<Item | { kind: 'rejection'; rejection: Rejection }> {
  const driver = new Driver(context, kind);
  let nextValue = 0;
  for (let from = 0; from < text.length && !driver.fault; ) {
    const mark = driver.reader?.valueMark;
    if (nextValue <= from) nextValue = mark === undefined ? from + HEAD_CHARACTERS : endOfTag(text, mark, from);
    const to = Math.min(nextValue, from + chunk, text.length);
    driver.read(text.slice(from, to));
    // Elsewhere the text may be in the middle of a comment.
    from = to === nextValue && mark !== undefined ? driver.takePlain(text, to) : to;
    yield* driver.drain();
  }
  driver.end();
  yield* driver.finish();
  if (driver.fault) yield { kind: 'rejection', rejection: rejectionOf(driver.fault, text, context, kind) };
  else kind.ended?.(driver.reader, context);
}

/** Place after the next tag that begins with `start`, or the end of the text. */
function endOfTag(text: string, start: string, from: number): number {
  const tag = text.indexOf(start, from);
  const end = tag < 0 ? -1 : text.indexOf('>', tag);
  return end < 0 ? text.length : end + 1;
}

/** Start tags that are remembered with what they say; more are no values of a real file. */
const MOST_TAGS = 20_000;
const PLAIN_TAG = /^([\w.:-]+)(?: p="([^"&<]*)")?$/;

interface PlainTag {
  name: string;
  p: string | undefined;
}

/** Drives the XML parser and hands elements on until the first fault. Entities are neither expanded nor fetched. */
class Driver<Item, Reader extends ElementReader<Item>> {
  fault: Fault | undefined;
  /** Known from the root element on. */
  reader: Reader | undefined;
  /** The last thing read was a start tag. */
  private isAfterTag = false;
  private readonly parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  private readonly tags = new Map<string, PlainTag | null>();
  private listening = false;
  private text = '';
  private depth = 0;

  constructor(
    private readonly context: FormatContext,
    private readonly kind: XmlKind<Item, Reader>,
  ) {
    const { parser } = this;
    parser.on('opentag', this.open);
    parser.on('closetag', this.close);
    parser.on('cdata', this.addText);
    parser.on('doctype', (doctype) => {
      if (doctype.includes('<!ENTITY')) this.stop('wrong-shape', OWN_ENTITIES);
    });
    parser.on('error', (error) => this.stop('not-xml', this.kind.isPrivate ? BROKEN : error.message));
  }

  read(chunk: string): void {
    this.isAfterTag = false;
    this.guard(() => this.parser.write(chunk));
  }

  /** Takes the elements of nothing but plain text that stand in `text` from `from` on; returns the place after them. */
  takePlain(text: string, from: number): number {
    let after = from;
    if (!this.isAfterTag || !this.reader) return after;
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
      if (!this.reader.leaf(tag.name, tag.p, content, line)) return after;
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

  drain(): Item[] {
    return this.reader?.drain() ?? [];
  }

  finish(): Item[] {
    return this.reader?.finish() ?? [];
  }

  end(): void {
    if (!this.fault) this.guard(() => this.parser.close());
  }

  /** The parser reports what is wrong, but throws on half a surrogate pair within markup. */
  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.stop('not-xml', this.kind.isPrivate || !(error instanceof Error) ? BROKEN : error.message);
    }
  }

  private readonly open = (tag: SaxesTagPlain): void => {
    if (this.fault) return;
    const name = localName(tag.name);
    this.depth++;
    this.isAfterTag = true;
    if (this.depth === 1) this.openRoot(name);
    if (this.depth > MAX_DEPTH) {
      this.stop('wrong-shape', `elements lie more than ${MAX_DEPTH} deep; ${this.kind.needs}`);
    } else if (this.reader?.open(name, tag.attributes, this.parser.line)) this.listen();
  };

  private openRoot(name: string): void {
    this.reader = this.kind.readers.get(name)?.(this.context);
    if (!this.reader) this.stop('wrong-shape', `the root element is <${excerpt(name)}>; ${this.kind.knownRoots}`);
  }

  private readonly close = (tag: SaxesTagPlain): void => {
    if (this.fault) return;
    this.depth--;
    this.isAfterTag = false;
    this.reader?.close(localName(tag.name), this.text, this.parser.line);
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

function rejectionOf(
  { reason, detail, line }: Fault,
  text: string,
  context: FormatContext,
  { isPrivate }: { isPrivate?: boolean },
): Rejection {
  const sentence = `line ${line}: ${detail.replace(/\.$/, '')}. What stood complete before it was kept; send the whole file again once it is mended`;
  const refused = { reason, detail: sentence, line, file: context.file };
  return isPrivate ? refused : { ...refused, excerpt: excerpt(text.split('\n', line)[line - 1]?.trim() ?? '') };
}
