// Pools the raw readings of one local day into its hours and into the day, anew from the first row: doing it twice changes nothing.

import type { LocalDay } from '../../maths/local-days.ts';
import { HOUR_MS } from '../../maths/local-time.ts';
import { poolingOf } from '../../model/pooling.ts';
import type { Connection, Parameter } from './database.ts';
import { ROLLED } from './rollup-tables.ts';

/** Cells that are pooled at a time: some 100,000 hours, whose sums take about 100 MB with 25 KPIs. */
const CELLS_AT_A_TIME = 4096;
const SUSPECT = '(flags & 1) = 1';

/** KPI id → raw column. */
type Columns = ReadonlyMap<string, string>;

/**
 * Inside a transaction. Cells: those with a row of this day from ordinal `since` on. `isFrozen`: raw values of this day were
 * let go, so that what is there now is not all there was: only cells without any pooled value of it are pooled.
 * Answers how many cells were pooled, and how many were left as they are.
 */
export async function rollDay(
  connection: Connection,
  columns: Columns,
  day: LocalDay,
  since: number,
  isFrozen: boolean,
) {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT cell FROM (${raw('cell, ordinal')}) WHERE ordinal >= $3`,
    ...spanOf(day),
    BigInt(since),
  );
  const touched = await countOf(connection, 'FROM touched');
  if (isFrozen) {
    await connection.run(
      'DELETE FROM touched WHERE cell IN (SELECT cell FROM readings.daily WHERE end_ms = $1)',
      BigInt(day.to),
    );
  }
  const cells = isFrozen ? await countOf(connection, 'FROM touched') : touched;
  if (cells > 0) await poolTouched(connection, columns, day);
  return { cells, left: touched - cells };
}

async function poolTouched(connection: Connection, columns: Columns, day: LocalDay): Promise<void> {
  const span = spanOf(day);
  for (const level of ROLLED) await dropPooled(connection, level, span);
  const source = (await hasSharedEnds(connection, span)) ? mergedRows(columns) : plainRows(columns);
  const [bounds] = await connection.rows('SELECT min(cell) AS first, max(cell) AS last FROM touched');
  for (let cell = Number(bounds!.first); cell <= Number(bounds!.last); cell += CELLS_AT_A_TIME) {
    const some = [...span, BigInt(cell), BigInt(cell + CELLS_AT_A_TIME)] as const;
    await connection.run(hoursFrom(source, columns), ...some);
    await connection.run(dayFromHours(columns), ...some);
  }
}

/** Looking first keeps the usual case, a day that nothing was pooled of, free of a join. */
async function dropPooled(connection: Connection, level: string, span: Span): Promise<void> {
  const pooled = `FROM readings.${level} WHERE end_ms > $1 AND end_ms <= $2`;
  const [any] = await connection.rows(`SELECT 1 ${pooled} LIMIT 1`, ...span);
  if (any) await connection.run(`DELETE ${pooled} AND cell IN (FROM touched)`, ...span);
}

/** Whether a cell has two rows with one end: parts of a period, or periods of different length. */
async function hasSharedEnds(connection: Connection, span: Span): Promise<boolean> {
  const shared = await connection.rows(
    `SELECT 1 FROM (${raw('cell, at_ms')}) WHERE cell IN (FROM touched)
     GROUP BY cell, at_ms HAVING count(*) > 1 LIMIT 1`,
    ...span,
  );
  return shared.length > 0;
}

type Span = [bigint, bigint];
const spanOf = ({ from, to }: LocalDay): Span => [BigInt(from), BigInt(to)];

/** $1 and $2: `from < at <= to`. */
function raw(columns: string, where = ''): string {
  return ['settled', 'recent']
    .map((stage) => `SELECT ${columns} FROM readings.${stage} WHERE at_ms > $1 AND at_ms <= $2 ${where}`)
    .join(' UNION ALL ');
}

/** $3 and $4: cell numbers. */
const OF_SOME_CELLS = 'AND cell >= $3 AND cell < $4 AND cell IN (FROM touched)';

function plainRows(columns: Columns): string {
  return raw(['cell, at_ms', ...columns.values()].join(', '), `AND NOT ${SUSPECT} ${OF_SOME_CELLS}`);
}

/**
 * Parts of a period merge, the newest value that is not null winning; of periods that end together the shortest counts. Suspect
 * values travel as NaN so far: a longer period must not stand in for them.
 */
function mergedRows(columns: Columns): string {
  const all = [...columns.values()];
  const newest = all.map(
    (k) => `arg_max(${k}, ordinal) * CASE WHEN bit_or(flags) & 1 = 1 THEN 'NaN'::DOUBLE ELSE 1 END AS ${k}`,
  );
  const shortest = all.map((k) => `nullif(arg_min(${k}, period_seconds), 'NaN'::DOUBLE) AS ${k}`);
  return `SELECT ${['cell, at_ms', ...shortest].join(', ')} FROM (
    SELECT ${['cell, at_ms, period_seconds', ...newest].join(', ')}
    FROM (${raw(['cell, at_ms, period_seconds, ordinal, flags', ...all].join(', '), OF_SOME_CELLS)})
    GROUP BY cell, at_ms, period_seconds
  ) GROUP BY cell, at_ms`;
}

function hoursFrom(source: string, columns: Columns): string {
  const end = `least($2, $1 + ((at_ms - $1 + ${HOUR_MS - 1}) // ${HOUR_MS}) * ${HOUR_MS})`;
  const values = [...columns].map(([kpi, column]) => poolRaw(kpi, column, columns));
  return `INSERT INTO readings.hourly BY NAME
    SELECT ${['cell', `${end} AS end_ms`, ...values].join(', ')} FROM (${source}) GROUP BY cell, end_ms ORDER BY cell, end_ms`;
}

function dayFromHours(columns: Columns): string {
  const values = [...columns].map(([kpi, column]) => poolHours(kpi, column.slice(1)));
  return `INSERT INTO readings.daily BY NAME
    SELECT ${['cell', '$2 AS end_ms', ...values].join(', ')} FROM readings.hourly
    WHERE end_ms > $1 AND end_ms <= $2 ${OF_SOME_CELLS} GROUP BY cell ORDER BY cell`;
}

function poolRaw(kpi: string, k: string, columns: Columns): string {
  const { aggregation, weight, decimals } = poolingOf(kpi);
  const weightColumn = weight && columns.get(weight);
  const n = k.slice(1);
  const range = `min(${k}) AS l${n}, max(${k}) AS h${n}`;
  if (weightColumn) {
    const w = `coalesce(${weightColumn}, 1)`;
    const sum = `sum(CASE WHEN ${k} IS NOT NULL THEN ${w} END)`;
    return `round(sum(${k} * ${w}) / nullif(${sum}, 0), ${decimals}) AS v${n}, ${sum} AS w${n}, ${range}`;
  }
  const pooled = SQL_OF[aggregation] ?? 'avg';
  return `round(${pooled}(${k}), ${decimals}) AS v${n}, nullif(count(${k}), 0) AS w${n}, ${range}`;
}

function poolHours(kpi: string, n: string): string {
  const { aggregation, decimals } = poolingOf(kpi);
  const pooled = SQL_OF[aggregation];
  const value = pooled ? `${pooled}(v${n})` : `sum(v${n} * w${n}) / nullif(sum(w${n}), 0)`;
  return `round(${value}, ${decimals}) AS v${n}, sum(w${n}) AS w${n}, min(l${n}) AS l${n}, max(h${n}) AS h${n}`;
}

/** Those that do not weigh. */
const SQL_OF: Readonly<Record<string, string>> = { sum: 'sum', max: 'max', min: 'min' };

async function countOf(connection: Connection, from: string, ...parameters: Parameter[]): Promise<number> {
  const [row] = await connection.rows(`SELECT count(*) AS count ${from}`, ...parameters);
  return Number(row!.count);
}
