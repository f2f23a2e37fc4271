// Names as numbers: two cells that exchange names are told apart by everybody, also by those who ask while they do so.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { Dictionary } from '../../server/storage/duckdb/dictionary.ts';

const EXCHANGE = new Map([
  ['a', 'b'],
  ['b', 'a'],
]);

let folder: string;
let database: Database;
let writer: Connection;
let reader: Connection;
let cells: Dictionary;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dictionary-'));
  database = await openDatabase({ file: join(folder, 'x.duckdb'), memoryLimitMb: 100 });
  writer = await database.connect();
  reader = await database.connect();
  cells = await Dictionary.open(writer, 'cell', 100);
  await writer.transaction(() => cells.number(writer, ['a', 'b']));
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const numbers = async (connection: Connection) => Object.fromEntries(await cells.find(connection, ['a', 'b']));

it('whoever asks before the exchange is durable hears the names before, and leaves nothing of them behind', async () => {
  await writer.transaction(async () => {
    const early = numbers(reader);
    await cells.rename(writer, EXCHANGE);
    expect(await early).toEqual({ a: 0, b: 1 });
    expect(await numbers(reader)).toEqual({ a: 0, b: 1 });
    expect(await numbers(writer)).toEqual({ a: 1, b: 0 });
    expect(await numbers(reader)).toEqual({ a: 0, b: 1 });
  });
  cells.forget();
  expect(await numbers(writer)).toEqual({ a: 1, b: 0 });
  expect(await numbers(reader)).toEqual({ a: 1, b: 0 });
});

it('an exchange that could not be made durable is forgotten', async () => {
  const failing = writer.transaction(async () => {
    await cells.rename(writer, EXCHANGE);
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  cells.forget();
  expect(await numbers(writer)).toEqual({ a: 0, b: 1 });
});
