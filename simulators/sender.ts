// Speaks to the server through its doors as any sender would: waits for it, honours 429, and passes on what it refused.

import { setTimeout as pause } from 'node:timers/promises';
import type { Cell } from '../server/model/cell.ts';
import type { PeopleKind } from '../server/model/person.ts';
import type { Receipt } from '../server/model/rejection.ts';
import type { Delivery, Door } from './senders/delivery.ts';
import { InboxFolder } from './senders/inbox-folder.ts';

/** The name under which the readings arrive. */
export const SOURCE = 'city';

const DOORS: Readonly<Record<Door, { path: string; type: string }>> = {
  readings: { path: `/ingest/readings?source=${SOURCE}`, type: 'application/x-ndjson' },
  pm: { path: `/ingest/pm?source=${SOURCE}`, type: 'application/gzip' },
  line: { path: `/api/v2/write?precision=ms&source=${SOURCE}`, type: 'text/plain' },
  csv: { path: `/ingest/csv?source=${SOURCE}`, type: 'text/csv' },
  inventory: { path: '/api/inventory', type: 'application/json' },
  events: { path: `/eventListener/v7/eventBatch?source=${SOURCE}`, type: 'application/json' },
};

/** A server that does not answer at all is waited for this long. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 500;
/** For a 429 or 503 that does not say when to come back. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;
const MAX_RETRY_AFTER_SECONDS = 60;

export interface SenderOptions {
  server: string;
  token?: string;
  /** Folder for what comes as files; without it they go in by HTTP. */
  inbox?: string;
  /** One line for people. */
  say(line: string): void;
  /** Ends all waiting; the calls then reject with an AbortError. */
  signal?: AbortSignal;
  /** Resolves after so many milliseconds; real time unless told. */
  sleep?(milliseconds: number): Promise<void>;
}

/** The server answered, and the answer was no. */
export class Refused extends Error {}

export class Sender {
  readonly #options: SenderOptions;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #inbox: InboxFolder | undefined;
  #hasComplained = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? ((ms) => pause(ms, undefined, { signal: options.signal }));
    if (options.inbox !== undefined) this.#inbox = new InboxFolder(options.inbox, this.#sleep);
  }

  /** Tells the server which cells there are; those it knows already are updated. */
  async putInventory(cells: readonly Cell[]): Promise<void> {
    const body = JSON.stringify({ cells });
    this.#check(await this.#send('PUT', '/api/inventory', 'application/json', body));
  }

  /** Tells holidays, make-up workdays and events: CSV of date, type, area. */
  async putCalendar(csv: string): Promise<void> {
    await this.#send('PUT', '/api/calendar', 'text/csv', csv);
  }

  /** Resolves once the server has accepted it, or the file lies in its inbox; what is refused is told once. */
  async deliver({ door, body, name }: Delivery): Promise<void> {
    if (name !== undefined && this.#inbox) return this.#inbox.put(name, body);
    const { path, type } = DOORS[door];
    this.#check(await this.#send(door === 'inventory' ? 'PUT' : 'POST', path, type, body));
  }

  /** Resolves once the server has accepted the radio samples. */
  async postSamples(ndjson: Uint8Array): Promise<void> {
    this.#check(await this.#send('POST', `/ingest/samples?source=${SOURCE}`, 'application/x-ndjson', ndjson));
  }

  /** Resolves once the server has accepted what the customer systems know. */
  async postPeople(kind: PeopleKind, ndjson: Uint8Array): Promise<void> {
    this.#check(await this.#send('POST', `/ingest/${kind}?source=${SOURCE}`, 'application/x-ndjson', ndjson));
  }

  /** The newest period that the server has of all our senders, epoch milliseconds; null when it has none or does not say. */
  async newestAt(): Promise<number | null> {
    const answer = await this.#send('GET', '/api/sources').catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    const { sources } = (answer ?? {}) as { sources?: { id: string; newestAt: string | null }[] };
    const own = sources?.filter(({ id }) => /(?:^|[/=])([^/=]+)$/.exec(id)?.[1] === SOURCE) ?? [];
    const newest = own.flatMap(({ newestAt }) => (newestAt ? [Date.parse(newestAt)] : []));
    return newest.length > 0 ? Math.min(...newest) : null;
  }

  async #send(method: string, path: string, type?: string, body?: string | Uint8Array): Promise<unknown> {
    for (let waitedMs = 0; ; ) {
      const answer = await this.#try(method, path, type, body);
      if (answer === null) {
        if (waitedMs === 0) this.#options.say(`waiting for the server at ${this.#options.server} …`);
        if (waitedMs >= PATIENCE_MS) {
          throw new Refused(`no server answers at ${this.#options.server}; start one with "npm start"`);
        }
        waitedMs += RETRY_MS;
        await this.#sleep(RETRY_MS);
      } else if (answer.status === 429 || answer.status === 503) {
        await answer.body?.cancel();
        await this.#sleep(1000 * retryAfterSeconds(answer.headers.get('retry-after')));
      } else {
        return read(answer, `${method} ${path}`);
      }
    }
  }

  /** The answer, or null when nobody is there. */
  async #try(method: string, path: string, type?: string, body?: string | Uint8Array): Promise<Response | null> {
    const { server, token, signal } = this.#options;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (type) headers['content-type'] = type;
    if (token) headers.authorization = `Bearer ${token}`;
    try {
      return await fetch(server + path, { method, headers, body: body as BodyInit | undefined, signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      return null;
    }
  }

  /** A refusal here is a fault of the pretend network: said once, with the server's own words. */
  #check(answer: unknown): void {
    const { rejected = 0, rejections = [] } = answer as Partial<Receipt>;
    if (rejected === 0 || this.#hasComplained) return;
    this.#hasComplained = true;
    this.#options.say(`the server refused ${rejected}: ${rejections[0]?.reason}: ${rejections[0]?.detail}`);
  }
}

async function read(answer: Response, what: string): Promise<unknown> {
  const text = await answer.text();
  // Nothing of it was taken: told as other refusals are, since a sender whose clock is wrong goes on as well.
  if (answer.status === 400 && /"rejections":/.test(text)) return JSON.parse(text);
  if (!answer.ok) throw new Refused(`${what} was answered ${answer.status}: ${text.slice(0, 300)}`);
  return text === '' ? {} : JSON.parse(text);
}

/** Retry-After in seconds; a date or nonsense counts as not said. */
function retryAfterSeconds(header: string | null): number {
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  if (!(seconds >= 0)) return DEFAULT_RETRY_AFTER_SECONDS;
  return Math.min(seconds, MAX_RETRY_AFTER_SECONDS);
}
