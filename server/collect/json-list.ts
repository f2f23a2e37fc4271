// Finds the list of records in a JSON document, and in a broken one everything that stands complete before the break.

import type { Rejection } from '../model/rejection.ts';
import { excerpt } from './excerpt.ts';

export type JsonItem =
  | { kind: 'item'; value: unknown; index: number; line?: number }
  | { kind: 'rejection'; rejection: Rejection };

/**
 * Yields the records of `{"<key>":[…]}`, of a bare list, or of one bare object that is a record itself.
 * Text that is no JSON yields the complete objects of its list and then one rejection with the line of the break.
 */
export function* jsonList(text: string, key: string): Generator<JsonItem> {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let document: unknown;
  try {
    document = JSON.parse(clean);
  } catch {
    yield* completeItems(clean, key);
    return;
  }
  const list = listOf(document, key);
  if (!list) {
    const detail = `the document is neither {"${key}":[…]} nor a list; put the records into such a list`;
    yield { kind: 'rejection', rejection: { reason: 'wrong-shape', detail, excerpt: excerpt(clean) } };
    return;
  }
  for (const [index, value] of list.entries()) yield { kind: 'item', value, index };
}

function listOf(document: unknown, key: string): unknown[] | undefined {
  if (Array.isArray(document)) return document;
  if (!isRecord(document)) return undefined;
  if (!(key in document)) return [document];
  const list = document[key];
  return Array.isArray(list) ? list : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks a broken document object by object, up to the first that is not complete or no JSON. */
function* completeItems(text: string, key: string): Generator<JsonItem> {
  let at = listStart(text, key);
  let index = 0;
  let line = 1 + newlines(text, 0, at);
  while (at < text.length) {
    const start = skipTo(text, at);
    line += newlines(text, at, start);
    const end = text[start] === '{' ? objectEnd(text, start) : -1;
    const value = end < 0 ? undefined : parseOrUndefined(text.slice(start, end));
    if (value === undefined) {
      at = start;
      break;
    }
    yield { kind: 'item', value, index: index++, line };
    line += newlines(text, start, end);
    at = end;
  }
  const detail = `line ${line}: this is no JSON. The ${index} complete records before it were read; mend it and send the rest again`;
  const piece = excerpt(text.slice(at, at + 400));
  yield { kind: 'rejection', rejection: { reason: 'not-json', detail, index, line, excerpt: piece } };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Place after the bracket that opens the list; the end of the text when there is none. */
function listStart(text: string, key: string): number {
  const first = /\S/.exec(text)?.index ?? text.length;
  if (text[first] === '[') return first + 1;
  const named = new RegExp(`"${key}"\\s*:\\s*\\[`).exec(text);
  return named ? named.index + named[0].length : first;
}

/** Place of the next character that is no blank and no comma. */
function skipTo(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n,'.includes(text[at] as string)) at++;
  return at;
}

/** Place after the brace that closes the object opened at `start`, -1 when the text ends before. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const c = text[at];
    if (inString) {
      if (c === '\\') at++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  // Looks at its own stretch only: a search for the next line would run to the end of a long text that has none.
  for (let at = from; at < to; at++) if (text[at] === '\n') count++;
  return count;
}
