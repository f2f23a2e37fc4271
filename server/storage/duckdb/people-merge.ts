// What a person's deliveries come to together; pure. Later ones win field by field; a number given to somebody new starts anew.

import type { Subscriber } from '../../model/person.ts';
import { MOST_MONTHS, type MonthOfUse } from '../people-store.ts';

/** Fields that belong to a month. */
const OF_A_MONTH = ['minutes', 'dataGb', 'calls', 'droppedCalls'] as const;

export interface KnownPerson {
  person: Subscriber;
  /** By month, '' where none was named. */
  months: Map<string, MonthOfUse>;
}

/** Takes the next delivery about a person into what is known. `known` is changed. */
export function mergePerson(known: KnownPerson, news: Subscriber): void {
  if (isSomebodyNew(known.person, news)) {
    known.person = { subscriber: news.subscriber };
    known.months.clear();
  }
  const { month, minutes, dataGb, calls, droppedCalls, ...lasting } = news;
  known.person = { ...known.person, ...defined(lasting) };
  const use = defined({ minutes, dataGb, calls, droppedCalls });
  if (Object.keys(use).length > 0) mergeMonth(known.months, month, use);
  known.person = { ...withoutUse(known.person), ...newestOf(known.months) };
}

const isSomebodyNew = (before: Subscriber, { activatedAt }: Subscriber) =>
  before.activatedAt !== undefined && activatedAt !== undefined && activatedAt > before.activatedAt;

function mergeMonth(months: Map<string, MonthOfUse>, named: string | undefined, use: MonthOfUse): void {
  const month = named ?? [...months.keys()].sort().at(-1) ?? '';
  months.set(month, { ...months.get(month), ...use, ...(month !== '' && { month }) });
  for (const old of [...months.keys()].sort().slice(0, -MOST_MONTHS)) months.delete(old);
}

function newestOf(months: ReadonlyMap<string, MonthOfUse>): MonthOfUse {
  const newest = [...months.keys()].sort().at(-1);
  return newest === undefined ? {} : months.get(newest)!;
}

function withoutUse(person: Subscriber): Subscriber {
  const rest = { ...person };
  for (const field of OF_A_MONTH) delete rest[field];
  delete rest.month;
  return rest;
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}
