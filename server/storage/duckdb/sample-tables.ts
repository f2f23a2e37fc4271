// The tables that hold radio samples: one row a sample, some 40 bytes of it before compression; names as numbers.

import { MOST_DIGESTS } from '../sample-store.ts';
import type { Connection } from './database.ts';
import { Dictionary } from './dictionary.ts';
import { TIMING_TABLE } from './timing-table.ts';

/** Names held in memory; others are looked up. */
const MOST_CELLS_REMEMBERED = 200_000;
const MOST_OPERATORS_REMEMBERED = 1_000;
const MOST_BANDS_REMEMBERED = 1_000;

/** No number, no name: −1 in the columns of names; 255 (NOT_NAMED) in those of codes; NaN where nothing was measured. */
const TABLES = [
  'CREATE SCHEMA IF NOT EXISTS samples',
  `CREATE TABLE IF NOT EXISTS samples.sample
    (at_ms BIGINT NOT NULL, hex UBIGINT NOT NULL, cell INTEGER NOT NULL, operator SMALLINT NOT NULL, band SMALLINT NOT NULL,
     radio UTINYINT NOT NULL, kind UTINYINT NOT NULL, indoor UTINYINT NOT NULL,
     rsrp FLOAT NOT NULL, rsrq FLOAT NOT NULL, sinr FLOAT NOT NULL, dl FLOAT NOT NULL, ul FLOAT NOT NULL,
     latency FLOAT NOT NULL)`,
  TIMING_TABLE,
  'CREATE TABLE IF NOT EXISTS samples.digest (seq BIGINT NOT NULL, digest VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS samples.position (seq BIGINT NOT NULL)',
  'INSERT INTO samples.position SELECT 0 WHERE NOT EXISTS (FROM samples.position)',
  'CREATE TABLE IF NOT EXISTS samples.area (id VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS samples.judged (seq BIGINT NOT NULL)',
  'INSERT INTO samples.judged SELECT 0 WHERE NOT EXISTS (FROM samples.judged)',
];

export interface SampleTables {
  cells: Dictionary;
  operators: Dictionary;
  bands: Dictionary;
}

/** Makes what is missing and loads the names. */
export async function openSampleTables(connection: Connection): Promise<SampleTables> {
  return connection.transaction(async () => {
    for (const table of TABLES) await connection.run(table);
    return {
      cells: await Dictionary.open(connection, 'samples.cell', MOST_CELLS_REMEMBERED),
      operators: await Dictionary.open(connection, 'samples.operator', MOST_OPERATORS_REMEMBERED),
      bands: await Dictionary.open(connection, 'samples.band', MOST_BANDS_REMEMBERED),
    };
  });
}

/** Inside a transaction: notes these digests and forgets the oldest beyond the maximum. */
export async function keepDigests(connection: Connection, seqs: readonly number[], digests: readonly string[]) {
  await connection.run('INSERT INTO samples.digest SELECT unnest($1)::BIGINT, unnest($2)', seqs, digests);
  const tooOld = `SELECT seq FROM samples.digest ORDER BY seq DESC LIMIT 1 OFFSET ${MOST_DIGESTS}`;
  await connection.run(`DELETE FROM samples.digest WHERE seq <= (${tooOld})`);
}

export async function knownDigests(connection: Connection, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return [];
  const sql = 'SELECT DISTINCT digest FROM samples.digest WHERE digest IN (SELECT unnest($1))';
  return (await connection.rows(sql, digests)).map((row) => String(row.digest));
}
