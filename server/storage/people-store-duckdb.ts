// Keeps people and what cells were like by hour in DuckDB; runs in the thread that owns the file.

import type { RenamedRecord } from '../model/identity.ts';
import type { PeopleRecord } from '../model/journal.ts';
import type { Complaint, Exposure, Subscriber, Survey } from '../model/person.ts';
import type { Connection, Database, Row } from './duckdb/database.ts';
import type { Dictionary } from './duckdb/dictionary.ts';
import { appendPeople, renameExposures } from './duckdb/people-append.ts';
import { openPeopleTables } from './duckdb/people-tables.ts';
import {
  MOST_AUDITS,
  type MonthOfUse,
  PEOPLE_POSITION,
  type PeopleStore,
  type StoredExperienceDay,
} from './people-store.ts';

const EXPOSURE =
  'SELECT e.id, c.name AS cell, e.share, e.day, e.hour, e.service FROM people.exposure e JOIN people.cell c ON c.number = e.cell';

/** Opens the tables on connections of its own, so that long questions never hold up what is being written. */
export async function openDuckDbPeople(database: Database): Promise<DuckDbPeople> {
  const writer = await database.connect();
  const cells = await openPeopleTables(writer);
  return new DuckDbPeople(writer, await database.connect(), cells);
}

export class DuckDbPeople implements PeopleStore {
  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
    private readonly cells: Dictionary,
  ) {}

  async append(records: readonly PeopleRecord[]): Promise<void> {
    try {
      await this.writer.transaction(() => this.appendNew(records));
    } catch (error) {
      this.cells.forget();
      throw error;
    }
  }

  async rename({ seq, names }: RenamedRecord, days: readonly StoredExperienceDay[], position: string): Promise<void> {
    try {
      await this.writer.transaction(async () => {
        if ((await this.held(PEOPLE_POSITION)) >= seq) return;
        await renameExposures(this.writer, this.cells, new Map(names));
        await this.putDays(days);
        await this.putNumber(PEOPLE_POSITION, seq);
        await this.putNumber(position, seq);
      });
    } finally {
      this.cells.forget();
    }
  }

  async position(name = PEOPLE_POSITION): Promise<number> {
    const [row] = await this.reader.rows('SELECT value FROM people.number WHERE name = $1', name);
    return row ? Number(row.value) : 0;
  }

  subscribers(after: string, limit: number): Promise<Subscriber[]> {
    const sql = 'SELECT body FROM people.subscriber WHERE id > $1 ORDER BY id LIMIT $2';
    return this.bodies(sql, after, BigInt(limit));
  }

  async subscriber(id: string): Promise<Subscriber | undefined> {
    const [person] = await this.bodies<Subscriber>('SELECT body FROM people.subscriber WHERE id = $1', id);
    return person;
  }

  usage(id: string): Promise<MonthOfUse[]> {
    return this.bodies('SELECT body FROM people.usage WHERE id = $1 ORDER BY month', id);
  }

  async usages(after: string, limit: number): Promise<(MonthOfUse & { subscriber: string })[]> {
    const sql = `SELECT id, body FROM people.usage WHERE id > $1 AND id <= ${LAST_OF_PAGE} ORDER BY id, month`;
    const rows = await this.reader.rows(sql, after, BigInt(limit));
    return rows.map((row) => ({ ...bodyOf<MonthOfUse>(row), subscriber: String(row.id) }));
  }

  async usualExposures(after: string, limit: number): Promise<Exposure[]> {
    const sql = `${EXPOSURE} WHERE e.day = '' AND e.id > $1 AND e.id <= ${LAST_OF_PAGE} ORDER BY ALL`;
    return (await this.reader.rows(sql, after, BigInt(limit))).map(exposureOf);
  }

  async exposures(id: string, fromDay: string): Promise<Exposure[]> {
    const sql = `${EXPOSURE} WHERE e.id = $1 AND (e.day = '' OR e.day >= $2) ORDER BY e.day, e.share DESC, cell, e.hour, e.service`;
    return (await this.reader.rows(sql, id, fromDay)).map(exposureOf);
  }

  complaints(id: string): Promise<Complaint[]> {
    return this.bodies('SELECT body FROM people.complaint WHERE id = $1 ORDER BY "at" DESC, mark', id);
  }

  surveys(id: string): Promise<Survey[]> {
    return this.bodies('SELECT body FROM people.survey WHERE id = $1 ORDER BY "at" DESC, mark', id);
  }

  complaintsSince(at: number): Promise<Complaint[]> {
    return this.bodies('SELECT body FROM people.complaint WHERE "at" >= $1 ORDER BY "at", id, mark', at);
  }

  surveysSince(at: number): Promise<Survey[]> {
    return this.bodies('SELECT body FROM people.survey WHERE "at" >= $1 ORDER BY "at", id, mark', at);
  }

  saveDays(days: readonly StoredExperienceDay[], position: string, seq: number): Promise<void> {
    return this.writer.transaction(async () => {
      await this.putDays(days);
      await this.putNumber(position, seq);
    });
  }

  async days(fromDay: string): Promise<StoredExperienceDay[]> {
    const sql = 'SELECT day, cells, hours, slots FROM people.day WHERE day >= $1 ORDER BY day';
    return (await this.reader.rows(sql, fromDay)).map((row) => {
      const slots = bytesOf(row.slots);
      return {
        day: String(row.day),
        cells: JSON.parse(String(row.cells)) as string[],
        hours: bytesOf(row.hours),
        ...(slots.length > 0 && { slots }),
      };
    });
  }

  forgetDays(before: string): Promise<void> {
    return this.writer.transaction(async () => {
      await this.writer.run('DELETE FROM people.day WHERE day < $1', before);
      await this.writer.run("DELETE FROM people.exposure WHERE day <> '' AND day < $1", before);
    });
  }

  audit({ at, role, subscriber }: { at: number; role: string; subscriber: string }): Promise<void> {
    return this.writer.transaction(async () => {
      const sql = "INSERT INTO people.audit SELECT nextval('people.audit_number'), $1, $2, $3";
      await this.writer.run(sql, at, role, subscriber);
      await this.writer.run(
        `DELETE FROM people.audit WHERE number <= (SELECT max(number) FROM people.audit) - ${MOST_AUDITS}`,
      );
    });
  }

  async audits(limit: number): Promise<{ at: number; role: string; subscriber: string }[]> {
    const sql = 'SELECT "at", role, subscriber FROM people.audit ORDER BY number DESC LIMIT $1';
    const rows = await this.reader.rows(sql, BigInt(limit));
    return rows.map((row) => ({ at: Number(row.at), role: String(row.role), subscriber: String(row.subscriber) }));
  }

  async close(): Promise<void> {
    await this.writer.idle();
    this.writer.close();
    this.reader.close();
  }

  /** Inside a transaction: what is not held already, and the position with it. */
  private async appendNew(records: readonly PeopleRecord[]): Promise<void> {
    const held = await this.held(PEOPLE_POSITION);
    const later = records.filter(({ seq }) => seq > held);
    if (later.length === 0) return;
    await appendPeople(this.writer, this.cells, {
      subscribers: later.flatMap(({ people }) => people.subscribers),
      exposures: later.flatMap(({ people }) => people.exposures),
      complaints: later.flatMap(({ people }) => people.complaints),
      surveys: later.flatMap(({ people }) => people.surveys),
    });
    await this.putNumber(PEOPLE_POSITION, later.at(-1)!.seq);
  }

  /** Inside a transaction. */
  private async held(name: string): Promise<number> {
    const [row] = await this.writer.rows('SELECT value FROM people.number WHERE name = $1', name);
    return row ? Number(row.value) : 0;
  }

  /** Inside a transaction. */
  private async putDays(days: readonly StoredExperienceDay[]): Promise<void> {
    for (const { day, cells, hours, slots } of days) {
      await this.writer.run('DELETE FROM people.day WHERE day = $1', day);
      const sql = 'INSERT INTO people.day VALUES ($1, $2, $3, $4)';
      await this.writer.run(sql, day, JSON.stringify(cells), hours, slots ?? new Uint8Array());
    }
  }

  /** Inside a transaction. */
  private async putNumber(name: string, value: number): Promise<void> {
    await this.writer.run('DELETE FROM people.number WHERE name = $1', name);
    await this.writer.run('INSERT INTO people.number VALUES ($1, $2)', name, value);
  }

  private async bodies<T>(sql: string, ...parameters: (string | number | bigint)[]): Promise<T[]> {
    const rows = await this.reader.rows(sql, ...parameters);
    return rows.map((row) => bodyOf<T>(row));
  }
}

/** The id of the last person of the page that begins after $1 and holds $2 people. */
const LAST_OF_PAGE = '(SELECT max(id) FROM (SELECT id FROM people.subscriber WHERE id > $1 ORDER BY id LIMIT $2))';

function bodyOf<T>(row: Row): T {
  return JSON.parse(String(row.body)) as T;
}

/** A copy of its own: the answer moves to another thread. */
function bytesOf(value: unknown): Uint8Array {
  return new Uint8Array((value as { bytes: Uint8Array }).bytes);
}

function exposureOf({ id, cell, share, day, hour, service }: Row): Exposure {
  return {
    subscriber: String(id),
    cell: String(cell),
    share: Number(share),
    ...(day !== '' && { day: String(day) }),
    ...(hour !== -1 && { hour: Number(hour) }),
    ...(service !== '' && { service: String(service) }),
  };
}
