// Keeps rejections in DuckDB: each as JSON text beside the columns that it is looked up by, and one row a source and reason.

import type { RejectionReason } from '../model/rejection.ts';
import type { Connection, Database, Row } from './duckdb/database.ts';
import {
  MOST_REJECTION_DAYS,
  MOST_REJECTIONS,
  type RejectionCount,
  type RejectionQuery,
  type RejectionStore,
  type StoredRejection,
} from './rejection-store.ts';

const TABLES = [
  'CREATE SCHEMA IF NOT EXISTS rejections',
  `CREATE TABLE IF NOT EXISTS rejections.kept
    (id BIGINT NOT NULL, refused_at DOUBLE NOT NULL, source VARCHAR NOT NULL, reason VARCHAR NOT NULL, body VARCHAR NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS rejections.count
    (source VARCHAR NOT NULL, reason VARCHAR NOT NULL, total DOUBLE NOT NULL, first_at DOUBLE NOT NULL,
     last_at DOUBLE NOT NULL, example VARCHAR NOT NULL)`,
];
const DAY_MS = 86_400_000;

export async function openDuckDbRejections(database: Database): Promise<RejectionStore> {
  const writer = await database.connect();
  await writer.transaction(async () => {
    for (const table of TABLES) await writer.run(table);
    await takeOver(writer);
  });
  return new DuckDbRejections(writer, await database.connect());
}

/** Before there were counts, rejections stood in the ledger. */
async function takeOver(writer: Connection): Promise<void> {
  const old = await writer.rows(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = 'ledger' AND table_name = 'rejection'`,
  );
  if (old.length === 0) return;
  const rows = await writer.rows('SELECT body FROM ledger.rejection ORDER BY id');
  const rejections = rows.map((row) => JSON.parse(String(row.body)) as StoredRejection);
  const counts = new Map<string, RejectionCount>();
  for (const { at, source, ...example } of rejections) {
    const key = `${source}\n${example.reason}`;
    const known = counts.get(key) ?? { source, reason: example.reason, count: 0, firstAt: at, lastAt: at, example };
    counts.set(key, { ...known, count: known.count + (example.count ?? 1), lastAt: at, example });
  }
  await putKept(writer, rejections);
  await putCounts(writer, [...counts.values()]);
  await writer.run('DROP TABLE ledger.rejection');
}

class DuckDbRejections implements RejectionStore {
  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
  ) {}

  save(rejections: readonly StoredRejection[], counts: readonly RejectionCount[], now: number): Promise<void> {
    return this.writer.transaction(async () => {
      if (rejections.length > 0) await putKept(this.writer, rejections);
      if (counts.length > 0) await putCounts(this.writer, counts);
      const oldest = `(SELECT max(id) FROM rejections.kept) - ${MOST_REJECTIONS}`;
      await this.writer.run(
        `DELETE FROM rejections.kept WHERE id <= ${oldest} OR refused_at < $1`,
        now - MOST_REJECTION_DAYS * DAY_MS,
      );
    });
  }

  async list({ limit, before, source, reason, from, to }: RejectionQuery): Promise<StoredRejection[]> {
    const wanted: [string, string | number | bigint | undefined][] = [
      ['id <', before === undefined ? undefined : BigInt(before)],
      ['source =', source],
      ['reason =', reason],
      ['refused_at >=', from],
      ['refused_at <', to],
    ];
    const asked = wanted.filter(([, value]) => value !== undefined) as [string, string | number | bigint][];
    const where = asked.map(([column], i) => `${column} $${i + 1}`).join(' AND ') || 'true';
    const rows = await this.reader.rows(
      `SELECT id, body FROM rejections.kept WHERE ${where} ORDER BY id DESC LIMIT ${Math.trunc(limit)}`,
      ...asked.map(([, value]) => value),
    );
    return rows.map((row) => ({ ...(JSON.parse(String(row.body)) as StoredRejection), id: Number(row.id) }));
  }

  async counts(): Promise<RejectionCount[]> {
    const rows = await this.reader.rows('SELECT * FROM rejections.count ORDER BY source, reason');
    return rows.map(countOf);
  }

  async kept(): Promise<number> {
    const [row] = await this.reader.rows('SELECT count(*) AS kept FROM rejections.kept');
    return Number(row!.kept);
  }

  async close(): Promise<void> {
    await this.writer.idle();
    this.writer.close();
    this.reader.close();
  }
}

/** Inside a transaction. */
async function putKept(writer: Connection, rejections: readonly StoredRejection[]): Promise<void> {
  const [row] = await writer.rows('SELECT coalesce(max(id), 0) AS last FROM rejections.kept');
  await writer.run(
    `INSERT INTO rejections.kept
     SELECT $1 + generate_subscripts($2, 1), unnest($3), unnest($4), unnest($5), unnest($2)`,
    row!.last as bigint,
    rejections.map(({ id: _, ...rejection }) => JSON.stringify(rejection)),
    rejections.map(({ at }) => at),
    rejections.map(({ source }) => source),
    rejections.map(({ reason }) => reason),
  );
}

/** Inside a transaction: what is counted stands in place of what stood there. */
async function putCounts(writer: Connection, counts: readonly RejectionCount[]): Promise<void> {
  const sources = counts.map(({ source }) => source);
  const reasons = counts.map(({ reason }) => reason);
  await writer.run(
    `DELETE FROM rejections.count WHERE (source, reason) IN (SELECT (unnest($1), unnest($2)))`,
    sources,
    reasons,
  );
  await writer.run(
    'INSERT INTO rejections.count SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)',
    sources,
    reasons,
    counts.map(({ count }) => count),
    counts.map(({ firstAt }) => firstAt),
    counts.map(({ lastAt }) => lastAt),
    counts.map(({ example }) => JSON.stringify(example)),
  );
}

function countOf(row: Row): RejectionCount {
  return {
    source: String(row.source),
    reason: String(row.reason) as RejectionReason,
    count: Number(row.total),
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    example: JSON.parse(String(row.example)),
  };
}
