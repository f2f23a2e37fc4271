// From bytes to text: gunzip within a bound, and decode without ever putting a wrong character in place of a broken one.

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Rejection } from '../model/rejection.ts';
import { whatNoText } from './no-text.ts';
import { decodeText, type Encodings } from './text-encoding.ts';

const inflate = promisify(gunzip);

/** The most that a body or file may hold once inflated (default). */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;

export type Unpacked =
  /** `note`: how it was read, where nobody had said how. */
  | { kind: 'text'; text: string; note?: string }
  /** `tooLarge`: a smaller piece may be sent again; else the bytes themselves are broken. */
  | { kind: 'rejection'; rejection: Rejection; tooLarge: boolean };

/**
 * The text in `bytes`, plain or gzip by their first bytes, decoded as `told` and the text itself say. At most `maxBytes`
 * are inflated; the rest of a larger one is never touched.
 */
export async function unpack(bytes: Uint8Array, maxBytes = MAX_TEXT_BYTES, told: Encodings = {}): Promise<Unpacked> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes.length > maxBytes ? tooLarge(maxBytes) : decode(bytes, told);
  try {
    return decode(await inflate(bytes, { maxOutputLength: maxBytes }), told, ' within gzip');
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

function decode(bytes: Uint8Array, told: Encodings, within = ''): Unpacked {
  const noText = whatNoText(bytes);
  if (noText) return refuse({ reason: 'unknown-format', detail: `this is ${noText.is}${within}: ${noText.todo}` });
  const decoded = decodeText(bytes, told);
  return decoded.kind === 'text' ? decoded : refuse(decoded.rejection);
}
