// Joins what a PM file says of one object and period, in however many places, into one reading.

import type { PlainNames, PlainValues } from '../model/reading.ts';
import type { RejectionReason } from '../model/rejection.ts';
import type { CounterValue, ManagedObject, Parsed } from '../model/sent.ts';
import { excerpt } from './excerpt.ts';
import type { FormatContext } from './format.ts';

/** The period of values as a file gives it: epoch milliseconds and seconds, or the text that is neither. */
export interface Period {
  /** END of the granularity period. */
  at: number | string | undefined;
  periodSeconds: number | string | undefined;
}

/** One set of values of one object. */
export interface MeasuredValues {
  ldn: string;
  line: number;
  names: readonly string[];
  values: CounterValue[];
  suspect: boolean;
  /** Set where many sets of values have these very names: they are looked up once for all. */
  shared?: PlainNames;
}

export type Counters = Record<string, CounterValue>;

interface Pending extends Period {
  ldn: string;
  line: number;
  /** What came first; nearly always it is all. */
  first: MeasuredValues;
  /** Made when more comes. */
  counters: Counters | undefined;
  suspect: boolean;
}

/** Lists of names that are remembered; further ones are shared with nobody. */
const MOST_SHARED = 1000;

export class JoinedReadings {
  private readonly shared = new Map<string, PlainNames>();
  private readonly pending = new Map<string, Pending>();
  private ready: Parsed[] = [];

  constructor(private readonly context: FormatContext) {}

  add(measured: MeasuredValues, { at, periodSeconds }: Period): void {
    const { ldn, line, suspect } = measured;
    const key = `${at}\n${periodSeconds}\n${ldn}`;
    const pending = this.pending.get(key);
    if (!pending) {
      this.pending.set(key, { ldn, line, at, periodSeconds, first: measured, counters: undefined, suspect });
      return;
    }
    pending.counters ??= merge(Object.create(null), pending.first);
    merge(pending.counters, measured);
    pending.suspect ||= suspect;
  }

  /** The same object for the same names in the same order, whichever object has them. */
  sharedNames(counters: readonly string[]): PlainNames {
    const key = counters.join('\n');
    const known = this.shared.get(key) ?? { kpis: [], counters };
    if (this.shared.size < MOST_SHARED) this.shared.set(key, known);
    return known;
  }

  /** No more will be said of these objects; `rename` has the last word on the names of their counters. */
  flush(describe: (ldn: string) => ManagedObject, rename?: (ldn: string, counters: Counters) => Counters): void {
    for (const { ldn, line, at, periodSeconds, suspect, first, ...rest } of this.pending.values()) {
      const where = { line, file: this.context.file };
      const reading = { cell: describe(ldn), at, periodSeconds, suspect, where };
      const plain = rest.counters || suspect ? undefined : plainValues(first);
      const counters = () => rest.counters ?? merge(Object.create(null), first);
      const values = plain ? { plain } : { counters: rename ? rename(ldn, counters()) : counters() };
      this.ready.push({ kind: 'reading', reading: { ...reading, ...values } });
    }
    this.pending.clear();
  }

  refuse(reason: RejectionReason, detail: string, line: number, text?: string, count?: number): void {
    const piece = text === undefined ? undefined : excerpt(text);
    const { file } = this.context;
    this.ready.push({ kind: 'rejection', rejection: { reason, detail, line, file, excerpt: piece, count } });
  }

  drain(): Parsed[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }
}

/** The newest value wins; null never replaces one. */
function merge(counters: Counters, { names, values }: MeasuredValues): Counters {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = values[i] as CounterValue;
    if (value !== null || !(name in counters)) counters[name] = value;
  }
  return counters;
}

/** Undefined where the names are nobody else's, or a value is no number. */
function plainValues({ shared, values }: MeasuredValues): PlainValues | undefined {
  if (!shared) return undefined;
  const numbers: number[] = [];
  for (const value of values) {
    if (typeof value === 'string') return undefined;
    numbers.push(value ?? Number.NaN);
  }
  return { names: shared, values: numbers };
}
