// Segments: the journal's files, each named by the number of its first record; numbered frames with a checksum, found again after damage.

import { type FileHandle, open, readdir, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface Segment {
  firstSeq: number;
  file: string;
  bytes: number;
}

/** Frame: mark · payload length u32 · number f64 · crc32 of length, number and payload u32 · payload. Little-endian. */
const FRAME_HEAD_BYTES = 20;
/** Frames are found again by it after damage; text never contains its bytes. */
const MARK = Buffer.from([0xff, 0xce, 0x11, 0xfe]);
const CRC_AT = 16;
const NAME = /^(\d{16})\.journal$/;
/** No payload is larger: a length beyond it is damage, not data. */
const MAX_PAYLOAD_BYTES = 1 << 30;
/** Looked through at once for the next frame after damage. */
const SEARCH_BYTES = 1 << 20;

export async function listSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return { firstSeq: Number(NAME.exec(name)?.[1]), file, bytes: (await stat(file)).size };
    }),
  );
}

/** One numbered record as it stands in a segment. */
export interface Frame {
  seq: number;
  payload: Uint8Array;
  /** Place after it in the file, bytes. */
  end: number;
}

export function frame(seq: number, payload: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(FRAME_HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(MARK);
  view.setUint32(MARK.length, payload.length, true);
  view.setFloat64(8, seq, true);
  view.setUint32(CRC_AT, checksum(head, payload), true);
  return [head, payload];
}

function checksum(head: Uint8Array, payload: Uint8Array): number {
  return crc32(payload, crc32(head.subarray(MARK.length, CRC_AT)));
}

/** The whole frames of one segment in order; damaged ones are passed over, which a gap in the numbers shows. */
export async function* readSegment(segment: Segment): AsyncGenerator<Frame> {
  const until = segment.bytes;
  const handle = await open(segment.file, 'r');
  try {
    for (let place = 0; place < until; ) {
      const found = (await frameAt(handle, place, until)) ?? (await nextFrame(handle, place + 1, until));
      if (!found) return;
      yield found;
      place = found.end;
    }
  } finally {
    await handle.close();
  }
}

async function frameAt(handle: FileHandle, place: number, until: number): Promise<Frame | undefined> {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  await handle.read(head, 0, FRAME_HEAD_BYTES, place);
  const length = head.readUInt32LE(MARK.length);
  const end = place + FRAME_HEAD_BYTES + length;
  if (!head.subarray(0, MARK.length).equals(MARK) || length > MAX_PAYLOAD_BYTES || end > until) return undefined;
  const payload = new Uint8Array(length);
  await handle.read(payload, 0, length, place + FRAME_HEAD_BYTES);
  if (checksum(head, payload) !== head.readUInt32LE(CRC_AT)) return undefined;
  return { seq: head.readDoubleLE(8), payload, end };
}

/** The first whole frame that begins at or after `from`. */
async function nextFrame(handle: FileHandle, from: number, until: number): Promise<Frame | undefined> {
  const window = Buffer.alloc(SEARCH_BYTES);
  // Windows overlap, so that no mark is cut in two.
  for (let base = from; base < until; base += SEARCH_BYTES - MARK.length) {
    const { bytesRead } = await handle.read(window, 0, Math.min(SEARCH_BYTES, until - base), base);
    const bytes = window.subarray(0, bytesRead);
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
      const found = await frameAt(handle, base + at, until);
      if (found) return found;
    }
  }
  return undefined;
}

/** Counts the whole records and cuts off what a crash left half written behind them (it was never acknowledged). */
export async function mendTail(segment: Segment): Promise<{ head: number; damaged: number; cutBytes: number }> {
  let head = segment.firstSeq - 1;
  let records = 0;
  let good = 0;
  for await (const { seq, end } of readSegment(segment)) {
    head = seq;
    records++;
    good = end;
  }
  const cutBytes = segment.bytes - good;
  if (cutBytes > 0) await truncate(segment.file, good);
  segment.bytes = good;
  return { head, damaged: head - segment.firstSeq + 1 - records, cutBytes };
}

export async function deleteSegment(segment: Segment): Promise<void> {
  await unlink(segment.file);
}
