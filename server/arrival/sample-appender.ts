// Appends radio samples to the journal; a delivery that came before is known by its digest, and counts once.

import type { SampleBatch } from '../model/sample.ts';
import { counted } from '../words/counted.ts';

interface SampleAppenderOptions {
  append(batch: SampleBatch): Promise<unknown>;
  /** Which of these digests are stored already. */
  known(digests: readonly string[]): Promise<string[]>;
}

/** Newest digests remembered, for what the store has not taken yet; it knows the older ones itself. */
const MOST_REMEMBERED = 10_000;

export class SampleAppender {
  private readonly recent = new Set<string>();

  constructor(private readonly options: SampleAppenderOptions) {}

  /** One delivery, part by part. */
  begin(): { take(batch: SampleBatch): Promise<void>; notes(): string[] } {
    let taken = 0;
    let knownRows = 0;
    return {
      take: async (batch) => {
        // Reports without a place bring counts alone.
        const rows = Math.max(batch.rows, batch.timing ? 1 : 0);
        taken += rows;
        if (await this.isKnown(batch.digest)) knownRows += rows;
        else await this.append(batch);
      },
      notes: () => {
        if (knownRows === 0) return [];
        if (knownRows === taken) return ['this delivery came before; it counts once'];
        return [`${knownRows} of ${counted(taken, 'sample')} of this delivery came before and count once`];
      },
    };
  }

  /** With the store away nothing is known by it: the store itself keeps doubles out when it is back. */
  private async isKnown(digest: string): Promise<boolean> {
    if (this.recent.has(digest)) return true;
    const known = await this.options.known([digest]).catch(() => []);
    return known.length > 0;
  }

  private async append(batch: SampleBatch): Promise<void> {
    await this.options.append(batch);
    this.recent.add(batch.digest);
    if (this.recent.size > MOST_REMEMBERED) this.recent.delete(this.recent.values().next().value!);
  }
}
