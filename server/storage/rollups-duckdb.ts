// Keeps pooled values in DuckDB: pools marked days one at a time, and lets go of what is not to be kept; runs in the thread that owns the file.

import type { LocalDay, LocalDays } from '../maths/local-days.ts';
import type { ReadingBatch } from '../model/reading.ts';
import { appendKpis } from './duckdb/append-readings.ts';
import { askKept, askKeptAfter, askRolled, markedDays, NO_VALUES, oldestOf } from './duckdb/ask-rollups.ts';
import type { Connection } from './duckdb/database.ts';
import type { ReadingsTables } from './duckdb/readings-tables.ts';
import { rollDay } from './duckdb/roll-day.ts';
import {
  ANY_CELL,
  addRolledColumns,
  isDropped,
  markDays,
  noteDropped,
  rolledColumns,
  setKeptAfter,
} from './duckdb/rollup-tables.ts';
import type { SeriesQuery } from './kpi-store.ts';
import type { RolledLevel } from './levels.ts';
import { type DueDay, GRACE_MS, type Rollups } from './rollups.ts';

/** Appending leaves a mark each time; beyond this many they are told together. */
const MOST_MARKS = 10_000;
/** Marks of a cell's day that are remembered, so that the next rows of that day need none. */
const MOST_REMEMBERED = 500_000;

export interface RollupRooms {
  /** Pools, on a connection of its own: it holds nobody up. */
  roller: Connection;
  /** Changes raw rows, together with those that append them. */
  writer: Connection;
  reader: Connection;
  tables: ReadingsTables;
  days: LocalDays;
  log(line: string): void;
}

export class DuckDbRollups implements Rollups {
  private columns = new Set<string>();
  /** Cells by END of day whose marks surely stand in the table. */
  private readonly marked = new Map<number, Set<number>>();
  private remembered = 0;

  constructor(private readonly rooms: RollupRooms) {}

  async open(): Promise<void> {
    this.columns = await rolledColumns(this.rooms.reader);
  }

  /** Inside a transaction of the writer that appends these rows: their days are to be pooled (again). */
  markRows(connection: Connection, batches: readonly ReadingBatch[], since: number): Promise<void> {
    const ends = new Set(batches.flatMap((batch) => [...this.endsOf(batch.at)]));
    return markDays(connection, [...ends], since);
  }

  /** Pools the oldest day that is due at the data time `clock` from rows that are here; false when none is. */
  async rollOwn(clock: number): Promise<boolean> {
    await this.tellMarksTogether();
    return this.rooms.roller.transaction(async () => {
      const [due] = await this.rooms.roller.rows(
        `SELECT day_end, min(since) AS since FROM readings.mark
         WHERE cell = ${ANY_CELL} AND day_end <= $1 GROUP BY day_end ORDER BY day_end LIMIT 1`,
        BigInt(Math.floor(clock - GRACE_MS)),
      );
      if (!due) return false;
      const end = Number(due.day_end);
      await this.rollInside(this.rooms.days.of(end), Number(due.since));
      await this.rooms.roller.run(`DELETE FROM readings.mark WHERE day_end = $1 AND cell = ${ANY_CELL}`, BigInt(end));
      return true;
    });
  }

  mark(cells: readonly string[], cell: Uint32Array, at: Float64Array): Promise<void> {
    const { writer, tables } = this.rooms;
    return writer
      .transaction(async () => {
        const numbers = await tables.cells.number(writer, cells);
        const cellNumbers = cells.map((name) => numbers.get(name)!);
        const marked = this.notMarked(cellNumbers, cell, at);
        if (marked.length === 0) return;
        await writer.run(
          `INSERT INTO readings.mark SELECT DISTINCT *, 0 FROM
           (SELECT unnest($1)::BIGINT AS day_end, unnest($2)::INTEGER AS cell) ANTI JOIN readings.mark USING (day_end, cell)`,
          marked.map(([end]) => end),
          marked.map(([, number]) => number),
        );
      })
      .catch((error) => {
        tables.cells.forget();
        this.forgetMarks();
        throw error;
      });
  }

