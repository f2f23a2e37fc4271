// Keeps readings in InfluxDB 1.x, 2.x or 3 through the official client: writes line protocol, reads InfluxQL.

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { InfluxDB, type WriteApi } from '@influxdata/influxdb-client';
import { DAY_MS } from '../../maths/local-time.ts';
import type { ReadingsRecord } from '../../model/journal.ts';
import type { Reading } from '../../model/reading.ts';
import { inLanes, inWrites, LINES_PER_WRITE, rowsOf } from '../influx/lanes.ts';
import {
  cellsQuery,
  createDatabase,
  deleteQuery,
  FIELDS_QUERY,
  kpiFieldsOf,
  readingsQuery,
  type Series,
  seriesQuery,
  toBatch,
  toPoints,
  toReadings,
} from '../influx/queries.ts';
import { bodyOf, excerpt, isAboutLines, isPartial, lostLines } from '../influx/refusals.ts';
import { type KpiStore, MOST_POINTS, MOST_READINGS, type SeriesPoint, type SeriesQuery } from '../kpi-store.ts';
import type { KeptLevel, Level, RolledLevel } from '../levels.ts';
import type { Rollups } from '../rollups.ts';

/** `bucket` (with `token`, and `org` on 2.x) for InfluxDB 2.x and 3, or `database` (with a user, if it asks) for 1.x. */
export interface InfluxAddress {
  url: string;
  token?: string;
  org?: string;
  bucket?: string;
  database?: string;
  username?: string;
  password?: string;
}

export interface InfluxOptions extends InfluxAddress {
  /** Where the newest journal number that InfluxDB holds is kept: it has no transactions to keep it itself. */
  position: { get(): Promise<number>; set(seq: number): Promise<void> };
  /** Pooled values of hours and days. */
  rollups: Rollups;
  log(line: string): void;
  /**
   * Told of lines (a reading each) that InfluxDB refuses for ever, and why, in its words. They are not in the store and not
   * tried again. An append that fails and is tried again may tell of the same lines again.
   */
  refused?(count: number, detail: string): void;
}

const TIMEOUT_MS = 30_000;
/** Cells whose day is read back at a time to be pooled: with quarters of 25 KPIs an answer of 3 MB. */
const CELLS_TO_POOL = 100;
/** The client sends by itself beyond this, and does not wait for what it sent: never reached. */
const UNREACHED_BYTES = Number.MAX_SAFE_INTEGER;

/** Sends nothing yet: the server may be away. On 1.x a missing database is made by the first append. */
export function openInfluxStore(options: InfluxOptions): KpiStore {
  return new InfluxStore(options);
}

class InfluxStore implements KpiStore {
  readonly name = 'influx';
  private readonly client: InfluxDB;
  private readonly writeApi: WriteApi;
  private readonly agent: HttpAgent;
  private readonly database: string;
  /** The end of what was begun last: a day must not be read back to be pooled while it is being written. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: InfluxOptions) {
    const { url, token, org = '', bucket, database, username, password } = options;
    if (!bucket && !database) throw new Error('InfluxDB needs a bucket (2.x, 3) or a database (1.x)');
    this.agent = new (url.startsWith('https:') ? HttpsAgent : HttpAgent)({ keepAlive: true });
    this.database = bucket ?? database!;
    // 1.x refuses the client's own way to send a token; it knows Basic.
    const basic = username && `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
    this.client = new InfluxDB({
      url,
      token,
      timeout: TIMEOUT_MS,
      transportOptions: { agent: this.agent },
      headers: basic ? { authorization: basic } : undefined,
    });
    this.writeApi = this.client.getWriteApi(org, this.database, 'ms', {
      batchSize: LINES_PER_WRITE + 1,
      maxBatchBytes: UNREACHED_BYTES,
      gzipThreshold: UNREACHED_BYTES,
      flushInterval: 0,
      maxRetries: 0,
      // Errors go to whoever appends; without this the client prints them as well.
      writeFailed: (error) => Promise.reject(error),
    });
    if (!bucket) this.writeApi.path = `/write?db=${encodeURIComponent(this.database)}&precision=ms`;
  }

  async append(records: readonly ReadingsRecord[]): Promise<void> {
    const position = await this.position();
    const fresh = records.filter(({ seq }) => seq > position);
    if (fresh.length === 0) return;
    await this.inTurn(async () => {
      // First: should all end here, the day is pooled once too often and not once too few.
      await this.options.rollups.mark(...rowsOf(fresh));
      await Promise.all(inLanes(fresh).map((lines) => this.writeLane(lines)));
    });
    await this.options.position.set(fresh.at(-1)!.seq);
  }

  position(): Promise<number> {
    return this.options.position.get();
  }

  async series({ cell, kpi, from, to }: SeriesQuery, limit = MOST_POINTS): Promise<SeriesPoint[]> {
    return toPoints(await this.ask(seriesQuery(kpi, { cell, from, to, limit })), limit);
  }

  async readings(cell: string, from: number, to: number, limit = MOST_READINGS): Promise<Reading[]> {
    return toReadings(cell, await this.ask(readingsQuery({ cell, from, to, limit })), limit);
  }

  rolled(level: RolledLevel, query: SeriesQuery) {
    return this.options.rollups.rolled(level, query);
  }

  stale(cell: string, from: number, to: number) {
    return this.options.rollups.stale(cell, from, to);
  }

  rollUp(clock: number): Promise<boolean> {
    const { rollups } = this.options;
    return this.inTurn(async () => {
      const due = await rollups.due(clock, CELLS_TO_POOL);
      if (!due) return false;
      const fields = kpiFieldsOf(await this.ask(FIELDS_QUERY));
      const answer = fields.length === 0 ? [] : await this.ask(cellsQuery(due.cells, fields, due.from, due.to), 'POST');
      await rollups.roll(due, toBatch(answer, fields));
      return true;
    });
  }

  /** Raw values by DELETE, which 1.x and 2.x know; 3 does not, and refuses before anything is noted as gone. */
  forget(level: Level, until: number): Promise<void> {
    const { rollups } = this.options;
    if (level !== 'raw') return rollups.forget(level, until);
    return this.inTurn(async () => {
      await this.ask(deleteQuery(0), 'POST');
      await this.ask(deleteQuery(await rollups.letRawGo(until)), 'POST');
    });
  }

