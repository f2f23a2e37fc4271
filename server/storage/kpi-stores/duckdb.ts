// Keeps readings in DuckDB, wide and by columns; runs in the thread that owns the file.

import { localDays } from '../../maths/local-days.ts';
import type { Reading, ReadingBatch } from '../../model/reading.ts';
import { appendKpis, appendOthers, type NumberedBatch } from '../duckdb/append-readings.ts';
import { askReadings, askSeries, type Span } from '../duckdb/ask-readings.ts';
import { oldestOf } from '../duckdb/ask-rollups.ts';
import type { Connection, Database } from '../duckdb/database.ts';
import { openReadingsTables, type ReadingsTables, type Shape } from '../duckdb/readings-tables.ts';
import { renameReadings } from '../duckdb/rename-cells.ts';
import { openRollupTables } from '../duckdb/rollup-tables.ts';
import { RUN_ROWS, settleRun } from '../duckdb/settle-readings.ts';
import {
  type KpiStore,
  MOST_POINTS,
  MOST_READINGS,
  type SeriesPoint,
  type SeriesQuery,
  type StoredRecord,
} from '../kpi-store.ts';
import type { Level, RolledLevel } from '../levels.ts';
import { DuckDbRollups } from '../rollups-duckdb.ts';

export interface DuckDbStoreOptions {
  /** IANA name: pooled days are local days. UTC unless told. */
  zone?: string;
  log(line: string): void;
  /** Rows that are settled at a time. */
  runRows?: number;
  /** Settling waits for a pause this long in what arrives, milliseconds … */
  pauseMs?: number;
}

const DEFAULT_PAUSE_MS = 500;
/** … but not when this many rows wait for it: then appending waits. */
const MOST_RECENT_ROWS = 4_000_000;

/** Opens the tables and starts settling in the background. */
export async function openDuckDbStore(database: Database, options: DuckDbStoreOptions): Promise<DuckDbStore> {
  const writer = await database.connect();
  const reader = await database.connect();
  const tables = await openReadingsTables(writer, options.log);
  const zone = options.zone ?? 'UTC';
  const days = localDays(zone);
  await openRollupTables(writer, zone, days);
  const roller = await database.connect();
  const rollups = new DuckDbRollups({ roller, writer, reader, tables, days, log: options.log });
  await rollups.open();
  return new DuckDbStore(database, { writer, reader, roller }, tables, rollups, options);
}

