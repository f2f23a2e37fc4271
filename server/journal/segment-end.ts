// The end of the newest segment: a group of frames is written and synced there whole, or cut off again.

import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from './segments.ts';

export class SegmentEnd {
  /** What a failed write left behind the last synced byte has yet to be cut off. */
  private torn = false;

  constructor(
    readonly segment: Segment,
    private readonly handle: FileHandle,
  ) {}

  /** Throws when not every byte is on the disk; then nothing counts as written, and the next write first cuts. */
  async write(parts: Uint8Array[]): Promise<void> {
    if (this.torn) await this.handle.truncate(this.segment.bytes);
    this.torn = true;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    // A disk that fills up meanwhile takes fewer bytes, without an error.
    const { bytesWritten } = await this.handle.writev(parts);
    if (bytesWritten !== bytes) throw new Error(`the disk took ${bytesWritten} of ${bytes} bytes`);
    await this.handle.datasync();
    this.torn = false;
    this.segment.bytes += bytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Creates the file and makes its name durable too. */
export async function createSegment(folder: string, firstSeq: number): Promise<SegmentEnd> {
  const file = join(folder, `${String(firstSeq).padStart(16, '0')}.journal`);
  const handle = await open(file, 'a');
  try {
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    await handle.close();
    throw error;
  }
  return new SegmentEnd({ firstSeq, file, bytes: 0 }, handle);
}
