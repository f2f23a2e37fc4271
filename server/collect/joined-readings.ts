// Joins what a PM file says of one object and period, in however many places, into one reading.

import type { RejectionReason } from '../model/rejection.ts';
import { excerpt } from './excerpt.ts';
import type { CounterValue, FormatContext, ManagedObject, Parsed } from './format.ts';

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
  names: string[];
  values: CounterValue[];
  suspect: boolean;
}

export type Counters = Record<string, CounterValue>;

interface Pending extends Period {
  ldn: string;
  line: number;
  counters: Counters;
  suspect: boolean;
}

export class JoinedReadings {
  private readonly pending = new Map<string, Pending>();
  private ready: Parsed[] = [];

  constructor(private readonly context: FormatContext) {}

  add(measured: MeasuredValues, { at, periodSeconds }: Period): void {
    const { ldn, line } = measured;
    const key = `${at}\n${periodSeconds}\n${ldn}`;
    let pending = this.pending.get(key);
    if (!pending) {
      pending = { ldn, line, at, periodSeconds, counters: Object.create(null), suspect: false };
      this.pending.set(key, pending);
    }
    merge(pending.counters, measured.names, measured.values);
    pending.suspect ||= measured.suspect;
  }

  /** No more will be said of these objects; `rename` has the last word on the names of their counters. */
  flush(describe: (ldn: string) => ManagedObject, rename?: (ldn: string, counters: Counters) => Counters): void {
    for (const { ldn, line, at, periodSeconds, suspect, ...rest } of this.pending.values()) {
      const where = { line, file: this.context.file };
      const counters = rename ? rename(ldn, rest.counters) : rest.counters;
      const reading = { cell: describe(ldn), at, periodSeconds, counters, suspect, where };
      this.ready.push({ kind: 'reading', reading });
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
function merge(counters: Counters, names: string[], values: CounterValue[]): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = values[i] as CounterValue;
    if (value !== null || !(name in counters)) counters[name] = value;
  }
}
