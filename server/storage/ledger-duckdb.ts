// Keeps the ledger in DuckDB: each thing as JSON text beside the few columns that it is looked up by.

import type { AlarmState, StandingAlarms, StandingAsk } from '../model/alarm.ts';
import { type AlertRecord, isDone } from '../model/alert.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { Cell } from '../model/cell.ts';
import { type CellChange, type IdentityChange, newNames } from '../model/identity.ts';
import type { PredictionPage, PredictionQuery, RecordedPrediction } from '../model/prediction-record.ts';
import {
  ALARM_TABLE,
  type AlarmQuery,
  alarmHistory,
  alarmsByKey,
  putAlarms,
  renameAlarms,
  standingAlarms,
} from './duckdb/alarm-table.ts';
import { CALENDAR_TABLE, calendarDays, putCalendar } from './duckdb/calendar-table.ts';
import type { Connection, Database, Row } from './duckdb/database.ts';
import { knownMutes, MUTE_TABLES, putMutes } from './duckdb/mute-table.ts';
import {
  knownPredictions,
  PREDICTION_TABLE,
  prediction,
  predictionPage,
  putPredictions,
} from './duckdb/prediction-table.ts';
import {
  ALERTS_POSITION,
  INVENTORY_POSITION,
  type KnownMutes,
  type Ledger,
  MOST_ALERT_CHANGES,
  MOST_CELL_CHANGES,
  MOST_DONE_ALERTS,
  MUTES_POSITION,
  type MuteClock,
  type SavedMutes,
  type StoredAlertChange,
} from './ledger.ts';

/** No primary keys: an upsert is delete and insert in one transaction, and one thread writes. */
const TABLES = [
  'CREATE SCHEMA IF NOT EXISTS ledger',
  'CREATE TABLE IF NOT EXISTS ledger.cell (id VARCHAR NOT NULL, retired BOOLEAN NOT NULL, body VARCHAR NOT NULL)',
  `CREATE TABLE IF NOT EXISTS ledger.alert
    (id VARCHAR NOT NULL, done BOOLEAN NOT NULL, changed_at DOUBLE NOT NULL, seq BIGINT NOT NULL, body VARCHAR NOT NULL)`,
  'CREATE TABLE IF NOT EXISTS ledger.alert_change (seq BIGINT NOT NULL, body VARCHAR NOT NULL)',
  ALARM_TABLE,
  CALENDAR_TABLE,
  PREDICTION_TABLE,
  ...MUTE_TABLES,
  'CREATE TABLE IF NOT EXISTS ledger.number (name VARCHAR NOT NULL, value DOUBLE NOT NULL)',
  'CREATE TABLE IF NOT EXISTS ledger.cell_change (cell VARCHAR NOT NULL, seq BIGINT NOT NULL, place BIGINT NOT NULL, body VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS ledger.influx_tag (cell VARCHAR NOT NULL, tags VARCHAR NOT NULL)',
];

/** Opens the tables on connections of its own, so that it never waits for readings that are being appended. */
export async function openDuckDbLedger(database: Database): Promise<Ledger> {
  const writer = await database.connect();
  await writer.transaction(async () => {
    for (const table of TABLES) await writer.run(table);
  });
  return new DuckDbLedger(writer, await database.connect());
}

