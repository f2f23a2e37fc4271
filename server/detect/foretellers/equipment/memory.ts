// The memory of the foreteller as bytes: a JSON head, then its number columns as they stand.

export type Numbers = Float32Array | Float64Array;
export type Columns = Record<string, Numbers>;

const ALIGN = 8;
const padded = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

interface Head {
  rest: unknown;
  /** Name, whether its numbers are 8 bytes long, and how many there are. */
  columns: [name: string, isDouble: boolean, length: number][];
}

export function packed(rest: unknown, columns: Columns): Uint8Array {
  const listed = Object.entries(columns);
  const head: Head = { rest, columns: listed.map(([name, all]) => [name, all instanceof Float64Array, all.length]) };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = padded(4 + text.length);
  const bytes = new Uint8Array(listed.reduce((sum, [, all]) => sum + padded(all.byteLength), start));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = start;
  for (const [, all] of listed) {
    bytes.set(new Uint8Array(all.buffer, all.byteOffset, all.byteLength), at);
    at += padded(all.byteLength);
  }
  return bytes;
}

/** Throws a RangeError or SyntaxError for bytes that are not whole. */
export function unpacked(bytes: Uint8Array): { rest: unknown; columns: Columns } {
  // A small file arrives as a Buffer in the middle of a shared pool, whose own slice() would not copy it out.
  const whole = Uint8Array.from(bytes);
  const length = new DataView(whole.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + length))) as Head;
  let at = padded(4 + length);
  const columns: Columns = {};
  for (const [name, isDouble, count] of head.columns) {
    columns[name] = isDouble ? new Float64Array(whole.buffer, at, count) : new Float32Array(whole.buffer, at, count);
    at += padded(columns[name].byteLength);
  }
  return { rest: head.rest, columns };
}
