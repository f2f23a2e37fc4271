// The tables that hold people: each thing as JSON text beside the columns it is looked up by; exposures by columns, for they are many.

import type { Connection } from './database.ts';
import { Dictionary } from './dictionary.ts';

/** Names of cells held in memory; others are looked up. */
const MOST_CELLS_REMEMBERED = 200_000;

/** No primary keys: an upsert is delete and insert in one transaction, and one thread writes. */
const TABLES = [
  'CREATE SCHEMA IF NOT EXISTS people',
  'CREATE TABLE IF NOT EXISTS people.subscriber (id VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS people.usage (id VARCHAR NOT NULL, month VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  // Day and service: empty where there is none. Hour: −1 for all day.
  `CREATE TABLE IF NOT EXISTS people.exposure
    (id VARCHAR NOT NULL, cell INTEGER NOT NULL, share FLOAT NOT NULL, day VARCHAR NOT NULL, hour TINYINT NOT NULL,
     service VARCHAR NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS people.complaint
    (id VARCHAR NOT NULL, "at" DOUBLE NOT NULL, mark VARCHAR NOT NULL, body VARCHAR NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS people.survey
    (id VARCHAR NOT NULL, "at" DOUBLE NOT NULL, mark VARCHAR NOT NULL, body VARCHAR NOT NULL)`,
  'CREATE TABLE IF NOT EXISTS people.number (name VARCHAR NOT NULL, value DOUBLE NOT NULL)',
  `CREATE TABLE IF NOT EXISTS people.day
    (day VARCHAR NOT NULL, cells VARCHAR NOT NULL, hours BLOB NOT NULL, slots BLOB NOT NULL)`,
  'CREATE SEQUENCE IF NOT EXISTS people.audit_number',
  `CREATE TABLE IF NOT EXISTS people.audit
    (number BIGINT NOT NULL, "at" DOUBLE NOT NULL, role VARCHAR NOT NULL, subscriber VARCHAR NOT NULL)`,
];

/** Makes what is missing; gives the names of cells as numbers. */
export function openPeopleTables(connection: Connection): Promise<Dictionary> {
  return connection.transaction(async () => {
    for (const table of TABLES) await connection.run(table);
    return Dictionary.open(connection, 'people.cell', MOST_CELLS_REMEMBERED);
  });
}
