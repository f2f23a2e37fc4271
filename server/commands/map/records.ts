// Proposes a mapping file for a foreign table of people, radio samples or cells, by its headings.

import { cellField, plain } from '../../collect/cell-fields.ts';
import { readHeading } from '../../collect/heading.ts';
import type { MappedKind } from '../../collect/mapping.ts';
import { PEOPLE_FIELDS, personField } from '../../collect/people-fields.ts';
import { sampleField } from '../../collect/sample-fields.ts';
import { PEOPLE_KINDS, type PeopleKind } from '../../model/person.ts';

export interface RecordsProposal {
  mapping: { kind: MappedKind; columns: Record<string, string>; rowAsSubscriber?: string };
  hints: string[];
}

/** Names that systems of customers use, as `plain` writes them; the first field that fits is meant. */
const LIKE_PEOPLE: readonly (readonly [field: string, names: RegExp])[] = [
  [
    'subscriber',
    /^(?:customer|account|user|client|subscription)(?:id|no|nr|number|key|ref)?$|^(?:imsi|mobile|phone)|客户|用户/,
  ],
  ['left', /^churn(?:ed|value|label)?$|^left$|离网|流失/],
  ['tenureMonths', /tenure|monthsinservice|在网时长/],
  ['monthlySpend', /^(?:monthly|total)?(?:spend|revenue)$|^monthly(?:charges?|bill|fee|spend|revenue)|^arpu|月消费/],
  ['droppedCalls', /^dropped(?:voice)?calls$|掉话次数/],
  ['minutes', /^(?:monthly|voice)?minutes/],
  ['dataGb', /(?:gb|data)(?:download|usage|volume|used)|^(?:monthly)?datagb/],
  ['plan', /^(?:plan|tariff|package)(?:name|type)?$|^contract(?:type)?$|套餐/],
  ['tier', /^(?:tier|segment|starlevel|customerlevel)$|星级/],
  ['price', /^(?:price|planprice|.*recurringcharge)$/],
  ['activatedAt', /^(?:activat|joined|startdate|signup)|入网/],
  ['score', /^(?:score|rating|nps|csat|satisfaction(?:score)?|stars)$|评分|满意度/],
  ['category', /category|complainttype|reason|投诉类型/],
  ['text', /^(?:text|description|comments?|remarks?|details)$|投诉内容/],
  ['at', /^(?:at|date|time|timestamp|datetime|created(?:at|on)?|reportedat|surveydate)$|日期|时间/],
  ['lat', /^lat(?:itude)?$|纬度/],
  ['lon', /^(?:lon|lng|long|longitude)$|经度/],
  ['cell', /^(?:serving)?cell(?:id|name)?$|小区/],
];
const MEASURED = ['rsrpDbm', 'rsrqDb', 'sinrDb', 'dlMbps', 'ulMbps', 'latencyMs'];

/** What each kind must have to be taken for it, the most telling first; a list: one of them. */
const CORE: readonly (readonly [MappedKind, readonly (string | readonly string[])[]])[] = [
  ['samples', ['lat', 'lon', MEASURED]],
  ['exposure', ['subscriber', 'cell', 'share']],
  ['surveys', ['subscriber', 'score']],
  ['complaints', ['subscriber', 'at', ['category', 'text']]],
  ['subscribers', ['subscriber']],
  [
    'inventory',
    [
      ['id', 'cgi'],
      ['siteId', 'radio', 'lat'],
    ],
  ],
];
/** What every row of a kind needs. */
const NEEDED: Partial<Record<MappedKind, readonly string[]>> = {
  samples: ['at'],
  surveys: ['at'],
  inventory: ['id', 'siteId', 'radio'],
};

/** Undefined where the headings are those of no such kind. */
export function proposeRecords(headings: readonly string[]): RecordsProposal | undefined {
  for (const [kind, core] of CORE) {
    const columns = columnsOf(kind, headings);
    if (core.every((fields) => [fields].flat().some((field) => field in columns)))
      return { mapping: { kind, columns }, hints: hintsOf(kind, columns, headings) };
  }
  return undefined;
}

/** Scores of people whom the table does not name: each row stands for one. */
export function proposeScores(headings: readonly string[]): RecordsProposal | undefined {
  const columns = columnsOf('surveys', headings);
  if (!('score' in columns)) return undefined;
  const hints = [
    ...hintsOf('surveys', columns, headings),
    'the table names no people: each row is taken for a person of its own ("rowAsSubscriber")',
  ];
  return { mapping: { kind: 'surveys', columns, rowAsSubscriber: 'row-' }, hints };
}

function columnsOf(kind: MappedKind, headings: readonly string[]): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const heading of headings) {
    const field = heading === '' ? undefined : fieldOf(kind, readHeading(heading).name);
    if (field !== undefined && !(field in columns)) columns[field] = heading;
  }
  return columns;
}

function fieldOf(kind: MappedKind, name: string): string | undefined {
  if (kind === 'samples') return sampleField(name)?.field;
  if (kind === 'inventory') return cellField(name);
  const people = PEOPLE_KINDS.find((one) => one === kind);
  return people && (personField(people, name) ?? likePerson(people, plain(name)));
}

function likePerson(kind: PeopleKind, name: string): string | undefined {
  const fields: readonly string[] = PEOPLE_FIELDS[kind];
  return LIKE_PEOPLE.find(([field, names]) => fields.includes(field) && names.test(name))?.[0];
}

const CONSTANTS: Readonly<Record<string, string>> = { at: '"2026-03-17"', radio: '"LTE"' };

function hintsOf(kind: MappedKind, columns: Record<string, string>, headings: readonly string[]): string[] {
  const missing = (NEEDED[kind] ?? []).filter((field) => !(field in columns));
  const unread = headings.filter((heading) => heading !== '' && !Object.values(columns).includes(heading));
  const hints = missing.map((field) => {
    const constant = CONSTANTS[field]
      ? `, or the same for all rows as "constants": {"${field}": ${CONSTANTS[field]}}`
      : '';
    return `no column is known as ${field}, which ${kind} need: name it under "columns"${constant}`;
  });
  if (kind === 'surveys' && !('scale' in columns))
    hints.push('the scale is told by nothing: add "constants": {"scale": "csat"} (1 to 5) or "nps" (0 to 10)');
  const rest = unread.length > 10 ? `, … and ${unread.length - 10} more` : '';
  if (unread.length > 0) hints.push(`columns that are not read: ${unread.slice(0, 10).join(', ')}${rest}`);
  return hints;
}
