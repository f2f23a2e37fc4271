// Which column or key of a delivery about people means which field; and what kind of people's data names like these are.

import { PEOPLE_KINDS, type PeopleKind } from '../model/person.ts';
import { plain } from './cell-fields.ts';
import { type FormatContext, note } from './format.ts';

/** The fields of each kind, as `model/person.ts` names them. */
export const PEOPLE_FIELDS = {
  subscribers: [
    'subscriber',
    'tier',
    'plan',
    'price',
    'tenureMonths',
    'monthlySpend',
    'minutes',
    'dataGb',
    'calls',
    'droppedCalls',
    'month',
    'activatedAt',
    'left',
  ],
  exposure: ['subscriber', 'cell', 'share', 'day', 'hour', 'service'],
  complaints: ['subscriber', 'at', 'category', 'text', 'cell', 'lat', 'lon', 'answeredAt'],
  surveys: ['subscriber', 'at', 'score', 'scale', 'cell', 'lat', 'lon'],
} as const satisfies Record<PeopleKind, readonly string[]>;

/** Other names of a person's own id, as `plain` writes them. A file that names one of them is about people. */
const PERSON_NAMES = [
  'subscriber',
  'subscriberid',
  'msisdn',
  'customerid',
  'phonenumber',
  '用户',
  '用户号码',
  '手机号',
];
const FIELD_BY_NAME = new Map(
  PEOPLE_KINDS.map((kind) => [kind, new Map(PEOPLE_FIELDS[kind].map((field) => [plain(field), field as string]))]),
);

/** `tenure_months` and `tenureMonths` are one; undefined for a name that means nothing in this kind. */
export function personField(kind: PeopleKind, name: string): string | undefined {
  const key = plain(name);
  return PERSON_NAMES.includes(key) ? 'subscriber' : FIELD_BY_NAME.get(kind)!.get(key);
}

/** Fields that only one kind has; the first kind that has one of the names is meant. */
const TELLING: [PeopleKind, readonly string[]][] = [
  ['surveys', ['score', 'scale']],
  ['complaints', ['category', 'text', 'answeredat', 'at']],
  ['exposure', ['share', 'cell', 'hour', 'day', 'service']],
];

/** The kind that a record of these names is; undefined when none of them names a person. */
export function kindOfNames(names: Iterable<string>): PeopleKind | undefined {
  const keys = new Set([...names].map(plain));
  if (!PERSON_NAMES.some((name) => keys.has(name))) return undefined;
  return TELLING.find(([, telling]) => telling.some((name) => keys.has(name)))?.[0] ?? 'subscribers';
}

/** Names under which a JSON document lists its records; of `exposures` both numbers are taken. */
export function listKeys(kind: PeopleKind): string[] {
  return kind === 'exposure' ? ['exposure', 'exposures'] : [kind];
}

/** Words by which systems say that they do not know. */
const ABSENT = /^(?:|-|--|n\/?a|null|none|nan|unknown)$/i;

export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && ABSENT.test(value.trim()));
}

/** Names are told by number only: without a heading, a row of people stands where the names should. */
export function noteUnread(context: FormatContext, unread: number, what: 'columns' | 'fields'): void {
  if (unread > 0) note(context, `${unread} ${what} mean nothing here and were not read`);
}
