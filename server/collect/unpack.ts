// From bytes to text: gunzip within a bound, and decode without ever putting a wrong character in place of a broken one.

import { isAscii } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Rejection } from '../model/rejection.ts';

const inflate = promisify(gunzip);

/** The most that a body or file may hold once inflated (default). */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;

export type Unpacked =
  | { kind: 'text'; text: string }
  /** `tooLarge`: a smaller piece may be sent again; else the bytes themselves are broken. */
  | { kind: 'rejection'; rejection: Rejection; tooLarge: boolean };

/**
 * The text in `bytes`, plain or gzip by their first bytes. UTF-8, UTF-16 with a byte order mark, or the encoding that an
 * XML declaration names. At most `maxBytes` are inflated; the rest of a larger one is never touched.
 */
export async function unpack(bytes: Uint8Array, maxBytes = MAX_TEXT_BYTES): Promise<Unpacked> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes.length > maxBytes ? tooLarge(maxBytes) : decode(bytes);
  try {
    return decode(await inflate(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxBytes);
    const detail = `the file begins as gzip but cannot be unpacked (${(error as Error).message}); send it again whole`;
    return refuse({ reason: 'unknown-format', detail });
  }
}

function tooLarge(maxBytes: number): Unpacked {
  const detail = `the text is larger than ${maxBytes / 2 ** 20} MiB once unpacked; send it in smaller pieces`;
  return { kind: 'rejection', tooLarge: true, rejection: { reason: 'too-long', detail } };
}

function refuse(rejection: Rejection): Unpacked {
  return { kind: 'rejection', tooLarge: false, rejection };
}

function decode(bytes: Uint8Array): Unpacked {
  const encoding = declaredEncoding(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    const detail = `the XML declaration names the encoding "${encoding}", which is not known here; send UTF-8`;
    return refuse({ reason: 'not-utf8', detail, line: 1 });
  }
  try {
    // Of ASCII, which is nearly all that comes, the bytes are the characters; copying them is ten times as fast.
    const isPlain = encoding === 'utf-8' && isAscii(bytes);
    const text = isPlain
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
      : decoder.decode(bytes);
    return { kind: 'text', text };
  } catch {
    const line = lineOfFirstBreak(bytes, encoding);
    const detail = `line ${line} holds bytes that are no ${encoding.toUpperCase()}; save the file as UTF-8 and send it again`;
    return refuse({ reason: 'not-utf8', detail, line });
  }
}

/** By the byte order mark, then by the XML declaration, else UTF-8. */
function declaredEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
}

/** A decoder that is not fatal marks the first broken place with U+FFFD. */
function lineOfFirstBreak(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
}
