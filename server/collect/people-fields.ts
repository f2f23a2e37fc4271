// Which column or key of a delivery about people means which field; and what kind of people's data names like these are.

import { PEOPLE_KINDS, type PeopleKind } from '../model/person.ts';
import { counted } from '../words/counted.ts';
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

const MOST_NAMED = 10;

/** Columns are named where they can be nothing but headings; keys of JSON, which may be anybody's id, are only counted. */
export function noteUnread(context: FormatContext, unread: Iterable<string>, what: 'column' | 'field'): void {
  const names = [...unread];
  if (names.length === 0) return;
  const named = what === 'column' ? names.filter(isHeadingAlone).slice(0, MOST_NAMED) : [];
  const list = named.length > 0 ? `: ${named.join(', ')}${names.length > named.length ? ', …' : ''}` : '';
  const verb = names.length === 1 ? 'was' : 'were';
  note(context, `${counted(names.length, `${what} means`, `${what}s mean`)} nothing here and ${verb} not read${list}`);
}

/** A word or a few without numbers that could be somebody's. */
function isHeadingAlone(name: string): boolean {
  return /^\p{L}[\p{L}\p{N} _./()%-]{0,39}$/u.test(name) && !/\d{4}/.test(name);
}
