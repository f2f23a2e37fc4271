// Writes what one handful of deliveries brought about people; call it inside a transaction of the one that writes.

import type { Complaint, Exposure, PeopleDelivery, Subscriber, Survey } from '../../model/person.ts';
import { MOST_COMPLAINTS, MOST_SURVEYS, type MonthOfUse } from '../people-store.ts';
import type { Connection } from './database.ts';
import type { Dictionary } from './dictionary.ts';
import { type KnownPerson, mergePerson } from './people-merge.ts';
import { moveRows } from './rename-cells.ts';

export async function appendPeople(connection: Connection, cells: Dictionary, people: PeopleDelivery): Promise<void> {
  await putSubscribers(connection, people);
  if (people.exposures.length > 0) await putExposures(connection, cells, people.exposures);
  await putVoices(connection, 'complaint', people.complaints, ({ category }) => category ?? '', MOST_COMPLAINTS);
  await putVoices(connection, 'survey', people.surveys, ({ scale }) => scale, MOST_SURVEYS);
}

async function putSubscribers(connection: Connection, people: PeopleDelivery): Promise<void> {
  const told = people.subscribers;
  const named = [...people.exposures, ...people.complaints, ...people.surveys].map(({ subscriber }) => subscriber);
  const ids = [...new Set([...told.map(({ subscriber }) => subscriber), ...named])];
  if (ids.length === 0) return;
  const known = await knownOf(connection, ids);
  const fresh = ids.filter((id) => !known.has(id));
  for (const id of fresh) known.set(id, { person: { subscriber: id }, months: new Map() });
  const changed = new Set(fresh);
  for (const news of told) {
    mergePerson(known.get(news.subscriber)!, news);
    changed.add(news.subscriber);
  }
  await writePeople(
    connection,
    [...changed].map((id) => known.get(id)!),
  );
}

async function knownOf(connection: Connection, ids: readonly string[]): Promise<Map<string, KnownPerson>> {
  const bodies = await connection.rows('SELECT body FROM people.subscriber WHERE id IN (SELECT unnest($1))', ids);
  const known = new Map<string, KnownPerson>();
  for (const { body } of bodies) {
    const person = JSON.parse(String(body)) as Subscriber;
    known.set(person.subscriber, { person, months: new Map() });
  }
  const months = await connection.rows('SELECT id, month, body FROM people.usage WHERE id IN (SELECT unnest($1))', ids);
  for (const { id, month, body } of months) {
    known.get(String(id))?.months.set(String(month), JSON.parse(String(body)) as MonthOfUse);
  }
  return known;
}

async function writePeople(connection: Connection, people: readonly KnownPerson[]): Promise<void> {
  const ids = people.map(({ person }) => person.subscriber);
  const bodies = people.map(({ person }) => JSON.stringify(person));
  await connection.run('DELETE FROM people.subscriber WHERE id IN (SELECT unnest($1))', ids);
  await connection.run('INSERT INTO people.subscriber SELECT unnest($1), unnest($2)', ids, bodies);
  const months = people.flatMap(({ person, months }) =>
    [...months].map(([month, use]) => ({ id: person.subscriber, month, body: JSON.stringify(use) })),
  );
  await connection.run('DELETE FROM people.usage WHERE id IN (SELECT unnest($1))', ids);
  if (months.length === 0) return;
  await connection.run(
    'INSERT INTO people.usage SELECT unnest($1), unnest($2), unnest($3)',
    months.map(({ id }) => id),
    months.map(({ month }) => month),
    months.map(({ body }) => body),
  );
}

/** The newest of each key stands; share 0 takes it away. */
async function putExposures(connection: Connection, cells: Dictionary, exposures: readonly Exposure[]): Promise<void> {
  const newest = [...new Map(exposures.map((exposure) => [keyOf(exposure), exposure])).values()];
  const numbers = await cells.number(
    connection,
    newest.map(({ cell }) => cell),
  );
  const columns = [
    newest.map(({ subscriber }) => subscriber),
    newest.map(({ cell }) => numbers.get(cell)!),
    newest.map(({ share }) => share),
    newest.map(({ day }) => day ?? ''),
    newest.map(({ hour }) => hour ?? -1),
    newest.map(({ service }) => service ?? ''),
  ];
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE told AS SELECT unnest($1) AS id, unnest($2)::INTEGER AS cell, unnest($3)::FLOAT AS share,
       unnest($4) AS day, unnest($5)::TINYINT AS hour, unnest($6) AS service`,
    ...columns,
  );
  await connection.run(
    `DELETE FROM people.exposure e USING told t WHERE e.id = t.id AND e.cell = t.cell AND e.day = t.day
       AND e.hour = t.hour AND e.service = t.service`,
  );
  await connection.run('INSERT INTO people.exposure SELECT * FROM told WHERE share > 0');
}

/** Inside a transaction: exposures follow their cells; where a person has one of each of two that become one, they add up. */
export async function renameExposures(
  connection: Connection,
  cells: Dictionary,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const merged = await cells.rename(connection, names);
  if (merged.length === 0) return;
  await moveRows(connection, 'people.exposure', merged);
  const into = merged.map((one) => one.into);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE joined AS SELECT id, cell, sum(share)::FLOAT AS share, day, hour, service
     FROM people.exposure WHERE cell IN (SELECT unnest($1)::INTEGER) GROUP BY ALL`,
    into,
  );
  await connection.run('DELETE FROM people.exposure WHERE cell IN (SELECT unnest($1)::INTEGER)', into);
  await connection.run('INSERT INTO people.exposure SELECT id, cell, share, day, hour, service FROM joined');
}

const keyOf = ({ subscriber, cell, day, hour, service }: Exposure) =>
  [subscriber, cell, day ?? '', hour ?? -1, service ?? ''].join('\n');

/** The same complaint again (an answer came) or survey replaces; beyond the maximum the oldest go. */
async function putVoices<T extends Complaint | Survey>(
  connection: Connection,
  table: 'complaint' | 'survey',
  voices: readonly T[],
  markOf: (voice: T) => string,
  most: number,
): Promise<void> {
  if (voices.length === 0) return;
  const newest = [
    ...new Map(voices.map((voice) => [`${voice.subscriber}\n${voice.at}\n${markOf(voice)}`, voice])).values(),
  ];
  const [ids, ats, marks] = [
    newest.map(({ subscriber }) => subscriber),
    newest.map(({ at }) => at),
    newest.map((voice) => markOf(voice)),
  ];
  await connection.run(
    `DELETE FROM people.${table} v USING (SELECT unnest($1) AS id, unnest($2) AS "at", unnest($3) AS mark) t
       WHERE v.id = t.id AND v."at" = t."at" AND v.mark = t.mark`,
    ids,
    ats,
    marks,
  );
  const bodies = newest.map((voice) => JSON.stringify(voice));
  const sql = `INSERT INTO people.${table} SELECT unnest($1), unnest($2), unnest($3), unnest($4)`;
  await connection.run(sql, ids, ats, marks, bodies);
  await connection.run(
    `DELETE FROM people.${table} WHERE "at" < (SELECT "at" FROM people.${table} ORDER BY "at" DESC LIMIT 1 OFFSET ${most})`,
  );
}
