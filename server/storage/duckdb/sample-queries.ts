// Asks for radio samples: which slices there are, grouped by hexagon and cell, or one by one.

import { RADIOS } from '../../model/cell.ts';
import type { CoverageSlice } from '../../model/coverage.ts';
import { NOT_NAMED, SAMPLE_KINDS } from '../../model/sample.ts';
import type { HexagonCells, PlainSamples, SliceQuery } from '../sample-store.ts';
import type { Connection, Parameter, Row } from './database.ts';
import type { SampleTables } from './sample-tables.ts';

/** H3 index: the resolution stands in bits 52–55, then fifteen digits of three bits; unused ones are 7 (h3geo.org, "H3 Index"). */
const RESOLUTION_BITS = 0xfn << 52n;
const FINEST = 15;

/** SQL for the ancestor of a hexagon at a resolution; one that is as coarse or coarser stays as it is. */
export function parentSql(hex: string, resolution: number): string {
  const others = `(18446744073709551615::UBIGINT - ${RESOLUTION_BITS}::UBIGINT)`;
  const unused = (1n << (3n * BigInt(FINEST - resolution))) - 1n;
  const mine = (BigInt(resolution) << 52n) | unused;
  return `CASE WHEN ((${hex} >> 52) & 15) > ${resolution} THEN (${hex} & ${others}) | ${mine}::UBIGINT ELSE ${hex} END`;
}

/** Any moment outside these is as good as the end of time; keeps infinities out of BIGINT. */
const FARTHEST_MS = 8.64e15;

/** A condition with its parameters, which stand as $1, $2, … */
interface Condition {
  sql: string;
  parameters: Parameter[];
}

/** Undefined when a name is asked for that no sample has. */
async function conditionOf(connection: Connection, tables: SampleTables, query: SliceQuery) {
  const names = query.operators ?? [query.operator];
  const found = await tables.operators.find(
    connection,
    names.filter((name) => name !== null),
  );
  const operators = names.flatMap((name) => (name === null ? [-1] : (found.get(name) ?? [])));
  const bands = query.band === undefined ? undefined : await tables.bands.find(connection, [query.band]);
  const band = query.band === undefined ? undefined : bands?.get(query.band);
  if (operators.length === 0 || (query.band !== undefined && band === undefined)) return undefined;
  const whole = (at: number) => BigInt(Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at))));
  const parts = [
    'at_ms > $1 AND at_ms <= $2',
    `operator IN (${operators.join(', ')})`,
    `radio = ${query.radio === null ? NOT_NAMED : RADIOS.indexOf(query.radio)}`,
    `kind = ${query.kind === null ? NOT_NAMED : SAMPLE_KINDS.indexOf(query.kind)}`,
    ...(band === undefined ? [] : [`band = ${band}`]),
    ...(query.indoor === undefined ? [] : [`indoor = ${query.indoor ? 1 : 0}`]),
  ];
  return { sql: parts.join(' AND '), parameters: [whole(query.from), whole(query.to)] } satisfies Condition;
}

/** Narrows a condition to hexagons of any resolution. */
function within({ sql, parameters }: Condition, hexagons: readonly string[] | undefined): Condition {
  if (!hexagons) return { sql, parameters };
  const byResolution = new Map<number, string[]>();
  for (const id of hexagons) {
    const resolution = Number((BigInt(`0x${id}`) >> 52n) & 15n);
    byResolution.set(resolution, [...(byResolution.get(resolution) ?? []), String(BigInt(`0x${id}`))]);
  }
  const all = [...parameters];
  const places = [...byResolution].map(([resolution, ids]) => {
    all.push(ids);
    return `${parentSql('hex', resolution)} IN (SELECT unnest($${all.length})::UBIGINT)`;
  });
  return { sql: `${sql} AND (${places.join(' OR ') || 'false'})`, parameters: all };
}

export async function askSlices(connection: Connection, tables: SampleTables): Promise<CoverageSlice[]> {
  const rows = await connection.rows(
    `SELECT operator, radio, kind, band, count(*) AS samples, count(*) FILTER (WHERE isnan(rsrp)) AS unmeasured,
       min(at_ms) AS oldest, max(at_ms) AS newest
     FROM samples.sample GROUP BY operator, radio, kind, band
     ORDER BY operator, radio, kind, samples DESC, band`,
  );
  const operators = await namesOf(connection, tables.operators, rows, 'operator');
  const bands = await namesOf(connection, tables.bands, rows, 'band');
  const slices = new Map<string, CoverageSlice>();
  for (const row of rows) {
    const key = `${row.operator} ${row.radio} ${row.kind}`;
    const band = bands.get(Number(row.band));
    const one = sliceOf(row, operators.get(Number(row.operator)) ?? null, band === undefined ? [] : [band]);
    slices.set(key, joined(slices.get(key), one));
  }
  return [...slices.values()].sort((a, b) => b.samples - a.samples);
}

