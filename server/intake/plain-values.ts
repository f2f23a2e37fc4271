// What the names of plain readings mean: looked up once for all readings that share them.

import type { PlainNames, PlainValues } from '../model/reading.ts';
import { isName, knownKpi, MOST_COUNTERS } from './check-reading.ts';

/** One of the names, with the range in which its values are believed. */
interface Meaning {
  name: string;
  group: 'kpis' | 'counters';
  low: number;
  high: number;
}

const meanings = new WeakMap<PlainNames, readonly Meaning[]>();

/** In the order of the names; empty when one of them may not be taken. */
export function meaningOf(names: PlainNames): readonly Meaning[] {
  let meaning = meanings.get(names);
  if (!meaning) {
    const all = [...names.kpis, ...names.counters];
    meaning = all.length <= MOST_COUNTERS && all.every(isName) ? all.map(meanName) : [];
    meanings.set(names, meaning);
  }
  return meaning;
}

/** A name that is no KPI is a counter, kept and unjudged. */
function meanName(name: string): Meaning {
  const kpi = knownKpi(name);
  if (!kpi) return { name, group: 'counters', low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { name, group: 'kpis', low: kpi.range[0], high: kpi.range[1] };
}

/** Whether there is a value, and each that is there lies where it is believed. */
export function areBelieved({ names, values }: PlainValues): boolean {
  const meaning = meaningOf(names);
  let known = 0;
  for (let i = 0; i < meaning.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (value < meaning[i]!.low || value > meaning[i]!.high) return false;
    known++;
  }
  return known > 0;
}

/** The same values as objects: for what is to be refused in words. */
export function asObjects({ names, values }: PlainValues) {
  const objectOf = (list: readonly string[], from: number) =>
    Object.fromEntries(list.map((name, i) => [name, Number.isNaN(values[from + i]!) ? null : values[from + i]!]));
  return { kpis: objectOf(names.kpis, 0), counters: objectOf(names.counters, names.kpis.length) };
}
