// The door for backtests: would it have fired? With lines of progress for whoever asks for them.

import express, { type Request, type Response, Router } from 'express';
import { askedLang, jsonFields } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { BacktestAsk, BacktestMessage } from '../contract.ts';
import type { Doors, OpenedBacktest } from '../doors.ts';
import { ApiError, badRequest } from '../problem.ts';

const JSON_BODY = express.json({ limit: '256kb' });
const NDJSON = 'application/x-ndjson';
const FIELDS = ['from', 'to', 'cells', 'site', 'rule', 'set'] as const;
/** Eyes follow no faster. */
const PROGRESS_EVERY_MS = 100;

export function backtestRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  router.post('/api/backtest', auth.allow('engineer'), JSON_BODY, async (request, response) => {
    const wantsLines = request.accepts('application/json', NDJSON) === NDJSON;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const backtest = await doors.openBacktest(askOf(request), askedLang(request));
    if (wantsLines) await tellInLines(backtest, response, gone.signal);
    else await tellAtOnce(backtest, response, gone.signal);
  });
  return router;
}

async function tellAtOnce(backtest: OpenedBacktest, response: Response, gone: AbortSignal): Promise<void> {
  try {
    response.json(await backtest.run(() => undefined, gone));
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

/** The status has gone out before it is known how it ends: a problem is the last line. */
async function tellInLines(backtest: OpenedBacktest, response: Response, gone: AbortSignal): Promise<void> {
  const tell = (message: BacktestMessage) => response.write(`${JSON.stringify(message)}\n`);
  let toldAt = 0;
  response.status(200).type(NDJSON).flushHeaders();
  try {
    const answer = await backtest.run((done, of) => {
      if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = performance.now();
      tell({ type: 'progress', done, of });
    }, gone);
    tell({ type: 'answer', answer });
  } catch (error) {
    if (gone.aborted) return;
    const { status, title, detail } = error instanceof ApiError ? error : FAILED;
    tell({ type: 'problem', problem: { type: 'about:blank', status, title, detail } });
  }
  response.end();
}

const FAILED = { status: 500, title: 'Something failed here', detail: 'the backtest could not be finished: try again' };

/** The shape alone; what it means is for the house to judge. */
function askOf(request: Request): BacktestAsk {
  const body = jsonFields(request, FIELDS);
  return {
    from: wantedText(body, 'from'),
    to: wantedText(body, 'to'),
    cells: cellsOf(body.cells),
    site: textOf(body, 'site'),
    rule: textOf(body, 'rule'),
    set: settingsOf(body.set),
  };
}

function wantedText(body: Record<string, unknown>, field: string): string {
  const text = textOf(body, field);
  if (text === undefined) throw badRequest(`${field} is missing: give a time in ISO 8601, or now-7d`);
  return text;
}

function textOf(body: Record<string, unknown>, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw badRequest(`${field} must be text that is not empty`);
}

function cellsOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const isList = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
  if (!isList) throw badRequest('cells must be a list of ids, at least one');
  return value as string[];
}

function settingsOf(value: unknown): Record<string, number> | undefined {
  if (value === undefined || value === null) return undefined;
  const isObject = typeof value === 'object' && !Array.isArray(value);
  const wrong = isObject ? Object.entries(value).find(([, one]) => typeof one !== 'number') : undefined;
  if (!isObject || wrong) throw badRequest(`set must be an object of numbers${wrong ? `: ${wrong[0]} is none` : ''}`);
  return value as Record<string, number>;
}