function sliceOf(row: Row, operator: string | null, bands: string[]): CoverageSlice {
  return {
    operator,
    ours: false,
    radio: RADIOS[Number(row.radio)] ?? null,
    kind: SAMPLE_KINDS[Number(row.kind)] ?? null,
    bands,
    samples: Number(row.samples),
    unmeasured: Number(row.unmeasured),
    from: Number(row.oldest),
    to: Number(row.newest),
  };
}

function joined(known: CoverageSlice | undefined, more: CoverageSlice): CoverageSlice {
  if (!known) return more;
  return {
    ...known,
    bands: [...known.bands, ...more.bands],
    samples: known.samples + more.samples,
    unmeasured: known.unmeasured + more.unmeasured,
    from: Math.min(known.from, more.from),
    to: Math.max(known.to, more.to),
  };
}

export async function askHexagons(
  connection: Connection,
  tables: SampleTables,
  query: SliceQuery,
  ask: { resolution: number; weakDbm: number; within?: readonly string[]; by?: 'cell' | 'hexagon' },
): Promise<HexagonCells> {
  const slice = await conditionOf(connection, tables, query);
  const where = slice && within(slice, ask.within);
  const middle = (column: string) => `coalesce(median(${column}) FILTER (WHERE NOT isnan(${column})), 'nan')::FLOAT`;
  const sql = `
    SELECT ${parentSql('hex', ask.resolution)} AS place, ${ask.by === 'hexagon' ? '-1' : 'cell'} AS server,
      count(*) FILTER (WHERE NOT isnan(rsrp)) AS samples, count(*) FILTER (WHERE isnan(rsrp)) AS unmeasured,
      count(*) FILTER (WHERE rsrp <= ${Number(ask.weakDbm)}) AS weak,
      ${middle('rsrp')} AS rsrp, ${middle('sinr')} AS sinr, ${middle('dl')} AS dl, max(at_ms) AS newest
    FROM samples.sample WHERE ${where?.sql ?? 'false'} GROUP BY place, server ORDER BY place, server`;
  const column = await columnsOf(connection, sql, where?.parameters ?? []);
  return {
    hex: BigUint64Array.from(column('place') as bigint[]),
    ...(await namedCells(connection, tables, column('server'))),
    samples: Uint32Array.from(column('samples'), Number),
    unmeasured: Uint32Array.from(column('unmeasured'), Number),
    weak: Uint32Array.from(column('weak'), Number),
    medianRsrpDbm: Float32Array.from(column('rsrp'), Number),
    medianSinrDb: Float32Array.from(column('sinr'), Number),
    medianDlMbps: Float32Array.from(column('dl'), Number),
    newest: Float64Array.from(column('newest'), Number),
  };
}

export async function askSamples(
  connection: Connection,
  tables: SampleTables,
  query: SliceQuery,
  ask: { within: readonly string[] | undefined; most: number },
): Promise<PlainSamples> {
  const slice = await conditionOf(connection, tables, query);
  const where = slice && within(slice, ask.within);
  // The order is whole, so that samples of one moment come in the same order whichever came first.
  const sql = `
    SELECT at_ms, hex, cell, rsrp, sinr, dl FROM samples.sample
    WHERE NOT isnan(rsrp) AND ${where?.sql ?? 'false'}
    ORDER BY at_ms DESC, hex DESC, cell DESC, rsrp DESC, sinr DESC, dl DESC LIMIT ${Math.floor(ask.most)}`;
  const column = await columnsOf(connection, sql, where?.parameters ?? []);
  return {
    at: Float64Array.from(column('at_ms'), Number).reverse(),
    hex: BigUint64Array.from(column('hex') as bigint[]).reverse(),
    ...(await namedCells(connection, tables, column('cell').reverse())),
    rsrpDbm: Float32Array.from(column('rsrp'), Number).reverse(),
    sinrDb: Float32Array.from(column('sinr'), Number).reverse(),
    dlMbps: Float32Array.from(column('dl'), Number).reverse(),
  };
}

async function columnsOf(connection: Connection, sql: string, parameters: readonly Parameter[]) {
  const columns = await connection.columns(sql, ...parameters);
  return (name: string): unknown[] => columns[name] ?? [];
}

/** Cells as indexes into a list of their names. */
async function namedCells(
  connection: Connection,
  tables: SampleTables,
  numbers: readonly unknown[],
): Promise<Pick<HexagonCells, 'cell' | 'cells'>> {
  const wanted = [...new Set(numbers.map(Number))].filter((number) => number >= 0);
  const names = await tables.cells.names(connection, wanted);
  const index = new Map(wanted.map((number, place) => [number, place]));
  return {
    cell: Int32Array.from(numbers, (number) => index.get(Number(number)) ?? -1),
    cells: wanted.map((number) => names.get(number)!),
  };
}

async function namesOf(
  connection: Connection,
  dictionary: SampleTables['operators'],
  rows: readonly Row[],
  column: string,
): Promise<Map<number, string>> {
  const numbers = new Set(rows.map((row) => Number(row[column])).filter((number) => number >= 0));
  return dictionary.names(connection, [...numbers]);
}
