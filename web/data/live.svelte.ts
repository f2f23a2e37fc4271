// The present as the page knows it: connection, cells and alerts, fetched once and kept up to date by the live connection.

import type { HealthAnswer, LiveMessage } from '../../server/api/contract.ts';
import type { FoundCause } from '../../server/model/alert.ts';
import { installCatalogue } from '../../server/model/catalogue.ts';
import type { CellFrame } from '../../server/model/cell-frame.ts';
import type { Language } from '../text/language.svelte.ts';
import { AlertBook } from './alert-book.svelte.ts';
import { type Act, type Api, Failure } from './api.ts';
import { myName } from './my-name.ts';
import { applyFrame, createNetwork, type Network } from './network.ts';
import type { LiveSocket, SocketOptions } from './socket.ts';

/** How long a connection may be away before the page says so, and before it says so loudly. */
export const RECONNECTING_AFTER_MS = 5_000;
export const LOST_AFTER_MS = 15_000;
/** Data older than both are said to be of another time; a network's own period counts once it was seen. */
const LATE_AFTER_MS = 30 * 60_000;
const LATE_AFTER_PERIODS = 3;
/** A longer step is a gap, not a period. */
const LONGEST_PERIOD_MS = 3_600_000;
const HEALTH_EVERY_MS = 10_000;
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'lost';
export type Failed = { what: 'network' | 'alerts'; detail: string; instance: string };
/** Told which slots changed their health; null means: all of them, or another network. */
export type CellsListener = (changed: Uint32Array | null) => void;

export interface LiveOptions {
  api: Api;
  open(options: SocketOptions): LiveSocket;
  language(): Language;
  /** Wall time. */
  now?(): number;
}

export class Live {
  /** Wall time, ticking once a second. */
  now = $state(0);
  /** Wall time at which the connection was lost; null while it is there. */
  lostAt = $state<number | null>(null);
  nextTryAt = $state<number | null>(null);
  everLive = $state(false);
  /** Newest data time, epoch milliseconds. */
  dataAt = $state<number | null>(null);
  zone = $state('UTC');
  health = $state.raw<HealthAnswer | null>(null);
  network = $state.raw<Network>(createNetwork([], null));
  /** Cells by health code; a copy for the page to read. */
  counts = $state.raw<Uint32Array>(new Uint32Array(8));
  /** Rises whenever cells have changed. */
  revision = $state(0);
  loaded = $state({ network: false, alerts: false });
  failed = $state.raw<Failed | null>(null);
  /** The server wants to know who asks. */
  locked = $state(false);
  pausedAt = $state<number | null>(null);

