// Names what is no text in any encoding, by its first bytes, so that nobody is told of broken letters in it.

interface NoText {
  is: string;
  /** What whoever sent it can do. */
  todo: string;
}

const UNPACK = 'unpack it and send what is in it, plain or as gzip';
const KINDS: readonly (readonly [start: string, is: string, todo: string])[] = [
  ['1f8b', 'gzip', 'it was packed twice; unpack it once and send it again'],
  [
    '504b0304',
    'a zip archive',
    'put it into the inbox or import it by itself; a door takes what is in it, file by file',
  ],
  ['425a68', 'a bzip2 file', UNPACK],
  ['fd377a585a00', 'an xz file', UNPACK],
  ['28b52ffd', 'a zstd file', UNPACK],
  ['377abcaf271c', 'a 7z archive', UNPACK],
  ['526172211a07', 'a rar archive', UNPACK],
  ['d0cf11e0a1b11ae1', 'a document of old office programs (.xls, .doc)', 'save its table as .xlsx or CSV'],
];
const LONGEST_START = 8;

/** Undefined for whatever may be text. */
export function whatNoText(bytes: Uint8Array): NoText | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_START)).toString('hex');
  const kind = KINDS.find(([beginning]) => start.startsWith(beginning));
  return kind && { is: kind[1], todo: kind[2] };
}
