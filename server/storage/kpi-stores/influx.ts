// Keeps readings in InfluxDB 1.x, 2.x or 3 through the official client: writes line protocol, reads InfluxQL.

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { InfluxDB, type WriteApi } from '@influxdata/influxdb-client';
import type { ReadingsRecord } from '../../model/journal.ts';
import type { Reading } from '../../model/reading.ts';
import { writeLines } from '../influx/lines.ts';
import { createDatabase, readingsQuery, type Series, seriesQuery, toPoints, toReadings } from '../influx/queries.ts';
import { bodyOf, excerpt, isAboutLines, isPartial, lostLines } from '../influx/refusals.ts';
import { type KpiStore, MOST_POINTS, MOST_READINGS, type SeriesPoint, type SeriesQuery } from '../kpi-store.ts';

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
  log(line: string): void;
  /**
   * Told of lines (a reading each) that InfluxDB refuses for ever, and why, in its words. They are not in the store and not
   * tried again. An append that fails and is tried again may tell of the same lines again.
   */
  refused?(count: number, detail: string): void;
}

/** Lines and characters of one write: InfluxData advises 5,000 to 10,000 lines; 1.x refuses bodies over 25 MB. */
const LINES_PER_WRITE = 5_000;
const CHARACTERS_PER_WRITE = 5_000_000;
/** Writes under way at once. A cell keeps to its lane, so that its rows arrive in order. */
const LANES = 3;
const TIMEOUT_MS = 30_000;
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
    await Promise.all(inLanes(fresh).map((lines) => this.writeLane(lines)));
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
  private async ask(influxQl: string): Promise<Series[]> {
    const answer = await this.query(influxQl, 'GET').catch((error) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return answer?.results?.[0]?.series ?? [];
  }

  private async query(influxQl: string, method: 'GET' | 'POST'): Promise<Answer | undefined> {
    const search = new URLSearchParams({ db: this.database, q: influxQl, epoch: 'ms' });
    const headers = { accept: 'application/json' };
    const answer: Answer | undefined = await this.client.transport
      .request(`/query?${search}`, '', { method, headers })
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

/** Lines by lane; all lines of one cell stand in one lane, in order. */
function inLanes(records: readonly ReadingsRecord[]): string[][] {
  const lanes: string[][] = Array.from({ length: LANES }, () => []);
  for (const { batch } of records) {
    const laneOf = batch.cells.map((cell) => lanes[sumOfCodes(cell) % LANES]!);
    writeLines(batch, (cell, line) => laneOf[cell]!.push(line));
  }
  return lanes;
}

function* inWrites(lines: readonly string[]): Generator<string[]> {
  let some: string[] = [];
  let characters = 0;
  for (const line of lines) {
    if (some.length === LINES_PER_WRITE || (some.length > 0 && characters + line.length > CHARACTERS_PER_WRITE)) {
      yield some;
      some = [];
      characters = 0;
    }
    some.push(line);
    characters += line.length;
  }
  if (some.length > 0) yield some;
}

function sumOfCodes(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return sum;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /database not found/.test(`${error.message} ${bodyOf(error)}`);
}