class DuckDbLedger implements Ledger {
  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
  ) {}

  async cells(): Promise<Cell[]> {
    return this.bodies('SELECT body FROM ledger.cell WHERE NOT retired ORDER BY id');
  }

  saveCells(
    upserts: readonly Cell[],
    retired: readonly string[],
    journalSeq: number,
    identity?: IdentityChange,
  ): Promise<void> {
    return this.onceFor(journalSeq, async () => {
      await this.writer.run('UPDATE ledger.cell SET retired = true WHERE id IN (SELECT unnest($1))', retired);
      if (identity) await this.putIdentity(identity, journalSeq);
      await this.putCells(upserts);
    });
  }

  calendar(): Promise<CalendarDay[]> {
    return calendarDays(this.reader);
  }

  saveCalendar(days: readonly CalendarDay[], mode: CalendarMode, journalSeq: number): Promise<void> {
    return this.onceFor(journalSeq, () => putCalendar(this.writer, days, mode));
  }

  async leftCells(): Promise<string[]> {
    const rows = await this.reader.rows('SELECT id FROM ledger.cell WHERE retired ORDER BY id');
    return rows.map(({ id }) => String(id));
  }

  async cellChanges(cell: string): Promise<CellChange[]> {
    const sql = `SELECT body FROM ledger.cell_change WHERE cell = $1 ORDER BY seq DESC, place DESC LIMIT ${MOST_CELL_CHANGES}`;
    return (await this.bodies<CellChange>(sql, cell)).reverse().map((change) => ({ ...change, cell }));
  }

  async influxTags(): Promise<[string, string[]][]> {
    const rows = await this.reader.rows('SELECT cell, tags FROM ledger.influx_tag ORDER BY cell');
    return rows.map(({ cell, tags }) => [String(cell), JSON.parse(String(tags)) as string[]]);
  }

  saveInfluxTags(tags: readonly [string, string[]][], position: string, seq: number): Promise<void> {
    return this.writer.transaction(async () => {
      await this.writer.run('DELETE FROM ledger.influx_tag');
      const lists = tags.map(([, list]) => JSON.stringify(list));
      const cells = tags.map(([cell]) => cell);
      await this.writer.run('INSERT INTO ledger.influx_tag SELECT unnest($1), unnest($2)', cells, lists);
      await this.putNumber(position, seq);
    });
  }

  async alerts(limit: number): Promise<AlertRecord[]> {
    return this.bodies(
      `SELECT body FROM (
         (SELECT * FROM ledger.alert WHERE NOT done)
         UNION ALL
         (SELECT * FROM ledger.alert WHERE done ORDER BY changed_at DESC, seq DESC LIMIT $1)
       ) ORDER BY changed_at DESC, seq DESC`,
      BigInt(limit),
    );
  }

  async alert(id: string): Promise<AlertRecord | undefined> {
    const [alert] = await this.bodies<AlertRecord>('SELECT body FROM ledger.alert WHERE id = $1', id);
    return alert;
  }

  async alertsSince(changedAt: number, afterSeq: number, limit: number): Promise<StoredAlertChange[]> {
    const sql = 'SELECT seq, body FROM ledger.alert WHERE changed_at >= $1 AND seq > $2 ORDER BY seq LIMIT $3';
    const rows = await this.reader.rows(sql, changedAt, BigInt(afterSeq), BigInt(limit));
    return rows.map((row) => ({ seq: Number(row.seq), alert: bodyOf(row) }));
  }

  async alertChanges(since: number, limit: number): Promise<StoredAlertChange[]> {
    const sql = 'SELECT seq, body FROM ledger.alert_change WHERE seq > $1 ORDER BY seq LIMIT $2';
    const rows = await this.reader.rows(sql, BigInt(since), BigInt(limit));
    return rows.map((row) => ({ seq: Number(row.seq), alert: bodyOf(row) }));
  }

  saveAlerts(
    changes: readonly StoredAlertChange[],
    journalSeq?: number,
    alarms: readonly AlarmState[] = [],
    names: ReadonlyMap<string, string> = new Map(),
    predictions: readonly RecordedPrediction[] = [],
    muting?: SavedMutes,
  ): Promise<void> {
    return this.writer.transaction(async () => {
      if (changes.length > 0) await this.putAlerts(changes);
      await renameAlarms(this.writer, names);
      await putAlarms(this.writer, alarms);
      await putPredictions(this.writer, predictions);
      if (muting) await putMutes(this.writer, muting);
      if (muting) await this.putNumber(MUTES_POSITION, muting.judged);
      if (journalSeq !== undefined) await this.putNumber(ALERTS_POSITION, journalSeq);
    });
  }

  alarmsByKey(keys: readonly string[]): Promise<AlarmState[]> {
    return alarmsByKey(this.reader, keys);
  }

  standingAlarms(ask: StandingAsk): Promise<StandingAlarms> {
    return standingAlarms(this.reader, ask);
  }

  alarmHistory(query: AlarmQuery): Promise<AlarmState[]> {
    return alarmHistory(this.reader, query);
  }

  knownPredictions(limit: number): Promise<{ open: RecordedPrediction[]; settled: RecordedPrediction[] }> {
    return knownPredictions(this.reader, limit);
  }

  prediction(id: string): Promise<RecordedPrediction | undefined> {
    return prediction(this.reader, id);
  }

  predictions(query: PredictionQuery): Promise<PredictionPage | undefined> {
    return predictionPage(this.reader, query);
  }

  async knownMutes(): Promise<KnownMutes> {
    return { ...(await knownMutes<MuteClock>(this.reader)), judged: (await this.number(MUTES_POSITION)) ?? 0 };
  }

  async number(name: string): Promise<number | undefined> {
    const [row] = await this.reader.rows('SELECT value FROM ledger.number WHERE name = $1', name);
    return row && Number(row.value);
  }

  setNumber(name: string, value: number): Promise<void> {
    return this.writer.transaction(() => this.putNumber(name, value));
  }

  async close(): Promise<void> {
    await this.writer.idle();
    this.writer.close();
    this.reader.close();
  }

  /** In one transaction with the journal number; one that is held already changes nothing. */
  private onceFor(journalSeq: number, put: () => Promise<void>): Promise<void> {
    return this.writer.transaction(async () => {
      const [held] = await this.writer.rows('SELECT value FROM ledger.number WHERE name = $1', INVENTORY_POSITION);
      if (held && journalSeq <= Number(held.value)) return;
      await put();
      await this.putNumber(INVENTORY_POSITION, journalSeq);
    });
  }

  /** Inside a transaction. */
  private async putCells(upserts: readonly Cell[]): Promise<void> {
    const newest = [...new Map(upserts.map((cell) => [cell.id, cell])).values()];
    const ids = newest.map(({ id }) => id);
    const bodies = newest.map((cell) => JSON.stringify(cell));
    await this.writer.run('DELETE FROM ledger.cell WHERE id IN (SELECT unnest($1))', ids);
    await this.writer.run('INSERT INTO ledger.cell SELECT unnest($1), false, unnest($2)', ids, bodies);
  }

  /** Inside a transaction: cells that are in the network come again under their new names; the past follows them. */
  private async putIdentity(identity: IdentityChange, journalSeq: number): Promise<void> {
    const names = [...newNames(identity)];
    const [from, to] = [names.map(([old]) => old), names.map(([, name]) => name)];
    await this.writer.run('DELETE FROM ledger.cell WHERE NOT retired AND id IN (SELECT unnest($1))', from);
    for (const [table, column] of [
      ['cell', 'id'],
      ['cell_change', 'cell'],
    ] as const) {
      await this.writer.run(
        `UPDATE ledger.${table} SET ${column} = renamed.name
         FROM (SELECT unnest($1) AS old, unnest($2) AS name) renamed WHERE ${column} = renamed.old`,
        from,
        to,
      );
    }
    const { changes } = identity;
    const cells = changes.map(({ cell }) => cell);
    const bodies = changes.map((change) => JSON.stringify(change));
    await this.writer.run(
      `INSERT INTO ledger.cell_change SELECT unnest($1), ${journalSeq}, generate_subscripts($1, 1), unnest($2)`,
      cells,
      bodies,
    );
  }

  /** Inside a transaction. */
  private async putAlerts(changes: readonly StoredAlertChange[]): Promise<void> {
    const bodies = changes.map(({ alert }) => JSON.stringify(alert));
    const seqs = changes.map(({ seq }) => seq);
    await this.writer.run('INSERT INTO ledger.alert_change SELECT unnest($1)::BIGINT, unnest($2)', seqs, bodies);
    const newest = [...new Map(changes.map((change) => [change.alert.id, change])).values()];
    const ids = newest.map(({ alert }) => alert.id);
    await this.writer.run('DELETE FROM ledger.alert WHERE id IN (SELECT unnest($1))', ids);
    await this.writer.run(
      'INSERT INTO ledger.alert SELECT unnest($1), unnest($2) = 1, unnest($3), unnest($4)::BIGINT, unnest($5)',
      ids,
      newest.map(({ alert }) => (isDone(alert) ? 1 : 0)),
      newest.map(({ alert }) => alert.changedAt),
      newest.map(({ seq }) => seq),
      newest.map(({ alert }) => JSON.stringify(alert)),
    );
    await this.forgetOldAlerts();
  }

  private async forgetOldAlerts(): Promise<void> {
    for (const [table, where, most] of [
      ['alert_change', 'true', MOST_ALERT_CHANGES],
      ['alert', 'done', MOST_DONE_ALERTS],
    ] as const) {
      // OFFSET finds the newest one that is too old; where there are fewer, nothing is.
      const tooOld = `SELECT seq FROM ledger.${table} WHERE ${where} ORDER BY seq DESC LIMIT 1 OFFSET ${most}`;
      await this.writer.run(`DELETE FROM ledger.${table} WHERE ${where} AND seq <= (${tooOld})`);
    }
  }

  /** Inside a transaction. */
  private async putNumber(name: string, value: number): Promise<void> {
    await this.writer.run('DELETE FROM ledger.number WHERE name = $1', name);
    await this.writer.run('INSERT INTO ledger.number VALUES ($1, $2)', name, value);
  }

  private async bodies<T>(sql: string, ...parameters: (string | bigint)[]): Promise<T[]> {
    const rows = await this.reader.rows(sql, ...parameters);
    return rows.map((row) => bodyOf<T>(row));
  }
}

function bodyOf<T>(row: Row): T {
  return JSON.parse(String(row.body)) as T;
}