  readonly api: Api;
  readonly #book: AlertBook;
  readonly #options: LiveOptions;
  readonly #clock: () => number;
  readonly #listeners = new Set<CellsListener>();
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #socket: LiveSocket | null = null;
  /** From one newest data time to the next, the last time that it moved. */
  #periodMs = 0;
  #missedUpTo = 0;
  #loadingCells = false;
  #catalogue: Promise<void> | null = null;
  #askedHealth = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.api = options.api;
    this.#book = new AlertBook(options.api);
    this.#clock = options.now ?? Date.now;
    this.now = this.#clock();
    this.lostAt = this.now;
  }

  get alerts() {
    return this.#book.alerts;
  }

  /** Alerts that changed while the connection was away. */
  get missed() {
    return this.#book.missed;
  }

  /** Alerts that changed while the page is paused. */
  get waiting() {
    return this.#book.waiting;
  }

  get connection(): Connection {
    if (this.lostAt === null) return 'live';
    const away = this.now - this.lostAt;
    if (away >= LOST_AFTER_MS) return 'lost';
    if (!this.everLive) return 'connecting';
    return away >= RECONNECTING_AFTER_MS ? 'reconnecting' : 'live';
  }

  /** The page shows a time that is over, and must say so. */
  get stale(): boolean {
    return this.connection === 'lost';
  }

  /** The present for durations: the newest data time, for ages of trouble are counted in data time alone. */
  get referenceNow(): number {
    return this.dataAt ?? this.now;
  }

  /** True when the data tell of another time than now: late, a replay, or an old import. */
  get late(): boolean {
    const allowed = Math.max(LATE_AFTER_MS, LATE_AFTER_PERIODS * this.#periodMs);
    return this.dataAt !== null && Math.abs(this.now - this.dataAt) > allowed;
  }

  get empty(): boolean {
    return this.loaded.network && this.network.rows.length === 0 && (this.health?.readings ?? 0) === 0;
  }

  start(): void {
    this.#socket = this.#options.open({
      address: (since) => this.#address(since),
      message: (message) => this.take(message),
      frame: (frame) => this.takeFrame(frame),
      opened: () => this.#opened(),
      closed: (nextTryAt) => this.#closed(nextTryAt),
    });
    this.#timers.push(setInterval(() => this.tick(), 1000));
    void this.loadCells();
    void this.loadAlerts();
  }

  stop(): void {
    this.#socket?.close();
    this.#book.close();
    for (const timer of this.#timers) clearInterval(timer);
  }

  reconnect(): void {
    this.#socket?.reconnect();
  }

  /** Comes in with a token. Throws a `Failure` when the server does not know it. */
  async unlock(token: string): Promise<void> {
    await this.api.openSession(token);
    this.locked = false;
    this.reconnect();
    await Promise.all([this.loadCells(), this.loadAlerts()]);
  }

  /** Fetches all sentences anew, after another language was chosen. */
  speak(): void {
    this.#socket?.restart();
    void this.loadAlerts();
  }

  /** Calls back on each change of cells, outside of the page's own reactivity; returns how to stop. */
  onCells(listener: CellsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Once a second: the clock, and every ten the server's own view of itself. */
  tick(): void {
    this.now = this.#clock();
    if (this.now - this.#askedHealth >= HEALTH_EVERY_MS) void this.loadHealth();
  }

  async loadHealth(): Promise<void> {
    this.#askedHealth = this.#clock();
    try {
      this.health = await this.api.health();
      this.zone = this.health.zone;
      this.#heard(this.health.dataAt);
    } catch (failure) {
      // A server that does not answer at all, though the connection seems open: a half-open line. Make it anew.
      if (!(failure instanceof Failure)) return;
      if (failure.status === 401) this.locked = true;
      if (failure.status === 0 && this.lostAt === null) this.#socket?.reconnect();
    }
  }

  async loadCells(): Promise<void> {
    if (this.#loadingCells) return;
    this.#loadingCells = true;
    try {
      await this.loadHealth();
      await this.#loadCatalogue();
      const rows = await this.api.cells();
      this.network = createNetwork(rows, this.dataAt);
      this.loaded.network = true;
      if (this.failed?.what === 'network') this.failed = null;
      this.#announce(null);
    } catch (failure) {
      this.#fail('network', failure);
    } finally {
      this.#loadingCells = false;
    }
  }

  async loadAlerts(): Promise<void> {
    try {
      await Promise.all([this.#book.load(), this.#loadCatalogue()]);
      this.loaded.alerts = true;
      if (this.failed?.what === 'alerts') this.failed = null;
    } catch (failure) {
      this.#fail('alerts', failure);
    }
  }

  /** What the server calls KPIs, before anything is shown by it; without an answer, what this page knows by itself. */
  #loadCatalogue(): Promise<void> {
    this.#catalogue ??= this.api.kpis().then(
      (list) => installCatalogue({ ...list, counters: [] }),
      () => {
        this.#catalogue = null;
      },
    );
    return this.#catalogue;
  }

  #fail(what: Failed['what'], failure: unknown): void {
    const known = failure instanceof Failure ? failure : new Failure(0, String(failure));
    this.failed = { what, detail: known.message, instance: known.instance };
  }

  /** Does something to an alert; its new state comes back over the live connection. Throws a `Failure`. */
  async act(id: string, act: Act, text: string, found?: FoundCause): Promise<void> {
    const by = myName();
    const said = act === 'assign' ? { assignee: text } : text ? { comment: text } : {};
    await this.api.act(id, act, { ...said, ...(by && { by }), ...(found && { found }) });
  }

  pause(): void {
    this.pausedAt ??= this.#clock();
    this.#book.hold();
  }

  resume(): void {
    this.pausedAt = null;
    this.#book.release();
    this.#announce(null);
  }

  take(message: LiveMessage): void {
    if (message.type === 'hello') this.#hello(message);
    else if (message.type === 'alert') this.#book.take(message.alert, message.seq <= this.#missedUpTo);
    else if (message.type === 'inventory') void this.loadCells();
    else if (message.type === 'resync') void this.loadAlerts();
    else if (message.type === 'cells') this.#heard(message.at);
  }

  takeFrame(frame: CellFrame): void {
    if (frame.dataAt > 0) this.#moveTo(frame.dataAt);
    const { changed, strangers } = applyFrame(this.network, frame);
    if (strangers) void this.loadCells();
    if (this.pausedAt === null) this.#announce(changed);
  }

  #hello(hello: Extract<LiveMessage, { type: 'hello' }>): void {
    // The server may have been started again, with another file.
    if (this.everLive) this.#catalogue = null;
    this.zone = hello.zone;
    this.#heard(hello.dataAt);
    // What follows up to this number was said while we were away.
    this.#missedUpTo = this.everLive ? hello.seq : 0;
    if (hello.cells !== this.network.rows.length && this.loaded.network) void this.loadCells();
    if (!this.loaded.alerts && this.failed) void this.loadAlerts();
    if (!this.loaded.network && this.failed) void this.loadCells();
    this.everLive = true;
  }

  #heard(at: string | null): void {
    if (at) this.#moveTo(Date.parse(at));
  }

  #moveTo(dataAt: number): void {
    if (this.dataAt !== null && dataAt <= this.dataAt) return;
    if (this.dataAt !== null) this.#periodMs = Math.min(dataAt - this.dataAt, LONGEST_PERIOD_MS);
    this.dataAt = dataAt;
  }

  #announce(changed: Uint32Array | null): void {
    this.counts = this.network.counts.slice();
    if (changed === null || changed.length > 0) this.revision += 1;
    for (const listener of this.#listeners) listener(changed);
  }

  #address(since: number | null): string {
    const query = new URLSearchParams({ cells: 'frames', lang: this.#options.language() });
    if (since !== null) query.set('since', String(since));
    const { protocol, host } = window.location;
    return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/live?${query}`;
  }

  #opened(): void {
    this.lostAt = null;
    this.nextTryAt = null;
    this.now = this.#clock();
  }

  #closed(nextTryAt: number): void {
    this.lostAt ??= this.#clock();
    this.nextTryAt = nextTryAt;
  }
}
