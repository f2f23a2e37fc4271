// The tables of mutes: one row for each, and one for the time as they count it.

import type { MuteRecord } from '../../model/mute.ts';
import type { SavedMutes } from '../ledger.ts';
import type { Connection } from './database.ts';

export const MUTE_TABLES = [
  'CREATE TABLE IF NOT EXISTS ledger.mute (id VARCHAR NOT NULL, made_at DOUBLE NOT NULL, body VARCHAR NOT NULL)',
  'CREATE TABLE IF NOT EXISTS ledger.mute_clock (body VARCHAR NOT NULL)',
];

/** Inside a transaction. */
export async function putMutes(writer: Connection, { mutes, gone, clock }: SavedMutes): Promise<void> {
  const ids = mutes.map(({ id }) => id);
  if (ids.length + gone.length > 0)
    await writer.run('DELETE FROM ledger.mute WHERE id IN (SELECT unnest($1))', [...ids, ...gone]);
  if (ids.length > 0)
    await writer.run(
      'INSERT INTO ledger.mute SELECT unnest($1), unnest($2), unnest($3)',
      ids,
      mutes.map(({ made }) => made.at),
      mutes.map((mute) => JSON.stringify(mute)),
    );
  if (clock === undefined) return;
  await writer.run('DELETE FROM ledger.mute_clock');
  await writer.run('INSERT INTO ledger.mute_clock VALUES ($1)', JSON.stringify(clock));
}

/** In the order in which they were made. */
export async function knownMutes<Clock>(reader: Connection): Promise<{ mutes: MuteRecord[]; clock?: Clock }> {
  const mutes = await reader.rows('SELECT body FROM ledger.mute ORDER BY made_at, id');
  const [clock] = await reader.rows('SELECT body FROM ledger.mute_clock');
  return {
    mutes: mutes.map(({ body }) => JSON.parse(String(body)) as MuteRecord),
    ...(clock && { clock: JSON.parse(String(clock.body)) as Clock }),
  };
}
