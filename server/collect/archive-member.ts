// What comes out of an archive of any kind, and the bounds within which it is opened.

import type { Rejection } from '../model/rejection.ts';
import { HEAD_BYTES } from './private-file.ts';

export interface Member {
  /** As the archive names it, on one line: never a place to write to. */
  name: string;
  /** As it was put in; where there is a rejection, what could be read of its beginning. */
  bytes: Uint8Array;
  rejection?: Rejection;
}

/** The path of a file, or all its bytes. */
export type ArchiveSource = string | Uint8Array;

export interface ArchiveBounds {
  /** Of one member, bytes as it was put in. */
  memberBytes: number;
  /** Of all that is inflated, bytes. */
  totalBytes: number;
  members: number;
  /** Inflated bytes for one of the archive, once some 64 MiB have been inflated; XML of counters comes to 10 to 60. */
  ratio: number;
}

export const ARCHIVE_BOUNDS: ArchiveBounds = {
  memberBytes: 32 << 20,
  totalBytes: 8 * 2 ** 30,
  members: 10_000,
  ratio: 250,
};
const RATIO_COUNTS_FROM_BYTES = 64 << 20;

/** The archive is larger than its bounds allow. */
export class BoundError extends Error {}

/** Counts what is inflated of an archive; throws BoundError when a bound is passed. */
export class Meter {
  members = 0;
  private inflated = 0;

  constructor(
    readonly bounds: ArchiveBounds,
    private readonly archiveBytes: number,
  ) {}

  member(): void {
    const { members } = this.bounds;
    if (++this.members > members) throw new BoundError(`it holds more than ${members} files: split it`);
  }

  /** Hands on what is inflated, counting it. */
  async *through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.add(chunk.length);
      yield chunk;
    }
  }

  private add(bytes: number): void {
    this.inflated += bytes;
    const { ratio, totalBytes } = this.bounds;
    if (this.inflated > totalBytes) throw new BoundError(`it inflates to more than ${totalBytes} bytes: split it`);
    if (this.inflated > Math.max(RATIO_COUNTS_FROM_BYTES, ratio * this.archiveBytes)) {
      throw new BoundError(`it inflates to more than ${ratio} times its size, as no measurements do`);
    }
  }
}

/** Gathers a member's bytes: all, or, where it is larger than allowed, its beginning and the reason. */
export async function gather(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  bounds: ArchiveBounds,
): Promise<Omit<Member, 'name'>> {
  const most = size > bounds.memberBytes ? HEAD_BYTES : bounds.memberBytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > most) return { bytes: Buffer.concat(parts).subarray(0, most), rejection: tooLarge(bounds) };
  }
  return { bytes: Buffer.concat(parts) };
}

function tooLarge({ memberBytes }: ArchiveBounds): Rejection {
  return { reason: 'too-long', detail: `the member has more than ${memberBytes} bytes: split it` };
}

/** What operating systems leave beside files: no sender means it as data. */
export function isLitter(name: string): boolean {
  return /(?:^|[/\\])(?:\.[^/\\]*|__MACOSX|Thumbs\.db|desktop\.ini)(?:[/\\]|$)/i.test(
    name.replace(/(?:^|[/\\])\.{1,2}(?=[/\\])/g, ''),
  );
}
