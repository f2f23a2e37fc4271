// Reads what stands before the fields of a line of line protocol: its measurement and tags.

import { parseDuration } from '../maths/parse-duration.ts';
import { decodeName, MEASUREMENT } from '../model/line-protocol.ts';

export type LineKey =
  | { kind: 'cell'; cell: string | undefined; periodSeconds: unknown; sender: string | undefined }
  /** A measurement that holds no readings of cells. */
  | { kind: 'other'; measurement: string; sender: string | undefined }
  | { kind: 'broken'; detail: string };

export const SPACE = 32;
export const COMMA = 44;
export const EQUALS = 61;
const BACKSLASH = 92;
const MOST_QUOTED = 80;
/** Senders repeat the same keys period after period; beyond this many all are forgotten. */
const MOST_REMEMBERED = 200_000;

export class LineKeys {
  private readonly known = new Map<string, LineKey>();

  /** `text` runs from the line's beginning to its first space that is not escaped. */
  of(text: string): LineKey {
    const known = this.known.get(text);
    if (known) return known;
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    const key = readKey(text);
    this.known.set(text, key);
    return key;
  }
}

function readKey(text: string): LineKey {
  const [name = '', ...pairs] = parts(text);
  const measurement = plainName(name);
  if (measurement === '') return { kind: 'broken', detail: 'the line begins with no name of a measurement' };
  const tags = new Map<string, string>();
  for (const pair of pairs) {
    const equals = unescapedPlace(pair, EQUALS, 0, pair.length);
    if (equals < 1 || equals + 1 >= pair.length) return { kind: 'broken', detail: `${quoted(pair)} is no tag=value` };
    tags.set(plainName(pair.slice(0, equals)), plainName(pair.slice(equals + 1)));
  }
  // Telegraf names the machine that it runs on in the tag host.
  const sender = tags.get('source') ?? tags.get('host');
  if (measurement !== MEASUREMENT) return { kind: 'other', measurement, sender };
  const cell = tags.get('cell');
  return {
    kind: 'cell',
    cell: cell === undefined ? undefined : decodeName(cell),
    periodSeconds: secondsOf(tags.get('period')),
    sender,
  };
}

/** `900` and `PT15M`; anything else goes on as it came, to be refused. */
function secondsOf(period: string | undefined): unknown {
  if (period === undefined) return undefined;
  return /^\d+$/.test(period) ? Number(period) : (parseDuration(period) ?? period);
}

/** Between commas that are not escaped. */
function parts(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; ; ) {
    const comma = unescapedPlace(text, COMMA, from, text.length);
    found.push(text.slice(from, comma < 0 ? text.length : comma));
    if (comma < 0) return found;
    from = comma + 1;
  }
}

/** Place of the first `code` from `from` up to `to` that no backslash precedes; -1 when there is none. */
export function unescapedPlace(text: string, code: number, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) === code && (i === from || text.charCodeAt(i - 1) !== BACKSLASH)) return i;
  }
  return -1;
}

/** A backslash escapes a comma, an equals sign and a space; before anything else it is a letter. */
export function plainName(text: string): string {
  return text.includes('\\') ? text.replace(/\\([,= ])/g, '$1') : text;
}

/** As a message quotes it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);
}
