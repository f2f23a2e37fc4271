// Reads from the store what is no longer remembered of periods: one question a cell, a few at a time.

import type { Reading } from '../model/reading.ts';
import type { Values } from './counter-lookup.ts';

/** A period of a cell. */
export interface PartKey {
  cell: string;
  at: number;
  periodSeconds: number;
}

/** Stored readings of one cell, `from < at <= to`. */
export type StoredReadings = (cell: string, from: number, to: number) => Promise<Reading[]>;

/** Questions that the store has at a time: whoever delivers must not push aside those who look at charts. */
const MOST_AT_ONCE = 8;
/** The longest time that one question spans: of a quarter of an hour each, 672 readings. */
const LONGEST_SPAN_MS = 7 * 86_400_000;

/** What the store holds of each period, by `keyOf`; with the store away nothing. */
export async function readEarlier(wanted: Iterable<PartKey>, stored: StoredReadings): Promise<Map<string, Values>> {
  const read = new Map<string, Values>();
  const questions = spansOf(wanted)[Symbol.iterator]();
  const ask = async () => {
    for (let next = questions.next(); !next.done; next = questions.next()) {
      const { cell, from, to } = next.value;
      // A value is derived from less, rather than the reading refused.
      const readings = await stored(cell, from - 1, to).catch(() => []);
      for (const { at, periodSeconds, kpis, counters } of readings) {
        read.set(keyOf({ cell, at, periodSeconds }), { ...kpis, ...counters });
      }
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, ask));
  return read;
}

export const keyOf = ({ cell, at, periodSeconds }: PartKey): string => `${at} ${periodSeconds} ${cell}`;

interface Span {
  cell: string;
  from: number;
  to: number;
}

/** The times of each cell, first to last; what lies too far apart is asked apart. */
function spansOf(wanted: Iterable<PartKey>): Span[] {
  const inOrder = [...wanted].sort((a, b) => (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : a.at - b.at));
  const spans: Span[] = [];
  for (const { cell, at } of inOrder) {
    const last = spans.at(-1);
    if (last?.cell === cell && at - last.from <= LONGEST_SPAN_MS) last.to = at;
    else spans.push({ cell, from: at, to: at });
  }
  return spans;
}
