// Polls addresses: each at its own rhythm, only what is new, later and later while it fails.

import { createHash } from 'node:crypto';
import type { Rejection } from '../../model/rejection.ts';
import { type Fetched, type FetchTarget, fetchNew, type Validators } from '../http-fetch.ts';
import { offer } from '../offer.ts';
import type { Receive, Source } from '../source.ts';

export interface PollTarget extends FetchTarget {
  /** The sender's name. */
  source: string;
  everyMs: number;
}

export interface HttpPollOptions {
  targets: readonly PollTarget[];
  receive: Receive;
  /** Keeps and counts what nobody could receive, a fetch that failed too. */
  refuse(source: string, rejection: Rejection): void;
  fetch: typeof fetch;
  /** Of a body once inflated, bytes. */
  maxBytes: number;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** From 0 to 1: spreads the first fetches, and those after a failure. */
  random(): number;
  log(line: string): void;
}

/** How it stands with one address; times are wall time, epoch milliseconds. */
export interface PollStatus {
  /** As `GET /api/sources` lists it. */
  source: string;
  /** Without its query, which may hold a secret. */
  url: string;
  everySeconds: number;
  /** Of the last good answer, also one without news. */
  answeredAt: number | null;
  /** Of the last news that was taken. */
  newAt: number | null;
  /** Fetches that failed since the last good answer, and why the last of them did. */
  failures: number;
  problem: string | null;
  nextAt: number | null;
}

const DOOR = 'poll';
/** Addresses are not all asked in the same moment after a start. */
const FIRST_WITHIN_MS = 2000;
/** While it fails an address is asked at least this often, or at its own rhythm where that is slower. */
const LONGEST_BACK_OFF_MS = 15 * 60_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;

export class HttpPoll implements Source<PollStatus[]> {
  private readonly polls: AddressPoll[];
  private running: Promise<unknown> = Promise.resolve();
  private stopper = new AbortController();

  constructor(options: HttpPollOptions) {
    this.polls = options.targets.map((target) => new AddressPoll(target, options));
  }

  start(): void {
    this.stopper = new AbortController();
    this.running = Promise.all(this.polls.map((poll) => poll.run(this.stopper.signal)));
  }

  async stop(): Promise<void> {
    this.stopper.abort();
    await this.running;
  }

  status(): PollStatus[] {
    return this.polls.map(({ status }) => ({ ...status }));
  }
}

/** One address. What it answered last is remembered in memory: after a restart it is read once more, and nothing doubles. */
class AddressPoll {
  readonly status: PollStatus;
  private validators: Validators = {};
  private digest = '';

  constructor(
    private readonly target: PollTarget,
    private readonly options: HttpPollOptions,
  ) {
    const { origin, pathname } = new URL(target.url);
    this.status = {
      source: `${DOOR}/${target.source}`,
      url: `${origin}${pathname}`,
      everySeconds: target.everyMs / 1000,
      ...{ answeredAt: null, newAt: null, failures: 0, problem: null, nextAt: null },
    };
  }

  async run(stopped: AbortSignal): Promise<void> {
    const { now, random } = this.options;
    await this.pause(random() * Math.min(FIRST_WITHIN_MS, this.target.everyMs), stopped);
    while (!stopped.aborted) {
      const began = now();
      const retryAfterMs = await this.poll(stopped);
      const due = this.status.failures > 0 ? this.backOff(retryAfterMs) : this.target.everyMs - (now() - began);
      await this.pause(Math.max(0, due), stopped);
    }
  }

  /** Twice as long after each failure, and never at the very same time as others. */
  private backOff(retryAfterMs = 0): number {
    const { everyMs } = this.target;
    const longer = Math.min(everyMs * 2 ** (this.status.failures - 1), Math.max(everyMs, LONGEST_BACK_OFF_MS));
    return Math.max(longer * (0.75 + 0.5 * this.options.random()), Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
  }

  /** Returns what the address asked to wait, if it did. */
  private async poll(stopped: AbortSignal): Promise<number | undefined> {
    const fetched = await fetchNew(this.target, this.validators, { ...this.options, stopped });
    if (stopped.aborted) return undefined;
    if (fetched.kind === 'failed') {
      this.fail(fetched.why);
      return fetched.retryAfterMs;
    }
    this.succeed();
    if (fetched.kind === 'new') await this.takeNew(fetched, stopped);
    return undefined;
  }

  private fail(why: string): void {
    const { status } = this;
    status.failures++;
    status.problem = why;
    const detail = `${status.url} gave nothing: ${why}. It is asked again`;
    this.options.refuse(status.source, { reason: 'cannot-fetch', detail });
    if (status.failures === 1) this.options.log(`poll: ${JSON.stringify(detail)}`);
  }

  private succeed(): void {
    const { status } = this;
    if (status.failures > 0) this.options.log(`poll: ${status.url} answers again, after ${status.failures} failures`);
    Object.assign(status, { failures: 0, problem: null, answeredAt: this.options.now() });
  }

  private async takeNew(
    { bytes, type, charset, validators }: Extract<Fetched, { kind: 'new' }>,
    stopped: AbortSignal,
  ): Promise<void> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== this.digest) {
      const offered = await this.offer(bytes, { type, charset }, stopped);
      // Stopped within it: it comes again after the next start.
      if (!offered) return;
      this.status.newAt = this.options.now();
      const { accepted, rejected } = offered.receipt;
      this.options.log(`poll: ${JSON.stringify(this.target.source)}: ${accepted} accepted, ${rejected} refused`);
    }
    this.digest = digest;
    this.validators = validators;
  }

  private offer(bytes: Uint8Array, told: { type?: string; charset?: string }, stopped: AbortSignal) {
    const { receive, refuse } = this.options;
    const from = { door: DOOR, sender: this.target.source };
    const name = this.status.url.split('/').at(-1) || this.target.source;
    return offer(
      { name, ...told, from, head: bytes, content: bytes, read: async () => bytes },
      { receive, refuse, pause: (ms) => this.pause(ms, stopped), isStopping: () => stopped.aborted },
    );
  }

  private pause(ms: number, stopped: AbortSignal): Promise<void> {
    if (stopped.aborted) return Promise.resolve();
    this.status.nextAt = this.options.now() + ms;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopped.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopped.addEventListener('abort', done);
    });
  }
}