export class DuckDbStore implements KpiStore {
  readonly name = 'duckdb';
  private readonly writer: Connection;
  private readonly reader: Connection;
  private settling?: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly connections: Record<'writer' | 'reader' | 'roller', Connection>,
    private readonly tables: ReadingsTables,
    /** Also of use when another store holds the raw readings. */
    readonly rollups: DuckDbRollups,
    private readonly options: DuckDbStoreOptions,
  ) {
    this.writer = connections.writer;
    this.reader = connections.reader;
    this.settleSoon();
  }

  async append(records: readonly StoredRecord[]): Promise<void> {
    clearTimeout(this.settling);
    try {
      await this.tables.kpis.add(
        this.writer,
        records.flatMap((record) => (record.kind === 'readings' ? record.batch.kpis.map(({ name }) => name) : [])),
      );
      const recentRows = await this.writer.transaction(() => this.appendNew(records));
      if (records.some(({ kind }) => kind === 'renamed')) this.tables.cells.forget();
      if (recentRows > MOST_RECENT_ROWS) await this.settle();
    } catch (error) {
      this.tables.cells.forget();
      this.tables.shapes.forget();
      throw error;
    } finally {
      this.settleSoon();
    }
  }

  async position(): Promise<number> {
    const [row] = await this.reader.rows('SELECT seq FROM readings.position');
    return Number(row!.seq);
  }

  async series({ cell, kpi, from, to }: SeriesQuery, limit = MOST_POINTS): Promise<SeriesPoint[]> {
    const span = await this.span(cell, from, to, limit);
    if (!span) return [];
    const column = this.tables.kpis.all().get(kpi);
    if (column) return askSeries(this.reader, column, span);
    const readings = await askReadings(this.reader, this.tables, { ...span, limit: MOST_READINGS });
    const points = readings.filter(({ kpis }) => Object.hasOwn(kpis, kpi));
    return points
      .map(({ at, periodSeconds, kpis, suspect, late }) => ({
        at,
        periodSeconds,
        value: kpis[kpi]!,
        ...(suspect && { suspect }),
        ...(late && { late }),
      }))
      .slice(-limit);
  }

  async readings(cell: string, from: number, to: number, limit = MOST_READINGS): Promise<Reading[]> {
    const span = await this.span(cell, from, to, limit);
    return span ? askReadings(this.reader, this.tables, span) : [];
  }

  rolled(level: RolledLevel, query: SeriesQuery) {
    return this.rollups.rolled(level, query);
  }

  stale(cell: string, from: number, to: number) {
    return this.rollups.stale(cell, from, to);
  }

  rollUp(clock: number): Promise<boolean> {
    return this.rollups.rollOwn(clock);
  }

  forget(level: Level, until: number): Promise<void> {
    return level === 'raw' ? this.rollups.forgetOwn(until) : this.rollups.forget(level, until);
  }

  async oldest(): Promise<number> {
    return (await oldestOf(this.reader, 'raw')) ?? Number.POSITIVE_INFINITY;
  }

  kept() {
    return this.rollups.kept();
  }

  keptAfter() {
    return this.rollups.keptAfter();
  }

  async health(): Promise<{ ok: boolean; bytes: number }> {
    return { ok: true, bytes: await this.database.bytes() };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.settling);
    for (const connection of Object.values(this.connections)) {
      await connection.idle();
      connection.close();
    }
  }

  private async span(cell: string, from: number, to: number, limit: number): Promise<Span | undefined> {
    const cellNumber = (await this.tables.cells.find(this.reader, [cell])).get(cell);
    return cellNumber === undefined ? undefined : { cell, cellNumber, from, to, limit };
  }

  /** Inside a transaction: appends what is new and the position with it; answers how many rows wait to be settled. */
  private async appendNew(records: readonly StoredRecord[]): Promise<number> {
    const [place] = await this.writer.rows(PLACE);
    const fresh = records.filter(({ seq }) => seq > Number(place!.seq));
    if (fresh.length === 0) return Number(place!.recent);
    let nextOrdinal = Number(place!.next_ordinal);
    let batches: NumberedBatch[] = [];
    for (const record of fresh) {
      if (record.kind === 'renamed') {
        await this.appendBatches(batches);
        batches = [];
        await renameReadings(this.writer, this.tables.cells, new Map(record.names));
      } else {
        const { batch } = record;
        batches.push({ batch, firstOrdinal: nextOrdinal, ...(await this.numbersOf(batch)) });
        nextOrdinal += batch.rows;
      }
    }
    await this.appendBatches(batches);
    const seq = BigInt(fresh.at(-1)!.seq);
    await this.writer.run('UPDATE readings.position SET seq = $1, next_ordinal = $2', seq, BigInt(nextOrdinal));
    return Number(place!.recent) + nextOrdinal - Number(place!.next_ordinal);
  }

  private async appendBatches(batches: readonly NumberedBatch[]): Promise<void> {
    if (batches.length === 0) return;
    await appendKpis(this.writer, batches, [...this.tables.kpis.all().keys()]);
    await appendOthers(this.writer, batches);
    const plain = batches.map(({ batch }) => batch);
    await this.rollups.markRows(this.writer, plain, batches[0]!.firstOrdinal);
  }

  private async numbersOf(batch: ReadingBatch): Promise<Pick<NumberedBatch, 'cellNumbers' | 'others' | 'shape'>> {
    const cells = await this.tables.cells.number(this.writer, batch.cells);
    const columns = this.tables.kpis.all();
    const others = [
      ...batch.counters.map(({ name, values }) => ({ name: `c:${name}`, values })),
      ...batch.kpis.filter(({ name }) => !columns.has(name)).map(({ name, values }) => ({ name: `k:${name}`, values })),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)); // one order, so that equal lists are one shape
    const shape: Shape = others.map(({ name }) => name);
    const key = JSON.stringify(shape);
    const shapes = others.length > 0 ? await this.tables.shapes.number(this.writer, [key]) : undefined;
    return { cellNumbers: batch.cells.map((cell) => cells.get(cell)!), others, shape: shapes?.get(key) ?? 0 };
  }

  private settleSoon(): void {
    clearTimeout(this.settling);
    if (this.closed) return;
    const settleWhileThereIsMore = async () => (await this.settle()) && this.settleSoon();
    this.settling = setTimeout(settleWhileThereIsMore, this.options.pauseMs ?? DEFAULT_PAUSE_MS).unref();
  }

  /** Never rejects: readings that are not settled are slower to find, and that is all. */
  private settle(): Promise<boolean> {
    return settleRun(this.writer, this.tables.kpis, this.options.runRows ?? RUN_ROWS).catch((error) => {
      this.options.log(`storage: readings could not be settled (tried again with the next ones): ${error}`);
      return false;
    });
  }
}

const PLACE = `
  SELECT seq, next_ordinal,
    next_ordinal - (SELECT coalesce(min(ordinal), next_ordinal) FROM readings.recent) AS recent
  FROM readings.position`;
