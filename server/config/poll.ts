// Reads the section `poll` of the deployment's file: addresses that are fetched again and again.

import { parseDuration } from '../maths/parse-duration.ts';
import type { Setting } from './file.ts';

export interface PollConfig {
  url: string;
  everyMs: number;
  /** The sender, told apart from the others. */
  source: string;
  headers: Record<string, string>;
  /** For one answer with its whole body. */
  timeoutMs: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 600_000;
const LONGEST_PAUSE_MS = 86_400_000;
const LONGEST_SOURCE = 100;
const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** What a header may be called (RFC 9110) and hold. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What we say ourselves. */
const OWN_HEADERS = new Set([
  'host',
  'if-none-match',
  'if-modified-since',
  'accept-encoding',
  'content-length',
  'connection',
]);

/** `[{url, every, source?, headers?, timeout?}]`. Throws ConfigError at the line of the first mistake; no header is quoted. */
export function readPolls(section: Setting | undefined): PollConfig[] {
  if (!section || section.isEmpty) return [];
  const seen = new Map<string, number>();
  return section.list().map((entry) => {
    const poll = readPoll(entry);
    const line = seen.get(poll.source);
    if (line !== undefined)
      entry.fail(`has the same source "${poll.source}" as line ${line}: give it a source of its own`);
    seen.set(poll.source, entry.line);
    return poll;
  });
}

function readPoll(entry: Setting): PollConfig {
  const fields = entry.map(['url', 'every', 'source', 'headers', 'timeout']);
  const [url, every, timeout] = [fields.get('url'), fields.get('every'), fields.get('timeout')];
  if (!url) return entry.fail('needs url: the address to fetch');
  if (!every) return entry.fail('needs every: how often, such as 60s or 15m');
  const address = readAddress(url);
  return {
    url: address.href,
    everyMs: readPause(every, LONGEST_PAUSE_MS),
    source: readSource(fields.get('source')) ?? `${address.host}${address.pathname}`.slice(0, LONGEST_SOURCE),
    headers: readHeaders(fields.get('headers')),
    timeoutMs: timeout ? readPause(timeout, LONGEST_TIMEOUT_MS) : DEFAULT_TIMEOUT_MS,
  };
}

function readAddress(setting: Setting): URL {
  const text = setting.text();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return setting.fail('must be an http or https address');
  if (url.username || url.password) return setting.fail('must hold no password: put it into headers, as Authorization');
  url.hash = '';
  return url;
}

/** `60s`, `15m`, `1h`, `PT15M`, or seconds; milliseconds. */
function readPause(setting: Setting, mostMs: number): number {
  const text = setting.text().trim();
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([smhd])?$/.exec(text) ?? [];
  const seconds = number === undefined ? parseDuration(text) : Number(number) * UNIT_SECONDS[unit ?? 's']!;
  if (seconds !== undefined && seconds >= 1 && seconds * 1000 <= mostMs) return seconds * 1000;
  return setting.fail(`must be a time such as 60s or 15m, from 1s to ${mostMs / 1000}s`);
}

function readSource(setting: Setting | undefined): string | undefined {
  const source = setting?.text();
  if (source !== undefined && (source.length > LONGEST_SOURCE || /\p{Cc}/u.test(source))) {
    return setting!.fail(`must have at most ${LONGEST_SOURCE} characters, none of them control characters`);
  }
  return source;
}

function readHeaders(section: Setting | undefined): Record<string, string> {
  const entries = section?.entries() ?? [];
  return Object.fromEntries(
    entries.map(([name, setting]) => {
      if (!HEADER_NAME.test(name)) setting.fail('is no name of a header');
      if (OWN_HEADERS.has(name.toLowerCase())) setting.fail('is a header that is set here already');
      const value = setting.text();
      return HEADER_VALUE.test(value) ? [name, value] : setting.fail('holds characters that no header may hold');
    }),
  );
}
