// Reads what a request asks for: language, page, state; says which parameter is wrong.

import type { Request, RequestHandler } from 'express';
import { charsetOf } from '../model/content-type.ts';
import type { Delivery, Lang } from './doors.ts';
import { queryNamesOf } from './openapi.ts';
import { ApiError, badRequest } from './problem.ts';

const DEFAULT_LIMIT = 1000;
const MOST = 100_000;
const LONGEST_SOURCE = 100;
/** Of a wrong name, what an answer repeats of it. */
const LONGEST_NAME = 50;

/** What stands on an address on its way, of nobody who asks us: `_` and what begins with it (caches, gateways), tracked links. */
const ADDED_ON_THE_WAY = /^(_|utm_)/;

/** A name in the query that the door does not read is a slip that would otherwise pass unnoticed. */
export const knownQuery: RequestHandler = (request, _response, next) => {
  const known = queryNamesOf(request.method, request.path);
  const isStrange = (name: string) => !known?.includes(name) && !ADDED_ON_THE_WAY.test(name);
  const strange = known && Object.keys(request.query).find(isStrange);
  if (strange === undefined) return next();
  next(badRequest(`"${strange.slice(0, LONGEST_NAME)}" in the query is not read here: give ${known!.join(', ')}`));
};

/** `?lang=`, else Accept-Language, else English. */
export function askedLang(request: Request): Lang {
  const lang = text(request, 'lang');
  if (lang !== undefined) {
    if (lang === 'en' || lang === 'zh') return lang;
    throw badRequest(`lang is "${lang}": give en or zh`);
  }
  return request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en';
}

export function askedPage(request: Request, standard = DEFAULT_LIMIT): { limit: number; cursor?: string } {
  const limit = text(request, 'limit');
  const number = limit === undefined ? standard : Number(limit);
  if (!Number.isInteger(number) || number < 1 || number > MOST) {
    throw badRequest(`limit is "${limit}": give a whole number from 1 to ${MOST}`);
  }
  return { limit: number, cursor: text(request, 'cursor') };
}

/** The page of a short list, which is whole unless told otherwise; `nextCursor` counts what lies before the next. */
export function pageOf<T>(request: Request, found: readonly T[]): { page: T[]; nextCursor?: string } {
  const { limit, cursor = '0' } = askedPage(request, MOST);
  if (!/^\d{1,9}$/.test(cursor)) throw badRequest(`cursor is "${cursor}": give the nextCursor of the page before`);
  const end = Number(cursor) + limit;
  return { page: found.slice(Number(cursor), end), ...(end < found.length && { nextCursor: String(end) }) };
}

export function askedOneOf<T extends string>(request: Request, name: string, allowed: readonly T[]): T | undefined {
  const value = text(request, name);
  if (value === undefined) return undefined;
  const known = allowed.find((one) => one === value);
  if (known === undefined) throw badRequest(`${name} is "${value}": give one of ${allowed.join(', ')}`);
  return known;
}

export function text(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw badRequest(`${name} is given more than once: give it once`);
  return value;
}

/** One body by a door: `?source=` names its sender, `?via=` stands for one where the content names none either. */
export function delivered(request: Request, type: string): Delivery {
  const charset = charsetOf(request.headers['content-type'] ?? '');
  const [source, via] = [askedSender(request, 'source'), askedSender(request, 'via')];
  return { bytes: bytesOf(request), type, charset, source, via };
}

function askedSender(request: Request, name: 'source' | 'via'): string | undefined {
  const source = text(request, name);
  if (source !== undefined && (source.length > LONGEST_SOURCE || /\p{Cc}/u.test(source))) {
    throw badRequest(
      `${name} has ${source.length} characters: at most ${LONGEST_SOURCE}, none of them control characters`,
    );
  }
  return source;
}

/** What express.raw() read; nothing without a body. */
function bytesOf(request: Request): Uint8Array {
  const bytes: unknown = request.body;
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
}

/** What express.json() read; undefined without a body. A body of another type is refused, not passed over in silence. */
export function jsonBody(request: Request): unknown {
  const isEmpty = request.headers['content-length'] === '0';
  if (!isEmpty && request.is('application/json') === false) {
    const type = request.headers['content-type'];
    const given = type ? `Content-Type is ${type}` : 'there is no Content-Type';
    throw new ApiError(415, 'The content type is not known here', `${given}: send application/json`);
  }
  return request.body;
}

/** The JSON object in a body, `{}` without one; a field that is none of these is refused. */
export function jsonFields<Field extends string>(
  request: Request,
  fields: readonly Field[],
): Partial<Record<Field, unknown>> {
  return fieldsOf(jsonBody(request) ?? {}, fields);
}

export function fieldsOf<Field extends string>(
  body: unknown,
  fields: readonly Field[],
): Partial<Record<Field, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('the body is no JSON object');
  const strange = Object.keys(body).find((name) => !fields.some((field) => field === name));
  if (strange === undefined) return body;
  const known = fields.length > 0 ? `give ${fields.join(', ')}` : 'it takes none';
  throw badRequest(`"${strange.slice(0, LONGEST_NAME)}" is no field here: ${known}`);
}

/** A path parameter; express decodes it. */
export function pathId(request: Request): string {
  const id = request.params.id;
  return typeof id === 'string' ? id : '';
}
