// The whole memory of a detector as one run of bytes: a header of names in JSON, then the columns as they lie in memory.

/** `CSM1`, little-endian like the columns behind it. */
const MAGIC = 0x314d5343;
const PREFIX_BYTES = 8;

/** Header and parts, one after another. */
export function writeMemory(header: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const total = parts.reduce((sum, part) => sum + part.byteLength, PREFIX_BYTES + text.length);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, PREFIX_BYTES);
  let offset = PREFIX_BYTES + text.length;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** Throws a RangeError when these are no memory or end too early. */
export function readMemory(bytes: Uint8Array): { header: unknown; read: (length: number) => Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX_BYTES || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a detector memory');
  let offset = PREFIX_BYTES + view.getUint32(4, true);
  if (offset > bytes.length) throw new RangeError('the detector memory is cut short');
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, offset)));
  const read = (length: number): Uint8Array => {
    if (offset + length > bytes.length) throw new RangeError('the detector memory is cut short');
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  return { header, read };
}
