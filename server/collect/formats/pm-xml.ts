// 3GPP performance files in XML: TS 32.435 (measCollecFile) and TS 28.532 (measDataFile), read in one pass.

import { SaxesParser } from 'saxes';
import type { RejectionReason } from '../../model/rejection.ts';
import { excerpt } from '../excerpt.ts';
import { type Format, type FormatContext, note, type Parsed } from '../format.ts';
import { MeasurementFile } from '../measurement-file.ts';

const ROOTS = new Set(['measCollecFile', 'measDataFile']);
/** Characters handed to the XML parser at once: what is complete goes on before the rest is read. */
const CHUNK_CHARACTERS = 65_536;
/** Elements within each other; PM files need six. Bounds the memory that a hostile file can take. */
const MAX_DEPTH = 64;

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

function* parse(text: string, context: FormatContext): Generator<Parsed> {
  const file = new MeasurementFile(context);
  const reader = new Reader(file);
  for (let from = 0; from < text.length && !reader.fault; from += CHUNK_CHARACTERS) {
    reader.read(text.slice(from, from + CHUNK_CHARACTERS));
    yield* file.drain();
  }
  reader.end();
  yield* file.finish();
  if (reader.fault) yield refusal(reader.fault, text, context);
  else if (!reader.sawMeasData) note(context, 'the file holds no measData: nothing was measured in it');
}

/** Drives the XML parser and hands elements on until the first fault. Entities are neither expanded nor fetched. */
class Reader {
  fault: Fault | undefined;
  sawMeasData = false;
  private readonly parser = new SaxesParser({ position: false });
  private wanted = false;
  private text = '';
  private depth = 0;

  constructor(private readonly file: MeasurementFile) {
    const { parser } = this;
    parser.on('opentag', (tag) => this.open(tag.name, tag.attributes as Record<string, string>));
    parser.on('closetag', (tag) => this.close(tag.name));
    parser.on('cdata', (text) => this.addText(text));
    parser.on('doctype', (doctype) => {
      if (doctype.includes('<!ENTITY'))
        this.stop('wrong-shape', 'the file declares entities of its own; send it with plain text instead');
    });
    parser.on('error', (error) => this.stop('not-xml', error.message));
  }

  read(chunk: string): void {
    this.parser.write(chunk);
  }

  end(): void {
    if (!this.fault) this.parser.close();
  }

  private open(qualified: string, attributes: Record<string, string>): void {
    if (this.fault) return;
    const name = localName(qualified);
    if (this.depth === 0 && !ROOTS.has(name)) {
      this.stop(
        'wrong-shape',
        `the root element is <${excerpt(name)}>; a 3GPP performance file has measCollecFile (TS 32.435) or measDataFile (TS 28.532)`,
      );
      return;
    }
    if (++this.depth > MAX_DEPTH) {
      this.stop('wrong-shape', `elements lie more than ${MAX_DEPTH} deep; a performance file needs six`);
      return;
    }
    if (name === 'measData' && this.depth === 2) this.sawMeasData = true;
    if (this.file.open(name, attributes, this.parser.line)) this.listen();
  }

  private close(qualified: string): void {
    if (this.fault) return;
    this.depth--;
    this.file.close(localName(qualified), this.text, this.parser.line);
    if (this.wanted) this.unlisten();
  }

  private listen() {
    this.wanted = true;
    this.text = '';
    this.parser.on('text', this.addText);
  }
  private unlisten() {
    this.wanted = false;
    this.parser.off('text');
  }

  private addText = (text: string): void => {
    if (this.wanted) this.text += text;
  };

  private stop(reason: RejectionReason, detail: string): void {
    this.wanted = false;
    this.fault ??= { reason, detail, line: this.parser.line };
  }
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
