// Tells from the first bytes of a file whether it is about people, so that no copy of it is kept; also when it cannot be read.

import { isAscii } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import { detectPeople, isOfReports } from './formats.ts';

const GZIP_HEADER_BYTES = 10;
/** How much of a file is needed to tell. */
export const HEAD_BYTES = 16_384;

/** In which names of fields are looked for; zeros between the letters are UTF-16 without a mark. */
const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];

/** True for a file of people or of their phones' reports: plain, gzip (packed twice, too), cut short, or in no encoding known here. */
export function isAboutPeople(bytes: Uint8Array): boolean {
  const head = inflatedHead(inflatedHead(bytes.subarray(0, HEAD_BYTES)));
  const isPlain = isAscii(head) && !head.includes(0);
  return ENCODINGS.slice(0, isPlain ? 1 : undefined).some((encoding) => {
    // Not fatal: a letter that cannot be read does not hide the names of the fields.
    const text = new TextDecoder(encoding).decode(head);
    return detectPeople(text) !== undefined || isOfReports(text);
  });
}

/** What the beginning of a gzip file holds. That it is cut in the middle is no error here, nor are broken bytes further on. */
export function inflatedHead(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  for (let length = bytes.length; length > GZIP_HEADER_BYTES; length = length >> 1) {
    try {
      return gunzipSync(bytes.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      // Broken at its end, perhaps: half of it tells as well.
    }
  }
  return bytes;
}