  /** The END of day and the cell of those rows whose mark does not stand yet; from now on it counts as standing. */
  private notMarked(numbers: readonly number[], cell: Uint32Array, at: Float64Array): [dayEnd: number, cell: number][] {
    if (this.remembered > MOST_REMEMBERED) this.forgetMarks();
    const fresh: [number, number][] = [];
    for (let row = 0; row < at.length; row++) {
      const end = this.rooms.days.of(at[row]!).to;
      const number = numbers[cell[row]!]!;
      const marked = this.marked.get(end) ?? new Set();
      if (marked.has(number)) continue;
      if (marked.size === 0) this.marked.set(end, marked);
      marked.add(number);
      fresh.push([end, number]);
    }
    this.remembered += fresh.length;
    return fresh;
  }

  private forgetMarks(): void {
    this.marked.clear();
    this.remembered = 0;
  }

  async due(clock: number, mostCells: number): Promise<DueDay | undefined> {
    const rows = await this.rooms.reader.rows(
      `SELECT DISTINCT day_end, cell FROM readings.mark WHERE cell <> ${ANY_CELL} AND day_end = (
         SELECT min(day_end) FROM readings.mark WHERE cell <> ${ANY_CELL} AND day_end <= $1
       ) ORDER BY cell LIMIT $2`,
      BigInt(Math.floor(clock - GRACE_MS)),
      BigInt(mostCells),
    );
    if (rows.length === 0) return undefined;
    const names = await this.rooms.tables.cells.names(
      this.rooms.reader,
      rows.map(({ cell }) => Number(cell)),
    );
    return { ...this.rooms.days.of(Number(rows[0]!.day_end)), cells: [...names.values()] };
  }

  /** The raw rows stand among our own while they are pooled, and are gone before anybody sees them. */
  async roll(day: DueDay, raw: ReadingBatch): Promise<void> {
    const { roller, writer, tables } = this.rooms;
    await tables.kpis.add(
      writer,
      raw.kpis.map(({ name }) => name),
    );
    try {
      await roller.transaction(async () => {
        const numbers = await tables.cells.find(roller, [...new Set([...raw.cells, ...day.cells])]);
        const since = await this.nextOrdinal();
        const cellNumbers = raw.cells.map((cell) => numbers.get(cell)!);
        const batch = { batch: raw, cellNumbers, firstOrdinal: since, others: [], shape: 0 };
        await appendKpis(roller, [batch], [...tables.kpis.all().keys()]);
        await this.rollInside(day, since);
        await roller.run('DELETE FROM readings.recent WHERE ordinal >= $1', BigInt(since));
        await roller.run(
          'DELETE FROM readings.mark WHERE day_end = $1 AND cell IN (SELECT unnest($2))',
          BigInt(day.to),
          day.cells.map((cell) => numbers.get(cell)!),
        );
      });
    } finally {
      // Its marks are gone: what comes now marks it again.
      this.forgetMarks();
    }
  }

  async rolled(level: RolledLevel, { cell, kpi, from, to }: SeriesQuery) {
    const column = this.rooms.tables.kpis.all().get(kpi);
    const cellNumber = await this.numberOf(cell);
    if (column === undefined || !this.columns.has(column) || cellNumber === undefined) return NO_VALUES;
    return askRolled(this.rooms.reader, level, column, cellNumber, { from, to });
  }

  async stale(cell: string, from: number, to: number): Promise<LocalDay[]> {
    const ends = await markedDays(this.rooms.reader, (await this.numberOf(cell)) ?? ANY_CELL, from, to);
    return ends.map((end) => this.rooms.days.of(end)).filter((day) => day.from < to);
  }

  async oldestDay(): Promise<number> {
    const [marked] = await this.rooms.reader.rows('SELECT min(day_end) AS oldest FROM readings.mark');
    const ends = [marked!.oldest, await oldestOf(this.rooms.reader, 'daily')].filter((end) => end !== null).map(Number);
    return ends.length === 0 ? Number.POSITIVE_INFINITY : this.rooms.days.of(Math.min(...ends)).from;
  }

