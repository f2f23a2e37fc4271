// What a receipt says about the times of a delivery: read without an offset, or ahead of our clock.

import type { ZoneOffset } from '../maths/parse-time.ts';
import type { ReadingBatch } from '../model/reading.ts';
import { counted, longSpan } from '../words/counted.ts';

/** Counts the times that came without an offset from UTC. */
export class ZonelessTimes {
  private count = 0;

  constructor(
    private readonly zone: string,
    private readonly zoneOffsetMinutes: ZoneOffset,
  ) {}

  /** Asked once for each time that has no offset of its own. */
  readonly offset = (localMs: number): number => {
    this.count++;
    return typeof this.zoneOffsetMinutes === 'number' ? this.zoneOffsetMinutes : this.zoneOffsetMinutes(localMs);
  };

  /** What the sender should know; nothing where every time said where it holds. */
  notes(): string[] {
    if (this.count === 0) return [];
    const times = counted(this.count, 'time');
    return [
      `${times} had no offset from UTC and ${this.count === 1 ? 'was' : 'were'} read as ${this.zone} (CELLSTAR_ZONE)`,
    ];
  }
}

/** Clocks differ by a little; a period that is said to end later than that has not ended (*default*). */
const NOTED_AHEAD_MS = 60_000;

/** A note where accepted readings are ahead of `now`, wall time; those of more than an hour were refused. */
export function noteAhead(batches: readonly ReadingBatch[], now: number): string | undefined {
  let newest = 0;
  let rows = 0;
  for (const { at } of batches) {
    for (const time of at) {
      if (time <= now + NOTED_AHEAD_MS) continue;
      rows++;
      newest = Math.max(newest, time);
    }
  }
  if (rows === 0) return undefined;
  const readings = counted(rows, 'reading ends', 'readings end');
  return `${readings} up to ${longSpan((newest - now) / 60_000)} ahead of this server: the sender’s clock may be wrong`;
}
