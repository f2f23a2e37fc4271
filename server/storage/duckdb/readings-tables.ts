// The tables that hold readings: their columns, and the numbers that stand for cells, KPIs and lists of counters.
//
// Every row carries `ordinal`, its place in the order of arrival; where rows of one key meet, the higher one wins.
// Rows arrive in `recent`, in order of time; full runs of them are moved to `settled`, each run sorted by cell, so that
// one cell's day lies together. KPIs have a column each, made when the KPI is first seen: the write-ahead log spells
// out every column of a row, so columns nobody uses would cost half the speed. Raw counters can be hundreds and differ
// by sender: they stand in lists beside, whose names are stored once.

import type { Connection } from './database.ts';
import { Dictionary } from './dictionary.ts';

/** KPIs beyond these are kept in lists like counters: nothing is lost, one of them alone is slower to read. */
export const MOST_KPI_COLUMNS = 300;
/** Names held in memory; others are looked up. About 100 bytes a cell and some kilobytes a list of counters. */
const MOST_CELLS_REMEMBERED = 500_000;
const MOST_SHAPES_REMEMBERED = 2_000;

const KEY = 'cell INTEGER NOT NULL, at_ms BIGINT NOT NULL, period_seconds INTEGER NOT NULL, ordinal BIGINT NOT NULL';
const STAGES = ['recent', 'settled'] as const;

/** The list of names behind `counters.shape`, as they stand in its dictionary: `c:` a counter, `k:` a KPI without a column. */
export type Shape = readonly string[];

export interface ReadingsTables {
  cells: Dictionary;
  shapes: Dictionary;
  kpis: KpiColumns;
}

/** Makes what is missing and loads the names. */
export async function openReadingsTables(connection: Connection, log: (line: string) => void): Promise<ReadingsTables> {
  return connection.transaction(async () => {
    await connection.run('CREATE SCHEMA IF NOT EXISTS readings');
    for (const stage of STAGES) {
      await connection.run(`CREATE TABLE IF NOT EXISTS readings.${stage} (${KEY}, flags UTINYINT NOT NULL)`);
      await widenSuspect(connection, stage);
      await connection.run(
        `CREATE TABLE IF NOT EXISTS readings.${stage}_counters (${KEY}, shape INTEGER NOT NULL, amounts DOUBLE[] NOT NULL)`,
      );
    }
    await connection.run('CREATE TABLE IF NOT EXISTS readings.position (seq BIGINT, next_ordinal BIGINT)');
    await connection.run('INSERT INTO readings.position SELECT 0, 0 WHERE NOT EXISTS (FROM readings.position)');
    return {
      cells: await Dictionary.open(connection, 'readings.cell', MOST_CELLS_REMEMBERED),
      shapes: await Dictionary.open(connection, 'readings.shape', MOST_SHAPES_REMEMBERED),
      kpis: await KpiColumns.open(connection, log),
    };
  });
}

/** Tables of before there were late readings have a BOOLEAN `suspect` where `flags` stands now: its bit 1. */
async function widenSuspect(connection: Connection, stage: string): Promise<void> {
  const old = await connection.rows(
    `SELECT 1 FROM information_schema.columns
     WHERE table_schema = 'readings' AND table_name = $1 AND column_name = 'suspect'`,
    stage,
  );
  if (old.length === 0) return;
  await connection.run(`ALTER TABLE readings.${stage} ALTER COLUMN suspect TYPE UTINYINT`);
  await connection.run(`ALTER TABLE readings.${stage} RENAME COLUMN suspect TO flags`);
}

/** Which KPI has which column. */
export class KpiColumns {
  private constructor(
    private readonly dictionary: Dictionary,
    private columns: ReadonlyMap<string, string>,
  ) {}

  static async open(connection: Connection, log: (line: string) => void): Promise<KpiColumns> {
    const dictionary = await Dictionary.open(connection, 'readings.kpi', MOST_KPI_COLUMNS);
    await dropNameless(connection, log);
    const rows = await connection.rows('SELECT number, name FROM readings.kpi ORDER BY number');
    return new KpiColumns(dictionary, new Map(rows.map((row) => [String(row.name), `k${row.number}`])));
  }

  /** KPI id → column name, in the order of the columns in the tables. */
  all(): ReadonlyMap<string, string> {
    return this.columns;
  }

  /** Those that the transaction of this connection sees: one that began before a column was made does not. */
  async seenBy(connection: Connection): Promise<ReadonlyMap<string, string>> {
    const rows = await connection.rows(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'readings' AND table_name = 'settled'`,
    );
    const seen = new Set(rows.map(({ column_name }) => String(column_name)));
    return new Map([...this.columns].filter(([, column]) => seen.has(column)));
  }

  /** Gives each of these KPIs a column, as far as there is room; a transaction of its own. */
  async add(connection: Connection, kpis: Iterable<string>): Promise<void> {
    const wanted = [...new Set(kpis)];
    if (this.withoutColumn(wanted).length === 0) return;
    try {
      this.columns = await connection.transaction(() => this.made(connection, wanted));
    } catch (error) {
      this.dictionary.forget();
      throw error;
    }
  }

  /** Inside a transaction: all columns once these KPIs have theirs. */
  private async made(connection: Connection, wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const fresh = this.withoutColumn(wanted);
    const numbers = await this.dictionary.number(connection, fresh);
    const added = fresh.map((kpi) => [kpi, `k${numbers.get(kpi)}`] as const);
    for (const [, column] of added) {
      for (const stage of STAGES) await connection.run(`ALTER TABLE readings.${stage} ADD COLUMN ${column} DOUBLE`);
    }
    return new Map([...this.columns, ...added]);
  }

  private withoutColumn(kpis: readonly string[]): string[] {
    return kpis.filter((kpi) => !this.columns.has(kpi)).slice(0, MOST_KPI_COLUMNS - this.columns.size);
  }
}

/** A column whose name was lost is in the way of the next KPI, and nobody can ask for what it holds. */
async function dropNameless(connection: Connection, log: (line: string) => void): Promise<void> {
  const rows = await connection.rows(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'readings' AND table_name IN (SELECT unnest($1)) AND regexp_matches(column_name, '^k[0-9]+$')
       AND column_name NOT IN (SELECT 'k' || number FROM readings.kpi)`,
    STAGES,
  );
  for (const { table_name, column_name } of rows) {
    await connection.run(`ALTER TABLE readings.${table_name} DROP COLUMN ${column_name}`);
  }
  const columns = [...new Set(rows.map(({ column_name }) => column_name))];
  if (columns.length > 0) log(`storage: columns without a KPI were dropped: ${columns.join(', ')}`);
}
