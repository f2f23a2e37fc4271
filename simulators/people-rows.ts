// What the operator's customer system sends of its people: one row each and month, and the cells that serve them.

import type { Person } from './people.ts';
import { Random } from './random.ts';

/** Months before the running one that are known when a demo begins. */
const MONTHS_KNOWN = 3;
const NEW_MONTHS = 6;
const DAY = 24 * 3_600_000;

export type Row = Record<string, string | number | undefined>;

/** Start of the month that lies `back` months before that of `time`, epoch milliseconds. */
export function monthStart(time: number, back = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1);
}

const monthName = (start: number) => new Date(start).toISOString().slice(0, 7);

/** Everyone as known at `now`: first the older months, use only, then the newest with all that the system knows. */
export function* profileRows(seed: number, people: readonly Person[], now: number): Generator<Row> {
  for (let back = MONTHS_KNOWN; back > 1; back--) yield* monthRows(seed, people, monthStart(now, back), now);
  const newest = monthStart(now, 1);
  for (const person of people) {
    const use = isCustomer(person, newest, now) ? useOf(seed, person, newest) : {};
    yield { subscriber: person.id, ...profile(person, now), ...use };
  }
}

/** Use of everyone in the month that starts at `month`; tenures are those of `known`. Both in epoch milliseconds. */
export function* monthRows(seed: number, people: readonly Person[], month: number, known: number): Generator<Row> {
  for (const person of people) {
    if (isCustomer(person, month, known)) yield { subscriber: person.id, ...useOf(seed, person, month) };
  }
}

/** Who came during a month has no use of it yet. */
function isCustomer(person: Person, month: number, known: number): boolean {
  return activation(person, known) <= month;
}

function profile(person: Person, now: number): Row {
  const { tier, plan, price, tenureMonths, monthlySpend } = person;
  const activated = tenureMonths < NEW_MONTHS ? activation(person, now) : undefined;
  return {
    ...{ tier, plan, price, tenure_months: tenureMonths, monthly_spend: monthlySpend },
    activated_at: activated === undefined ? undefined : new Date(activated).toISOString(),
  };
}

/** Of the day on which the person came, in the first three weeks of a month. */
function activation({ id, tenureMonths }: Person, now: number): number {
  return monthStart(now, tenureMonths + 1) + (Number(id.slice(-4)) % 21) * DAY + 9 * 3_600_000;
}

/** Use wanders from month to month; where the level at home is poor, less of it is possible, and more calls drop. */
function useOf(seed: number, { id, minutes, dataGb, homeDbm }: Person, month: number): Row {
  const random = new Random(seed, `use:${id}:${month}`);
  const weak = weakness(homeDbm);
  const calls = random.poisson(minutes / 3.2);
  return {
    month: monthName(month),
    minutes: Math.round(minutes * Math.exp(0.15 * random.normal())),
    data_gb: Math.round(10 * dataGb * (1 - 0.3 * weak) * Math.exp(0.18 * random.normal())) / 10,
    calls,
    dropped_calls: random.binomial(calls, 0.004 + 0.03 * weak),
  };
}

/** How bad a level at home feels: 0 at −104 dBm and above, 1 from −118 dBm down. */
export function weakness(homeDbm: number): number {
  return Math.min(1, Math.max(0, (-104 - homeDbm) / 14));
}

export function* exposureRows(people: readonly Person[]): Generator<Row> {
  for (const { id, served } of people) for (const { cell, share } of served) yield { subscriber: id, cell, share };
}

/** As NDJSON, at most so many rows to a body. */
export function* bodies(rows: Iterable<Row>, most = 5000): Generator<{ ndjson: Uint8Array; rows: number }> {
  let lines: string[] = [];
  const take = () => ({ ndjson: new TextEncoder().encode(lines.join('')), rows: lines.length });
  for (const row of rows) {
    lines.push(`${JSON.stringify(row)}\n`);
    if (lines.length < most) continue;
    yield take();
    lines = [];
  }
  if (lines.length > 0) yield take();
}
