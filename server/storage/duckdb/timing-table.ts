// The table of measurement reports by cell, local day, distance and level: small counts, added up when they are asked for.

import { type Bin, TIMING_FORMS, type TimingBin, type TimingCount } from '../../model/timing-advance.ts';
import type { Connection } from './database.ts';
import type { Dictionary } from './dictionary.ts';

/** Distance in Ts, level in dBm: NULL is open; both sides NULL is not told apart. */
export const TIMING_TABLE = `CREATE TABLE IF NOT EXISTS samples.timing
  (day_end BIGINT NOT NULL, cell INTEGER NOT NULL, form UTINYINT NOT NULL,
   near_ts INTEGER, far_ts INTEGER, low_dbm SMALLINT, high_dbm SMALLINT, samples BIGINT NOT NULL)`;

const DAY_MS = 86_400_000;
/** In place of NULL on the way in: lists of numbers cannot hold it. */
const OPEN = -32_768;

/** Inside a transaction of the one that writes. */
export async function appendTiming(connection: Connection, cells: Dictionary, counts: readonly TimingCount[]) {
  if (counts.length === 0) return;
  const names = [...new Set(counts.map(({ cell }) => cell))];
  const numbers = await cells.number(connection, names);
  const column = (of: (count: TimingCount) => number | null | undefined) => counts.map((count) => of(count) ?? OPEN);
  await connection.run(
    `INSERT INTO samples.timing
     SELECT day_end, cell, form, nullif(near, ${OPEN}), nullif(far, ${OPEN}), nullif(low, ${OPEN}), nullif(high, ${OPEN}), samples
     FROM (SELECT unnest($1)::BIGINT AS day_end, unnest($2)::INTEGER AS cell, unnest($3)::UTINYINT AS form,
       unnest($4)::INTEGER AS near, unnest($5)::INTEGER AS far, unnest($6)::SMALLINT AS low, unnest($7)::SMALLINT AS high,
       unnest($8)::BIGINT AS samples)`,
    column(({ dayEnd }) => dayEnd),
    column(({ cell }) => numbers.get(cell)),
    column(({ form }) => TIMING_FORMS.indexOf(form)),
    column(({ ts }) => ts?.[0]),
    column(({ ts }) => ts?.[1]),
    column(({ dbm }) => dbm?.[0]),
    column(({ dbm }) => dbm?.[1]),
    column(({ samples }) => samples),
  );
}

export async function askTiming(
  connection: Connection,
  cells: Dictionary,
  names: readonly string[],
  { from, to }: { from: number; to: number },
): Promise<[cell: string, bins: TimingBin[]][]> {
  const numbers = await cells.find(connection, names);
  if (numbers.size === 0) return [];
  const rows = await connection.rows(
    `SELECT cell, form, near_ts, far_ts, low_dbm, high_dbm, sum(samples)::BIGINT AS samples FROM samples.timing
     WHERE cell IN (${[...numbers.values()].join(', ')}) AND day_end > $1 AND day_end - ${DAY_MS} < $2
     GROUP BY ALL ORDER BY cell, form, near_ts, low_dbm NULLS FIRST, far_ts, high_dbm`,
    whole(from),
    whole(to),
  );
  return [...numbers].flatMap(([name, number]) => {
    const own = rows.filter((row) => Number(row.cell) === number);
    return own.length > 0 ? [[name, own.map(binOf)] as [string, TimingBin[]]] : [];
  });
}

export async function newestTiming(connection: Connection, cells: Dictionary, cell: string) {
  const number = (await cells.find(connection, [cell])).get(cell);
  if (number === undefined) return undefined;
  const [row] = await connection.rows(`SELECT max(day_end) AS newest FROM samples.timing WHERE cell = ${number}`);
  return row?.newest === null || row?.newest === undefined ? undefined : Number(row.newest);
}

function binOf(row: Record<string, unknown>): TimingBin {
  const ts = sides(row.near_ts, row.far_ts);
  const dbm = sides(row.low_dbm, row.high_dbm);
  const form = TIMING_FORMS[Number(row.form)]!;
  return { form, ...(ts && { ts }), ...(dbm && { dbm }), samples: Number(row.samples) };
}

function sides(from: unknown, to: unknown): Bin | undefined {
  const side = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return side(from) === null && side(to) === null ? undefined : [side(from), side(to)];
}

/** Any moment outside these is as good as the end of time; keeps infinities out of BIGINT. */
const FARTHEST_MS = 8.64e15;
const whole = (at: number) => BigInt(Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at))));
