// Reads what POST /api/mutes asks for: which alerts, from when to when, why; says which field is wrong.

import { ALERT_KINDS, type AlertKind } from '../model/alert.ts';
import { REPEATS, type Repeat } from '../model/mute.ts';
import { fieldsOf } from './asked.ts';
import type { MuteAsk } from './contract.ts';
import { badRequest } from './problem.ts';

/** Cells that one mute may name. */
const MOST_CELLS = 5000;
const LONGEST_ID = 500;
const LONGEST_REASON = 500;
const LONGEST_NAME = 200;
const FIELDS = ['cells', 'siteId', 'area', 'all', 'kinds', 'from', 'to', 'repeat', 'until', 'reason', 'by'] as const;

type Body = Partial<Record<(typeof FIELDS)[number], unknown>>;

/** Throws ApiError where the body is no such question. Times are still as they were sent. */
export function readMuteAsk(body: unknown): MuteAsk {
  const sent: Body = fieldsOf(body, FIELDS);
  const ask: MuteAsk = {
    ...scopeOf(sent),
    ...optional('kinds', kindsOf(sent.kinds)),
    from: timeIn(sent, 'from')!,
    to: timeIn(sent, 'to')!,
    ...optional('repeat', repeatOf(sent.repeat)),
    ...optional('until', sent.until === undefined ? undefined : timeIn(sent, 'until')),
    reason: textIn(sent, 'reason', LONGEST_REASON) ?? missing('reason', 'say why nobody is to be called'),
    ...optional('by', textIn(sent, 'by', LONGEST_NAME)),
  };
  if (ask.until !== undefined && ask.repeat === undefined)
    throw badRequest('until is for mutes with repeat: leave it out');
  return ask;
}

function scopeOf(sent: Body): Pick<MuteAsk, 'cells' | 'siteId' | 'area' | 'all'> {
  const scope = {
    ...optional('cells', cellsOf(sent.cells)),
    ...optional('siteId', textIn(sent, 'siteId', LONGEST_ID)),
    ...optional('area', textIn(sent, 'area', LONGEST_ID)),
  };
  const isNarrow = Object.keys(scope).length > 0;
  if (sent.all !== undefined && sent.all !== true && sent.all !== false)
    throw badRequest('all must be true or left out');
  if (sent.all && isNarrow) throw badRequest('all is the whole network: leave out cells, siteId and area, or all');
  if (sent.all) return { all: true };
  if (isNarrow) return scope;
  throw badRequest(
    'it says of nothing that it is muted: give cells, siteId or area, or "all": true for the whole network',
  );
}

function cellsOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MOST_CELLS;
  if (!isList) throw badRequest(`cells must be a list of 1 to ${MOST_CELLS} ids`);
  const wrong = value.findIndex((id) => typeof id !== 'string' || id.trim() === '' || id.length > LONGEST_ID);
  if (wrong >= 0) throw badRequest(`cells[${wrong}] is no id: give text of 1 to ${LONGEST_ID} characters`);
  return [...new Set((value as string[]).map((id) => id.trim()))];
}

function kindsOf(value: unknown): AlertKind[] | undefined {
  if (value === undefined) return undefined;
  const isKind = (kind: unknown): kind is AlertKind => ALERT_KINDS.some((known) => known === kind);
  if (Array.isArray(value) && value.length > 0 && value.every(isKind)) return [...new Set(value)];
  throw badRequest(`kinds must be a list of some of ${ALERT_KINDS.join(', ')}; without it all are meant`);
}

function repeatOf(value: unknown): Repeat | undefined {
  const known = REPEATS.find((repeat) => repeat === value);
  if (value === undefined || known) return known;
  throw badRequest(`repeat must be ${REPEATS.join(' or ')}, or be left out`);
}

function timeIn(sent: Body, field: 'from' | 'to' | 'until'): string | number {
  const value = sent[field];
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === undefined ? missing(field, 'give ISO 8601 or epoch milliseconds') : timeless(field);
}

const timeless = (field: string): never => {
  throw badRequest(`${field} is no time: give ISO 8601 or epoch milliseconds`);
};

function textIn(sent: Body, field: 'siteId' | 'area' | 'reason' | 'by', longest: number): string | undefined {
  const value = sent[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= longest) return value.trim() || undefined;
  throw badRequest(`${field} must be text of at most ${longest} characters`);
}

function missing(field: string, what: string): never {
  throw badRequest(`${field} is missing: ${what}`);
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
