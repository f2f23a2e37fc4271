// The doors of InfluxDB's own clients and of Telegraf: line protocol as 1.x and 2.x write it, and what they ask before they write.

import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { type LinePrecision, PRECISION_MS } from '../../model/line-protocol.ts';
import { askedOneOf, delivered, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Receipt } from '../contract.ts';
import type { Doors } from '../doors.ts';
import { type ApiError, badRequest, type ProblemForClients } from '../problem.ts';

/** Clients choose by it how they speak; of 1.8 they expect both doors. */
const VERSION = { 'X-Influxdb-Version': '1.8.10', 'X-Influxdb-Build': 'Cellstar' };
const PRECISIONS = Object.keys(PRECISION_MS) as LinePrecision[];
/** Codes of InfluxDB 2.x by status. */
const CODES: Record<number, string> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  413: 'request too large',
  429: 'too many requests',
  503: 'unavailable',
};

/** An error as clients of 1.x read it, and as those of 2.x do. */
const asVersion1: ProblemForClients = ({ detail }) => ({ error: detail });
const asVersion2: ProblemForClients = ({ status, detail }) => ({
  code: CODES[status] ?? (status < 500 ? 'invalid' : 'internal error'),
  message: detail,
});

export function lineRoutes(doors: Doors, auth: Auth, maxBodyBytes: number): Router {
  const router = Router();
  // Senders name any content type or none: what the body is stands fixed.
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  const senders = auth.allow('ingest', 'engineer');
  const take: RequestHandler = async (request, response) => {
    const precision = askedOneOf(request, 'precision', PRECISIONS);
    answer(request, response, await doors.takeLines(delivered(request, 'text/plain'), precision));
  };
  router.post('/write', speaking(asVersion1), tokenInQuery, senders, body, take);
  router.post('/api/v2/write', speaking(asVersion2), senders, body, take);
  router.get('/ping', (_request, response) => void response.set(VERSION).status(204).end());
  const form = express.urlencoded({ extended: false, limit: '16kb' });
  router.post('/query', speaking(asVersion1), tokenInQuery, senders, form, (request, response) => {
    response.set(VERSION).json(answerQuery(request));
  });
  return router;
}

function speaking(problem: ProblemForClients): RequestHandler {
  return (_request, response, next) => {
    response.locals.problemForClients = problem;
    next();
  };
}

/** InfluxDB 1.x also takes the password from the address, where ours stands for the token. */
const tokenInQuery: RequestHandler = (request, _response, next) => {
  const token = text(request, 'p');
  if (token !== undefined) request.headers.authorization ??= `Token ${token}`;
  next();
};

function answer(request: Request, response: Response, receipt: Receipt): void {
  const { accepted, rejected } = receipt;
  response.set(VERSION);
  if (accepted === 0 && rejected > 0) {
    const problem = (response.locals.problemForClients as ProblemForClients)(allRefused(receipt));
    response.status(400).json({ ...problem, ...receipt });
    return;
  }
  // RFC 7240: a client that can read it gets the receipt.
  if (/\breturn=representation\b/i.test(request.get('Prefer') ?? '')) {
    response.status(202).json(receipt);
    return;
  }
  if (rejected > 0) response.set('X-Cellstar-Rejected', String(rejected));
  response.status(204).end();
}

function allRefused({ rejected, rejections: [first] }: Receipt): ApiError {
  const where = first?.line === undefined ? '' : `line ${first.line}: `;
  return badRequest(`all ${rejected} refused, the first for this: ${where}${first?.detail ?? ''}`);
}

/** What a client must hear to go on: there is a database of any name. */
function answerQuery(request: Request): object {
  const inBody = (request.body as { q?: unknown } | undefined)?.q;
  const query = text(request, 'q') ?? (typeof inBody === 'string' ? inBody : '');
  if (/^\s*CREATE\s+DATABASE\b/i.test(query)) return { results: [{ statement_id: 0 }] };
  throw badRequest('only CREATE DATABASE is understood here: ask GET /api/cells/{id}/series for what was measured');
}
