// Binary frames of cell states: 7 bytes a cell instead of 70 as JSON, read without parsing. Little-endian.

/** Layout: magic u32 · flags u32 · seq f64 · dataAt f64 · count u32 · pad u32 · index u32[count] · age u16[count] · health u8[count]. */
const MAGIC = 0x31465343; // "CSF1"
const HEADER_BYTES = 32;
const WHOLE = 1;

export interface CellFrame {
  seq: number;
  /** Newest data time of the network, epoch milliseconds; 0 when nothing has been heard. */
  dataAt: number;
  /** True when the frame holds every cell, false when only those that changed. */
  whole: boolean;
  /** The cell's `index` as in GET /api/cells. */
  index: Uint32Array;
  /** Age of the newest reading in minutes of data time, 65,535 = never or older. */
  ageMinutes: Uint16Array;
  /** Codes of `HEALTHS`. */
  health: Uint8Array;
}

export function encodeCellFrame(frame: CellFrame): Uint8Array {
  const count = frame.index.length;
  const bytes = new Uint8Array(HEADER_BYTES + count * 7);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, frame.whole ? WHOLE : 0, true);
  view.setFloat64(8, frame.seq, true);
  view.setFloat64(16, frame.dataAt, true);
  view.setUint32(24, count, true);
  new Uint32Array(bytes.buffer, HEADER_BYTES, count).set(frame.index);
  new Uint16Array(bytes.buffer, HEADER_BYTES + 4 * count, count).set(frame.ageMinutes);
  bytes.set(frame.health, HEADER_BYTES + 6 * count);
  return bytes;
}

/** Throws a RangeError when the bytes are no cell frame. */
export function decodeCellFrame(buffer: ArrayBuffer): CellFrame {
  if (buffer.byteLength < HEADER_BYTES) throw new RangeError('a cell frame has at least 32 bytes');
  const view = new DataView(buffer);
  const count = view.getUint32(24, true);
  if (view.getUint32(0, true) !== MAGIC || buffer.byteLength !== HEADER_BYTES + count * 7) {
    throw new RangeError('not a cell frame');
  }
  return {
    seq: view.getFloat64(8, true),
    dataAt: view.getFloat64(16, true),
    whole: (view.getUint32(4, true) & WHOLE) !== 0,
    index: new Uint32Array(buffer, HEADER_BYTES, count),
    ageMinutes: new Uint16Array(buffer, HEADER_BYTES + 4 * count, count),
    health: new Uint8Array(buffer, HEADER_BYTES + 6 * count, count),
  };
}
