// Packs files into archives for tests, as senders pack them; and zip files that are broken on purpose.

import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';

export type Files = Record<string, string | Uint8Array>;

export async function tarOf(files: Files): Promise<Uint8Array> {
  return packTar(
    Object.entries(files).map(([name, text]) => {
      const body = Buffer.from(text);
      return { header: { name, size: body.length, type: name.endsWith('/') ? 'directory' : 'file' }, body } as const;
    }),
  );
}

export const tarGzOf = async (files: Files) => gzipSync(await tarOf(files));

/** By the format's own description (APPNOTE.TXT 4.3): local headers and data, then the directory, then its end. */
export function zipOf(files: Files, spoil: { flags?: number; crc?: number } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const fields = fieldsOf(name, data, packed, spoil);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), u16(20), fields, Buffer.from(name), packed]);
    const where = [u16(0), u16(0), u16(0), u32(0), u32(offset)];
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), u16(20), u16(20), fields, ...where, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const count = u16(directory.length);
  const end = [Buffer.from('PK\x05\x06'), u16(0), u16(0), count, count, u32(list.length), u32(offset), u16(0)];
  return Buffer.concat([...locals, list, ...end]);
}

/** From the flags up to the length of the extra field, as both headers have them. */
function fieldsOf(
  name: string,
  data: Buffer,
  packed: Buffer,
  { flags = 0x800, crc }: { flags?: number; crc?: number },
) {
  const sizes = [u32(crc ?? crc32(data)), u32(packed.length), u32(data.length)];
  return Buffer.concat([u16(flags), u16(8), u32(0), ...sizes, u16(Buffer.byteLength(name)), u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