  /** By the days of which anything was stored; where pooled ones were let go, raw ones of before may be left. */
  async oldest(): Promise<number> {
    const { rollups } = this.options;
    const [day, after] = await Promise.all([rollups.oldestDay(), rollups.keptAfter()]);
    return after.daily > after.raw ? Number.NEGATIVE_INFINITY : Math.max(day, after.raw);
  }

  /** Of raw values neither bytes nor the oldest can be had cheaply: the oldest are as old as what was pooled of them. */
  async kept(): Promise<Record<Level, KeptLevel>> {
    const { rollups } = this.options;
    const [kept, after] = await Promise.all([rollups.kept(), rollups.keptAfter()]);
    const pooled = kept.daily.oldestAt;
    return { ...kept, raw: { oldestAt: pooled === null ? null : Math.max(pooled - DAY_MS, after.raw) } };
  }

  keptAfter() {
    return this.options.rollups.keptAfter();
  }

  async health(): Promise<{ ok: boolean; error?: string }> {
    return this.ask('SHOW MEASUREMENTS LIMIT 1').then(
      () => ({ ok: true }),
      (error) => ({ ok: false, error: error.message }),
    );
  }

  async close(): Promise<void> {
    this.writeApi.dispose();
    this.agent.destroy();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async writeLane(lines: readonly string[]): Promise<void> {
    for (const some of inWrites(lines)) await this.write(some);
  }

  private async write(lines: string[], mayCreate = true): Promise<void> {
    try {
      // Both in one turn: the client then sends exactly these lines, and tells when they are written.
      this.writeApi.writeRecords(lines);
      await this.writeApi.flush();
    } catch (error) {
      if (isPartial(error)) return this.refuse(lostLines(error), excerpt(bodyOf(error)));
      if (isAboutLines(error)) return this.writeInHalves(lines, excerpt(bodyOf(error)));
      if (!mayCreate || !isMissing(error) || this.options.bucket) throw this.explained(error);
      await this.query(createDatabase(this.database), 'POST');
      await this.write(lines, false);
    }
  }

  /** After a write that was turned away whole: finds the lines that are to blame, and writes the others in their order. */
  private async writeInHalves(lines: string[], why: string): Promise<void> {
    if (lines.length === 1) return this.refuse(1, `${why}: ${excerpt(lines[0]!)}`);
    const middle = lines.length >> 1;
    await this.write(lines.slice(0, middle));
    await this.write(lines.slice(middle));
  }

  private refuse(count: number, detail: string): void {
    this.options.log(`storage: InfluxDB refused ${count} lines for good: ${detail}`);
    this.options.refused?.(count, detail);
  }

  /** Rows of an InfluxQL question; none when the database is not there yet. */
  private async ask(influxQl: string, method: 'GET' | 'POST' = 'GET'): Promise<Series[]> {
    const answer = await this.query(influxQl, method).catch((error) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return answer?.results?.[0]?.series ?? [];
  }

  private async query(influxQl: string, method: 'GET' | 'POST'): Promise<Answer | undefined> {
    // Questions about many cells are longer than an address may be.
    const body = method === 'POST' ? new URLSearchParams({ q: influxQl }).toString() : '';
    const search = new URLSearchParams({ db: this.database, ...(!body && { q: influxQl }), epoch: 'ms' });
    const headers = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const answer: Answer | undefined = await this.client.transport
      .request(`/query?${search}`, body, { method, headers })
      .catch((error: unknown) => {
        throw this.explained(error);
      });
    const error = answer?.results?.[0]?.error;
    if (error !== undefined) throw this.explained(new Error(error));
    return answer;
  }

  /** The client's errors name neither the server nor, often, the reason. */
  private explained(error: unknown): Error {
    const what = error instanceof Error ? error.message || error.name : String(error);
    const body = bodyOf(error);
    const why = what.includes(body) ? what : `${what} (${body})`;
    return new Error(`InfluxDB at ${new URL(this.options.url).host}: ${why}`, { cause: error });
  }
}

interface Answer {
  results?: { series?: Series[]; error?: string }[];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /database not found/.test(`${error.message} ${bodyOf(error)}`);
}
