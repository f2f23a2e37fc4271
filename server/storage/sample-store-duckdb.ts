// Keeps radio samples in DuckDB, binned to H3 and by columns; runs in the thread that owns the file.

import type { RenamedRecord } from '../model/identity.ts';
import type { SamplesRecord } from '../model/journal.ts';
import type { Connection, Database } from './duckdb/database.ts';
import { moveRows } from './duckdb/rename-cells.ts';
import { appendSamples } from './duckdb/sample-append.ts';
import { askHexagons, askSamples, askSlices } from './duckdb/sample-queries.ts';
import { keepDigests, knownDigests, openSampleTables, type SampleTables } from './duckdb/sample-tables.ts';
import { appendTiming, askTiming, newestTiming } from './duckdb/timing-table.ts';
import type { HexagonCells, SampleStore, SliceQuery, StoredArea } from './sample-store.ts';

/** Opens the tables on connections of its own, so that long questions never hold up what is being written. */
export async function openDuckDbSamples(database: Database): Promise<DuckDbSamples> {
  const writer = await database.connect();
  const tables = await openSampleTables(writer);
  return new DuckDbSamples(writer, await database.connect(), tables);
}

export class DuckDbSamples implements SampleStore {
  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
    private readonly tables: SampleTables,
  ) {}

  async append(records: readonly (SamplesRecord | RenamedRecord)[]): Promise<void> {
    try {
      await this.writer.transaction(() => this.appendNew(records));
      if (records.some(({ kind }) => kind === 'renamed')) this.tables.cells.forget();
    } catch (error) {
      for (const names of Object.values(this.tables)) names.forget();
      throw error;
    }
  }

  async position(): Promise<number> {
    const [row] = await this.reader.rows('SELECT seq FROM samples.position');
    return Number(row!.seq);
  }

  known(digests: readonly string[]): Promise<string[]> {
    return knownDigests(this.reader, digests);
  }

  slices() {
    return askSlices(this.reader, this.tables);
  }

  byHexagonAndCell(
    query: SliceQuery,
    resolution: number,
    weakDbm: number,
    within?: readonly string[],
    by?: 'cell' | 'hexagon',
  ): Promise<HexagonCells> {
    return askHexagons(this.reader, this.tables, query, { resolution, weakDbm, within, by });
  }

  samples(query: SliceQuery, within: readonly string[] | undefined, most: number) {
    return askSamples(this.reader, this.tables, query, { within, most });
  }

  timing(cells: readonly string[], from: number, to: number) {
    return askTiming(this.reader, this.tables.cells, cells, { from, to });
  }

  timingTo(cell: string) {
    return newestTiming(this.reader, this.tables.cells, cell);
  }

  forget(until: number): Promise<void> {
    return this.writer.transaction(async () => {
      await this.writer.run('DELETE FROM samples.sample WHERE at_ms <= $1', BigInt(Math.floor(until)));
      await this.writer.run('DELETE FROM samples.timing WHERE day_end <= $1', BigInt(Math.floor(until)));
    });
  }

  async areas(): Promise<{ areas: StoredArea[]; judged: number }> {
    const rows = await this.reader.rows('SELECT body FROM samples.area ORDER BY id');
    const [judged] = await this.reader.rows('SELECT seq FROM samples.judged');
    return { areas: rows.map((row) => JSON.parse(String(row.body)) as StoredArea), judged: Number(judged!.seq) };
  }

  saveAreas(areas: readonly StoredArea[], judged: number): Promise<void> {
    const ids = areas.map(({ id }) => id);
    const bodies = areas.map((area) => JSON.stringify(area));
    return this.writer.transaction(async () => {
      await this.writer.run('DELETE FROM samples.area');
      await this.writer.run('INSERT INTO samples.area SELECT unnest($1), unnest($2)', ids, bodies);
      await this.writer.run('UPDATE samples.judged SET seq = $1', BigInt(judged));
    });
  }

  async close(): Promise<void> {
    await this.writer.idle();
    this.writer.close();
    this.reader.close();
  }

  /** Inside a transaction: what is neither held already nor the same delivery again, and the position with it. */
  private async appendNew(records: readonly (SamplesRecord | RenamedRecord)[]): Promise<void> {
    const [place] = await this.writer.rows('SELECT seq FROM samples.position');
    const later = records.filter(({ seq }) => seq > Number(place!.seq));
    if (later.length === 0) return;
    let some: SamplesRecord[] = [];
    for (const record of later) {
      if (record.kind === 'samples') {
        some.push(record);
        continue;
      }
      await this.appendSome(some);
      some = [];
      const merged = await this.tables.cells.rename(this.writer, new Map(record.names));
      for (const table of ['samples.sample', 'samples.timing']) await moveRows(this.writer, table, merged);
    }
    await this.appendSome(some);
    await this.writer.run('UPDATE samples.position SET seq = $1', BigInt(later.at(-1)!.seq));
  }

  private async appendSome(records: readonly SamplesRecord[]): Promise<void> {
    if (records.length === 0) return;
    const digests = records.map(({ batch }) => batch.digest);
    const known = new Set(await knownDigests(this.writer, digests));
    const fresh = records.filter(({ batch: { digest } }) => {
      const isNew = !known.has(digest);
      known.add(digest);
      return isNew;
    });
    if (fresh.length === 0) return;
    const batches = fresh.map(({ batch }) => batch);
    await appendSamples(this.writer, this.tables, batches);
    await appendTiming(
      this.writer,
      this.tables.cells,
      batches.flatMap(({ timing }) => timing ?? []),
    );
    await keepDigests(
      this.writer,
      fresh.map(({ seq }) => seq),
      batches.map(({ digest }) => digest),
    );
  }
}
