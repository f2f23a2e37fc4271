// The table of equipment alarms: one row for each key, the fault history of cells and sites.

import type { AlarmState, StandingAlarms, StandingAsk } from '../../model/alarm.ts';
import type { Connection } from './database.ts';

/** Which part of the fault history: of one cell (its site's alarms included) or of one site, standing at some time in `from < t <= to`. */
export interface AlarmQuery {
  cell?: string;
  siteId?: string;
  /** Of the whole network instead. */
  isWhole?: boolean;
  /** Data time, epoch milliseconds. */
  from?: number;
  to?: number;
  limit: number;
}

/** Alarms that are over; older ones are forgotten. */
export const MOST_CLEARED_ALARMS = 200_000;
/** Rows beyond it before they are forgotten at once. */
const SLACK = 1000;

/** `cell` is '' where the alarm is about a site. An alarm that stands has no end yet. */
export const ALARM_TABLE = `CREATE TABLE IF NOT EXISTS ledger.alarm
  (key VARCHAR NOT NULL, cell VARCHAR NOT NULL, site VARCHAR NOT NULL, raised_at DOUBLE NOT NULL, cleared_at DOUBLE NOT NULL, body VARCHAR NOT NULL)`;
const STANDS = Number.POSITIVE_INFINITY;

/** Inside a transaction. */
export async function putAlarms(writer: Connection, states: readonly AlarmState[]): Promise<void> {
  if (states.length === 0) return;
  const keys = states.map(({ key }) => key);
  await writer.run('DELETE FROM ledger.alarm WHERE key IN (SELECT unnest($1))', keys);
  await writer.run(
    'INSERT INTO ledger.alarm SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)',
    keys,
    states.map(({ subject }) => (subject.scope === 'cell' ? subject.id : '')),
    states.map(({ subject }) => subject.siteId),
    states.map(({ raisedAt }) => raisedAt),
    states.map(({ clearedAt }) => clearedAt ?? STANDS),
    states.map((state) => JSON.stringify(state)),
  );
  await forgetOld(writer);
}

/** Inside a transaction: alarms of a cell that has a new name, all at once. */
export async function renameAlarms(writer: Connection, names: ReadonlyMap<string, string>): Promise<void> {
  if (names.size === 0) return;
  await writer.run(
    `UPDATE ledger.alarm SET cell = renamed.name
     FROM (SELECT unnest($1) AS old, unnest($2) AS name) renamed WHERE cell = renamed.old`,
    [...names.keys()],
    [...names.values()],
  );
}

async function forgetOld(writer: Connection): Promise<void> {
  const [row] = await writer.rows('SELECT count(*) AS n FROM ledger.alarm WHERE isfinite(cleared_at)');
  if (Number(row!.n) <= MOST_CLEARED_ALARMS + SLACK) return;
  const keep = `SELECT cleared_at FROM ledger.alarm WHERE isfinite(cleared_at) ORDER BY cleared_at DESC LIMIT 1 OFFSET ${MOST_CLEARED_ALARMS}`;
  await writer.run(`DELETE FROM ledger.alarm WHERE isfinite(cleared_at) AND cleared_at <= (${keep})`);
}

export async function alarmsByKey(reader: Connection, keys: readonly string[]): Promise<AlarmState[]> {
  if (keys.length === 0) return [];
  return states(await reader.rows('SELECT cell, body FROM ledger.alarm WHERE key IN (SELECT unnest($1))', keys));
}

export async function standingAlarms(reader: Connection, { most, each, on }: StandingAsk): Promise<StandingAlarms> {
  const cell = on?.scope === 'cell' ? on.id : '';
  const site = on?.scope === 'site' ? on.id : '';
  const standing = `SELECT cell, CASE WHEN cell = '' THEN site ELSE '' END AS own, raised_at, key, body
    FROM ledger.alarm WHERE NOT isfinite(cleared_at) AND ($1 = '' OR cell = $1) AND ($2 = '' OR (cell = '' AND site = $2))`;
  const newest = `SELECT * FROM (${standing})
    QUALIFY row_number() OVER (PARTITION BY cell, own ORDER BY raised_at DESC, key) <= $3 ORDER BY raised_at DESC, key LIMIT $4`;
  const rows = await reader.rows(
    `SELECT cell, body FROM (${newest}) ORDER BY raised_at, key`,
    ...[cell, site, BigInt(each), BigInt(most)],
  );
  const alarms = states(rows);
  const counts = await reader.rows(`SELECT cell, own, count(*) AS n FROM (${standing}) GROUP BY ALL`, cell, site);
  return { alarms, elsewhere: beyond(alarms, counts) };
}

/** What is left of the counts once the alarms are taken off. */
function beyond(
  alarms: readonly AlarmState[],
  counts: readonly Record<string, unknown>[],
): StandingAlarms['elsewhere'] {
  const given = new Map<string, number>();
  for (const { subject } of alarms) {
    const name = `${subject.scope} ${subject.id}`;
    given.set(name, (given.get(name) ?? 0) + 1);
  }
  return counts.flatMap(({ cell, own, n }) => {
    const subject =
      cell === '' ? { scope: 'site' as const, id: String(own) } : { scope: 'cell' as const, id: String(cell) };
    const count = Number(n) - (given.get(`${subject.scope} ${subject.id}`) ?? 0);
    return count > 0 ? [{ subject, count }] : [];
  });
}

export async function alarmHistory(reader: Connection, query: AlarmQuery): Promise<AlarmState[]> {
  const { cell = '', siteId = '', from = -STANDS, to = STANDS, limit, isWhole = false } = query;
  // An alarm about another cell of the site is not this cell's.
  const sql = `SELECT cell, body FROM ledger.alarm
    WHERE ($6 = 1 OR ($1 <> '' AND cell = $1) OR ($2 <> '' AND site = $2 AND (cell = '' OR $1 = ''))) AND raised_at <= $4 AND cleared_at > $3
    ORDER BY raised_at DESC, key LIMIT $5`;
  return states(await reader.rows(sql, cell, siteId, from, to, BigInt(limit), Number(isWhole)));
}

/** The column has the cell's newest name. */
function states(rows: readonly Record<string, unknown>[]): AlarmState[] {
  return rows.map(({ cell, body }) => {
    const state = JSON.parse(String(body)) as AlarmState;
    return cell === '' ? state : { ...state, subject: { ...state.subject, id: String(cell) } };
  });
}
