// The table of predictions: one row for each, as it was said and as it was settled.

import type { PredictionPage, PredictionQuery, RecordedPrediction } from '../../model/prediction-record.ts';
import type { Connection, Row } from './database.ts';

/** Settled predictions; older ones are forgotten. */
export const MOST_SETTLED_PREDICTIONS = 200_000;
/** Rows beyond it before they are forgotten at once. */
const SLACK = 1000;

/** What is open has no time of settling yet, and '' for its outcome. */
export const PREDICTION_TABLE = `CREATE TABLE IF NOT EXISTS ledger.prediction
  (id VARCHAR NOT NULL, alert VARCHAR NOT NULL, mode VARCHAR NOT NULL, outcome VARCHAR NOT NULL, said_at DOUBLE NOT NULL, settled_at DOUBLE NOT NULL, body VARCHAR NOT NULL)`;
const OPEN = Number.POSITIVE_INFINITY;

/** Inside a transaction. */
export async function putPredictions(writer: Connection, entries: readonly RecordedPrediction[]): Promise<void> {
  if (entries.length === 0) return;
  const ids = entries.map(({ id }) => id);
  await writer.run('DELETE FROM ledger.prediction WHERE id IN (SELECT unnest($1))', ids);
  await writer.run(
    'INSERT INTO ledger.prediction SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)',
    ids,
    entries.map(({ alert }) => alert ?? ''),
    entries.map(({ mode }) => mode),
    entries.map(({ outcome }) => outcome ?? ''),
    entries.map(({ saidAt }) => saidAt),
    entries.map(({ settledAt }) => settledAt ?? OPEN),
    entries.map((entry) => JSON.stringify(entry)),
  );
  await forgetOld(writer);
}

async function forgetOld(writer: Connection): Promise<void> {
  const [row] = await writer.rows('SELECT count(*) AS n FROM ledger.prediction WHERE isfinite(settled_at)');
  if (Number(row!.n) <= MOST_SETTLED_PREDICTIONS + SLACK) return;
  const keep = `SELECT settled_at FROM ledger.prediction WHERE isfinite(settled_at) ORDER BY settled_at DESC LIMIT 1 OFFSET ${MOST_SETTLED_PREDICTIONS}`;
  await writer.run(`DELETE FROM ledger.prediction WHERE isfinite(settled_at) AND settled_at <= (${keep})`);
}

export async function knownPredictions(
  reader: Connection,
  limit: number,
): Promise<{ open: RecordedPrediction[]; settled: RecordedPrediction[] }> {
  const open = await reader.rows('SELECT body FROM ledger.prediction WHERE NOT isfinite(settled_at)');
  const settled = await reader.rows(
    'SELECT body FROM ledger.prediction WHERE isfinite(settled_at) ORDER BY settled_at DESC, id DESC LIMIT $1',
    BigInt(limit),
  );
  return { open: open.map(bodyOf), settled: settled.map(bodyOf) };
}

/** By its own id, or the newest that its alert told. */
export async function prediction(reader: Connection, id: string): Promise<RecordedPrediction | undefined> {
  const sql =
    'SELECT body FROM ledger.prediction WHERE id = $1 OR alert = $1 ORDER BY id = $1 DESC, said_at DESC LIMIT 1';
  return (await reader.rows(sql, id)).map(bodyOf)[0];
}

/** Newest said first; undefined when the cursor is none of ours. */
export async function predictionPage(reader: Connection, query: PredictionQuery): Promise<PredictionPage | undefined> {
  const { state, mode = '', outcome = '', limit, cursor } = query;
  const after = cursor === undefined ? { at: OPEN, id: '' } : readCursor(cursor);
  if (!after) return undefined;
  const sql = `SELECT body FROM ledger.prediction
    WHERE ($1 = 'all' OR isfinite(settled_at) = ($1 = 'settled')) AND ($2 = '' OR mode = $2) AND ($3 = '' OR outcome = $3)
      AND (said_at < $4 OR (said_at = $4 AND id > $5))
    ORDER BY said_at DESC, id LIMIT $6`;
  const rows = await reader.rows(sql, state, mode, outcome, after.at, after.id, BigInt(limit + 1));
  const predictions = rows.slice(0, limit).map(bodyOf);
  const last = predictions.at(-1);
  return rows.length > limit && last ? { predictions, nextCursor: `${last.saidAt}.${last.id}` } : { predictions };
}

function readCursor(cursor: string): { at: number; id: string } | undefined {
  const [, at, id = ''] = /^(-?\d{1,16})\.(.+)$/.exec(cursor) ?? [];
  return at === undefined ? undefined : { at: Number(at), id };
}

const bodyOf = ({ body }: Row) => JSON.parse(String(body)) as RecordedPrediction;
