// Decodes bytes by the encoding that they, their sender or the settings name, and never puts a wrong character in place of a broken one.

import { isAscii } from 'node:buffer';
import type { Rejection } from '../model/rejection.ts';
import { showsChineseHeading } from './chinese-heading.ts';

/** What is known of the encoding of a text besides its bytes; names as in a Content-Type. */
export interface Encodings {
  /** The `charset` that came with the text. */
  declared?: string;
  /** The setting `CELLSTAR_CHARSET`: of texts that are no UTF-8 and declare nothing. */
  standard?: string;
  /** Whether a text shows that it was decoded rightly; unless told, by headings in Chinese that are known here. */
  isRight?(text: string): boolean;
}

/** `note`: how it was read, where nobody had said how. */
export type Decoded = { kind: 'text'; text: string; note?: string } | { kind: 'rejection'; rejection: Rejection };

/** Names that systems use and no standard has. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  utf16: 'utf-16',
};
const SPELT: Readonly<Record<string, string>> = { gb18030: 'GB18030', gbk: 'GBK', 'windows-1252': 'windows-1252' };
const HOW_TO_DECLARE =
  'save the file as UTF-8, or declare what it is: charset=gb18030 (or another) in the Content-Type, CELLSTAR_CHARSET for files';

/** The encoding behind a name, as the WHATWG standard writes it; undefined when nobody knows it. */
export function encodingNamed(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  try {
    return new TextDecoder(OTHER_NAMES[lower] ?? lower).encoding;
  } catch {
    return undefined;
  }
}

/** By the byte order mark, else as declared, else by the XML declaration, else UTF-8, else what cannot be mistaken. */
export function decodeText(bytes: Uint8Array, told: Encodings = {}): Decoded {
  const marked = byMark(bytes);
  const named = marked ?? told.declared ?? byXml(bytes);
  if (named !== undefined) return asNamed(bytes, named);
  const text = decodedAs(bytes, 'utf-8');
  const silent = byZeros(bytes) ?? (text === undefined ? told.standard : undefined);
  if (silent !== undefined && silent === told.standard) return asNamed(bytes, silent);
  if (silent !== undefined) return withNote(bytes, silent);
  return text === undefined ? undeclared(bytes, told) : { kind: 'text', text };
}

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

function byXml(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

/** UTF-16 without a mark: no other text begins with letters that have zeros between them. */
function byZeros([a, b, c, d]: Uint8Array): string | undefined {
  if (a && b === 0 && c && d === 0) return 'utf-16le';
  return a === 0 && b && c === 0 && d ? 'utf-16be' : undefined;
}

function asNamed(bytes: Uint8Array, name: string): Decoded {
  const encoding = encodingNamed(name);
  if (encoding === undefined) {
    const detail = `the encoding "${name.slice(0, 40)}" is not known here; send UTF-8, or declare one such as gb18030, gbk, windows-1252 or utf-16le`;
    return { kind: 'rejection', rejection: { reason: 'not-utf8', detail, line: 1 } };
  }
  const text = decodedAs(bytes, encoding);
  if (text !== undefined) return { kind: 'text', text };
  return broken(bytes, encoding, 'save the file as UTF-8, or declare the encoding that it is in');
}

function withNote(bytes: Uint8Array, encoding: string): Decoded {
  const text = decodedAs(bytes, encoding);
  if (text === undefined) return broken(bytes, encoding, HOW_TO_DECLARE);
  return { kind: 'text', text, note: `read as ${spelt(encoding)}; declare charset=${encoding} in the Content-Type` };
}

/** GB18030 is what Chinese spreadsheets write; other letters than ours decode as it too, but never to words that we know. */
function undeclared(bytes: Uint8Array, { isRight = showsChineseHeading }: Encodings): Decoded {
  const text = decodedAs(bytes, 'gb18030');
  return text !== undefined && isRight(text) ? withNote(bytes, 'gb18030') : broken(bytes, 'utf-8', HOW_TO_DECLARE);
}

function broken(bytes: Uint8Array, encoding: string, whatToDo: string): Decoded {
  const line = lineOfFirstBreak(bytes, encoding);
  const detail = `line ${line} holds bytes that are no ${spelt(encoding)}; ${whatToDo}`;
  return { kind: 'rejection', rejection: { reason: 'not-utf8', detail, line } };
}

const spelt = (encoding: string) => SPELT[encoding] ?? encoding.toUpperCase();

/** Undefined where the bytes are not wholly of this encoding. */
function decodedAs(bytes: Uint8Array, encoding: string): string | undefined {
  // Of ASCII, which is nearly all that comes, the bytes are the characters; copying them is ten times as fast.
  if (encoding === 'utf-8' && isAscii(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return encoding === 'windows-1252' ? text.replace(/[\u0080-\u009f]/g, windowsSign) : text;
  } catch {
    return undefined;
  }
}

/** Some versions of Node.js decode these as ISO 8859-1, where they are controls that nobody writes. */
const WINDOWS_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const windowsSign = (control: string) => WINDOWS_SIGNS[control.charCodeAt(0) - 0x80]!;

/** A decoder that is not fatal marks the first broken place with U+FFFD. */
function lineOfFirstBreak(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
}