  forget(level: RolledLevel, until: number): Promise<void> {
    const { roller } = this.rooms;
    return roller.transaction(async () => {
      await roller.run(`DELETE FROM readings.${level} WHERE end_ms <= $1`, BigInt(Math.floor(until)));
      await setKeptAfter(roller, level, Math.floor(until));
    });
  }

  letRawGo(until: number): Promise<number> {
    const { writer } = this.rooms;
    return writer.transaction(() => this.letRawGoInside(writer, until));
  }

  /** Lets go of raw rows of whole pooled days that ended by `until`, a day at a time. */
  async forgetOwn(until: number): Promise<void> {
    const { writer, days } = this.rooms;
    for (;;) {
      const isDone = await writer.transaction(async () => {
        const most = await this.letRawGoInside(writer, until);
        const oldest = await oldestOf(writer, 'raw');
        if (oldest === null || oldest > most) return true;
        const end = BigInt(Math.min(most, days.of(oldest).to));
        for (const table of ['settled', 'settled_counters', 'recent', 'recent_counters']) {
          await writer.run(`DELETE FROM readings.${table} WHERE at_ms <= $1`, end);
        }
        return false;
      });
      if (isDone) break;
    }
    // Room of deleted rows is used again after a checkpoint. It cannot be had while another transaction is open: next time then.
    await writer.run('CHECKPOINT').catch(() => undefined);
  }

  kept() {
    return askKept(this.rooms.reader);
  }

  keptAfter() {
    return askKeptAfter(this.rooms.reader);
  }

  private async rollInside(day: LocalDay, since: number): Promise<void> {
    const { roller, tables, log } = this.rooms;
    const kpis = await tables.kpis.seenBy(roller);
    await addRolledColumns(roller, kpis);
    const { left } = await rollDay(roller, kpis, day, since, await isDropped(roller, day.to));
    this.columns = await rolledColumns(roller);
    if (left > 0) {
      const date = new Date(day.from).toISOString();
      log(
        `storage: readings of ${left} cells came for the day from ${date}, whose raw values are no longer kept: its pooled values stay as they are`,
      );
    }
  }

  /** Never a day that is to be pooled, nor a part of a day. */
  private async letRawGoInside(connection: Connection, until: number): Promise<number> {
    const [first] = await connection.rows('SELECT min(day_end) AS day_end FROM readings.mark');
    const marked = first!.day_end === null ? Number.POSITIVE_INFINITY : this.rooms.days.of(Number(first!.day_end)).from;
    const at = Math.min(until, marked);
    const { from, to } = this.rooms.days.of(at);
    const most = at === to ? to : from;
    await setKeptAfter(connection, 'raw', most);
    await noteDropped(connection, most);
    return most;
  }

  private async tellMarksTogether(): Promise<void> {
    const { roller } = this.rooms;
    await roller.transaction(async () => {
      const rows = await roller.rows(
        `SELECT day_end, min(since) AS since, count(*) AS marks FROM readings.mark WHERE cell = ${ANY_CELL} GROUP BY day_end`,
      );
      if (rows.reduce((sum, { marks }) => sum + Number(marks), 0) < MOST_MARKS) return;
      await roller.run(`DELETE FROM readings.mark WHERE cell = ${ANY_CELL}`);
      for (const { day_end, since } of rows) await markDays(roller, [Number(day_end)], Number(since));
    });
  }

  private async nextOrdinal(): Promise<number> {
    const [row] = await this.rooms.roller.rows('SELECT next_ordinal FROM readings.position');
    return Number(row!.next_ordinal);
  }

  private async numberOf(cell: string): Promise<number | undefined> {
    return (await this.rooms.tables.cells.find(this.rooms.reader, [cell])).get(cell);
  }

  private endsOf(at: Float64Array): Set<number> {
    const ends = new Set<number>();
    for (let row = 0; row < at.length; row++) ends.add(this.rooms.days.of(at[row]!).to);
    return ends;
  }
}
