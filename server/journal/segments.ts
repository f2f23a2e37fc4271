// Segments: the journal's files, each named by the number of its first record; frames with a checksum, a torn tail cut off.

import { open, readdir, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface Segment {
  firstSeq: number;
  file: string;
  bytes: number;
}

/** Frame: payload length u32 · crc32 of the payload u32 · payload. */
const FRAME_HEAD_BYTES = 8;
const NAME = /^(\d{16})\.journal$/;
/** No payload is larger: a length beyond it is damage, not data. */
const MAX_PAYLOAD_BYTES = 1 << 30;

export async function listSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return { firstSeq: Number(NAME.exec(name)?.[1]), file, bytes: (await stat(file)).size };
    }),
  );
}

export function frame(payload: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(FRAME_HEAD_BYTES);
  const view = new DataView(head.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint32(4, crc32(payload), true);
  return [head, payload];
}

/** The payloads of one segment in order, up to `until` bytes; stops at the first damaged frame. Yields each payload with its end. */
export async function* readSegment(
  segment: Segment,
  until = segment.bytes,
): AsyncGenerator<{ payload: Uint8Array; end: number }> {
  const handle = await open(segment.file, 'r');
  try {
    let offset = 0;
    const head = new Uint8Array(FRAME_HEAD_BYTES);
    const view = new DataView(head.buffer);
    while (offset + FRAME_HEAD_BYTES <= until) {
      await handle.read(head, 0, FRAME_HEAD_BYTES, offset);
      const length = view.getUint32(0, true);
      const end = offset + FRAME_HEAD_BYTES + length;
      if (length === 0 || length > MAX_PAYLOAD_BYTES || end > until) return;
      const payload = new Uint8Array(length);
      await handle.read(payload, 0, length, offset + FRAME_HEAD_BYTES);
      if (crc32(payload) !== view.getUint32(4, true)) return;
      yield { payload, end };
      offset = end;
    }
  } finally {
    await handle.close();
  }
}

/** Counts the whole records and cuts off what a crash left half written (it was never acknowledged). */
export async function mendTail(segment: Segment): Promise<{ records: number; cutBytes: number }> {
  let records = 0;
  let good = 0;
  for await (const { end } of readSegment(segment)) {
    records++;
    good = end;
  }
  const cutBytes = segment.bytes - good;
  if (cutBytes > 0) await truncate(segment.file, good);
  segment.bytes = good;
  return { records, cutBytes };
}

export async function deleteSegment(segment: Segment): Promise<void> {
  await unlink(segment.file);
}
