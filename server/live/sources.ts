// Who sends: each source's data clock, its rhythm by wall time, and how much of it was refused.

import type { ReadingBatch } from '../model/reading.ts';
import type { SampleBatch } from '../model/sample.ts';
import type { SourceStatus } from '../model/source.ts';

/** Sources that are told apart; more than this share the last number. */
const MOST_SOURCES = 10_000;
/** A source is quiet once nothing came for this many of its own usual gaps… */
const QUIET_GAPS = 4;
/** …and never before this many of the periods that it reports. */
const QUIET_PERIODS = 3;
/** Weight of the newest gap in the usual gap. */
const GAP_WEIGHT = 0.2;

interface Source extends Omit<SourceStatus, 'quiet' | 'usualGapMs'> {
  /** Usual wall time between two new periods; 0 until the second. */
  gapMs: number;
  newestHeardAt: number;
  /** Longest granularity period in its newest batch. */
  periodMs: number;
}

export interface SourcesState {
  sources: Source[];
}

export class Sources {
  private readonly all: Source[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(id: string, heardAt = 0): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    if (this.all.length >= MOST_SOURCES) return MOST_SOURCES - 1;
    const number =
      this.all.push({
        id,
        newestAt: null,
        heardAt,
        readings: 0,
        samples: 0,
        rejected: 0,
        gapMs: 0,
        newestHeardAt: 0,
        periodMs: 0,
      }) - 1;
    this.numbers.set(id, number);
    return number;
  }

  nameOf(number: number): string {
    return this.all[number]?.id ?? '';
  }

  /** Notes a batch and gives its source's number. */
  hear(batch: ReadingBatch): number {
    const number = this.numberOf(batch.source);
    const source = this.all[number]!;
    let newest = source.newestAt ?? 0;
    for (const at of batch.at) if (at > newest) newest = at;
    if (newest > (source.newestAt ?? 0)) {
      const gap = batch.receivedAt - source.newestHeardAt;
      if (source.newestHeardAt > 0)
        source.gapMs = source.gapMs ? source.gapMs + GAP_WEIGHT * (gap - source.gapMs) : gap;
      source.newestHeardAt = batch.receivedAt;
      source.periodMs = 1000 * batch.periodSeconds.reduce((longest, seconds) => Math.max(longest, seconds), 0);
      source.newestAt = newest;
    }
    source.heardAt = Math.max(source.heardAt, batch.receivedAt);
    source.readings += batch.rows;
    return number;
  }

  /** Notes samples: they come when somebody drives, so that their sender has no rhythm and is never quiet. */
  hearSamples({ source, at, receivedAt, rows }: SampleBatch): void {
    const known = this.all[this.numberOf(source)]!;
    for (const one of at) if (one > (known.newestAt ?? 0)) known.newestAt = one;
    known.heardAt = Math.max(known.heardAt, receivedAt);
    known.samples += rows;
  }

  refuse(id: string, count: number, now: number): void {
    if (count === 0) return;
    const source = this.all[this.numberOf(id, now)]!;
    source.rejected += count;
    source.heardAt = Math.max(source.heardAt, now);
  }

  /**
   * Data clock of each source by number; infinite for a source of which nothing new has come for long by wall time, so
   * that its cells go unknown. That holds for a single file too, which has no rhythm and whose silence is no alert.
   */
  clocks(wallNow: number): Float64Array {
    return Float64Array.from(this.all, (source) =>
      isOverdue(source, wallNow) ? Number.POSITIVE_INFINITY : (source.newestAt ?? 0),
    );
  }

  list(wallNow: number): SourceStatus[] {
    return this.all.map((source) => {
      const { id, newestAt, heardAt, readings, samples, rejected, gapMs } = source;
      return { id, newestAt, heardAt, readings, samples, rejected, usualGapMs: gapMs, quiet: isQuiet(source, wallNow) };
    });
  }

  totals(): { readings: number; rejected: number; sources: number } {
    const sum = (pick: (source: Source) => number) => this.all.reduce((total, source) => total + pick(source), 0);
    return { readings: sum((one) => one.readings), rejected: sum((one) => one.rejected), sources: this.all.length };
  }

  save(): SourcesState {
    return { sources: this.all };
  }

  load({ sources }: SourcesState): void {
    for (const source of sources) Object.assign(this.all[this.numberOf(source.id)]!, source);
  }
}

/** Quiet against its own rhythm, which takes two periods to know. */
function isQuiet(source: Source, wallNow: number): boolean {
  return source.gapMs > 0 && isOverdue(source, wallNow);
}

function isOverdue(source: Source, wallNow: number): boolean {
  return wallNow - source.newestHeardAt > Math.max(QUIET_GAPS * source.gapMs, QUIET_PERIODS * source.periodMs);
}
