// 3GPP performance files in XML: TS 32.435 (measCollecFile) and TS 28.532 (measDataFile), read in one pass.

import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { RejectionReason } from '../../model/rejection.ts';
import { excerpt } from '../excerpt.ts';
import { type Format, type FormatContext, note, type Parsed } from '../format.ts';
import { MeasurementFile } from '../measurement-file.ts';

const ROOTS = new Set(['measCollecFile', 'measDataFile']);
/** Characters handed to the XML parser at once: what is complete goes on before the rest is read. */
const CHUNK_CHARACTERS = 65_536;
/** Elements within each other; PM files need six. Bounds the memory that a hostile file can take. */
const MAX_DEPTH = 64;
/** What means more than it says is left to the XML parser: references and `]]>`. */
const NOT_PLAIN = /[&\]]/;
const KNOWN_ROOTS = 'a 3GPP performance file has measCollecFile (TS 32.435) or measDataFile (TS 28.532)';
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
 * Nine tenths of a PM file are results in one plain form, `<r p="7">42</r>`. After each `<measValue …>` those are taken
 * directly; everything else, and every result in another form, goes through the XML parser.
 */
function* parse(text: string, context: FormatContext): Generator<Parsed> {
  const file = new MeasurementFile(context);
  const reader = new Reader(file);
  let nextValue = 0;
  for (let from = 0; from < text.length && !reader.fault; ) {
    if (nextValue <= from) nextValue = endOfTag(text, '<measValue', from);
    const to = Math.min(nextValue, from + CHUNK_CHARACTERS);
    reader.read(text.slice(from, to));
    from = reader.isInsideNewValue ? reader.takePlainResults(text, to) : to;
    yield* file.drain();
  }
  reader.end();
  yield* file.finish();
  if (reader.fault) yield refusal(reader.fault, text, context);
  else if (!reader.sawMeasData) note(context, 'the file holds no measData: nothing was measured in it');
}

/** Place after the next tag that begins with `start`, or the end of the text. */
function endOfTag(text: string, start: string, from: number): number {
  const tag = text.indexOf(start, from);
  const end = tag < 0 ? -1 : text.indexOf('>', tag);
  return end < 0 ? text.length : end + 1;
}

/** Drives the XML parser and hands elements on until the first fault. Entities are neither expanded nor fetched. */
class Reader {
  fault: Fault | undefined;
  sawMeasData = false;
  /** The last thing read was the start tag of a `measValue`. */
  isInsideNewValue = false;
  private readonly parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  private listening = false;
  private text = '';
  private depth = 0;

  constructor(private readonly file: MeasurementFile) {
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
    this.isInsideNewValue = false;
    this.guard(() => this.parser.write(chunk));
  }

  /** Takes the results in plain form that stand in `text` from `from` on; returns the place after them. */
  takePlainResults(text: string, from: number): number {
    let after = from;
    for (;;) {
      let at = after;
      let lineBreaks = 0;
      for (let code = text.charCodeAt(at); isBlank(code); code = text.charCodeAt(++at)) if (code === 10) lineBreaks++;
      if (!text.startsWith('<r p="', at)) return after;
      const quote = text.indexOf('"', at + 6);
      const end = text.indexOf('<', quote);
      if (quote < 0 || text[quote + 1] !== '>' || !text.startsWith('</r>', end)) return after;
      const p = text.slice(at + 6, quote);
      const value = text.slice(quote + 2, end);
      if (!this.file.hasType(p) || NOT_PLAIN.test(value)) return after;
      this.parser.line += lineBreaks + lineBreaksIn(value);
      this.file.addResult(p, value, this.parser.line);
      after = end + 4;
    }
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
    if (this.depth === 1 && !ROOTS.has(name)) {
      this.stop('wrong-shape', `the root element is <${excerpt(name)}>; ${KNOWN_ROOTS}`);
    } else if (this.depth > MAX_DEPTH) {
      this.stop('wrong-shape', `elements lie more than ${MAX_DEPTH} deep; a performance file needs six`);
    } else {
      if (name === 'measData' && this.depth === 2) this.sawMeasData = true;
      this.isInsideNewValue = name === 'measValue';
      if (this.file.open(name, tag.attributes, this.parser.line)) this.listen();
    }
  };

  private readonly close = (tag: SaxesTagPlain): void => {
    if (this.fault) return;
    this.depth--;
    this.isInsideNewValue = false;
    this.file.close(localName(tag.name), this.text, this.parser.line);
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
