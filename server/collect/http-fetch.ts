// Fetches one address once: only what is new, within a time and a size, and never away to another host.

import { charsetOf } from '../model/content-type.ts';

export interface FetchTarget {
  url: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** By which the address tells next time whether anything is new. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export type Fetched =
  | { kind: 'new'; bytes: Uint8Array; type: string | undefined; charset?: string; validators: Validators }
  | { kind: 'unchanged' }
  | { kind: 'failed'; why: string; retryAfterMs?: number };

export interface FetchOptions {
  fetch: typeof fetch;
  /** Of the body once inflated, bytes. */
  maxBytes: number;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** Ends the fetch before its time. */
  stopped: AbortSignal;
}

const MOST_REDIRECTS = 5;

/** Never throws. `why` names neither the query of the address nor a header: they may be secrets. */
export async function fetchNew(target: FetchTarget, known: Validators, options: FetchOptions): Promise<Fetched> {
  const timeout = AbortSignal.timeout(target.timeoutMs);
  try {
    const signal = AbortSignal.any([timeout, options.stopped]);
    return await followed(new URL(target.url), { ...target.headers, ...conditions(known) }, signal, options);
  } catch (error) {
    if (timeout.aborted) return failed(`no whole answer came within ${target.timeoutMs / 1000} s`);
    return failed(`it cannot be reached (${codeOf(error)})`);
  }
}

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return { ...(etag && { 'If-None-Match': etag }), ...(lastModified && { 'If-Modified-Since': lastModified }) };
}

/** Headers may be a password: they go to no other origin than that of the deployment's file. */
async function followed(
  first: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  options: FetchOptions,
): Promise<Fetched> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await options.fetch(url, { headers, signal, redirect: 'manual' });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return answered(response, options);
    await response.body?.cancel();
    if (!URL.canParse(location, url.href)) return failed('it redirects to what is no address');
    url = new URL(location, url);
    if (url.origin !== first.origin) return failed(`it redirects to another host, ${url.host}: give that address`);
  }
  return failed(`it redirects more than ${MOST_REDIRECTS} times`);
}

async function answered(response: Response, options: FetchOptions): Promise<Fetched> {
  if (response.ok && response.status !== 204) return readBody(response, options.maxBytes);
  await response.body?.cancel();
  if (response.status === 304 || response.status === 204) return { kind: 'unchanged' };
  const text = response.statusText.replace(/[^\x20-\x7e]/g, '').slice(0, 80);
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), options.now());
  return { ...failed(`it answered ${`${response.status} ${text}`.trim()}`), ...(retryAfterMs && { retryAfterMs }) };
}

async function readBody(response: Response, maxBytes: number): Promise<Fetched> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop ends the transfer.
    if (length > maxBytes) return failed(`its body has more than ${maxBytes} bytes: serve it in parts`);
    parts.push(part);
  }
  const { headers } = response;
  const given = headers.get('content-type') ?? '';
  const type = given.split(';')[0]?.trim().toLowerCase() || undefined;
  const [etag, lastModified] = [headers.get('etag') ?? undefined, headers.get('last-modified') ?? undefined];
  return {
    kind: 'new',
    bytes: Buffer.concat(parts),
    type,
    charset: charsetOf(given),
    validators: { etag, lastModified },
  };
}

/** Seconds, or a date. */
function retryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms > 0 ? ms : undefined;
}

function failed(why: string): Extract<Fetched, { kind: 'failed' }> {
  return { kind: 'failed', why };
}

/** The reason beneath the reason: fetch itself only says that it failed. */
function codeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
