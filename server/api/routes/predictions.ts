// The doors for predictions: what is expected, what came of it, what somebody found, and the visits of a day.

import express, { type Request, Router } from 'express';
import { FAULT_MODES } from '../../model/prediction.ts';
import { OUTCOMES } from '../../model/prediction-record.ts';
import { askedLang, askedOneOf, askedPage, jsonFields, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { RollbackAsk, VisitAct } from '../contract.ts';
import type { DispatchAsk, Doors } from '../doors.ts';
import { badRequest, notFound } from '../problem.ts';

const DEFAULT_LIMIT = 100;
const DEFAULT_VISITS = 10;
const MOST_VISITS = 200;
const LONGEST_TEXT = 2000;
const JSON_BODY = express.json({ limit: '64kb' });

export function predictionRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');

  router.get('/api/predictions', readers, async (request, response) => {
    const state = askedOneOf(request, 'state', ['open', 'settled', 'all'] as const) ?? 'all';
    const mode = askedOneOf(request, 'mode', FAULT_MODES);
    const outcome = askedOneOf(request, 'outcome', OUTCOMES);
    const page = askedPage(request, DEFAULT_LIMIT);
    response.json(await doors.predictions({ state, mode, outcome, ...page }, askedLang(request)));
  });
  router.get('/api/predictions/record', readers, (request, response) => {
    response.json(doors.predictionRecord(askedLang(request)));
  });
  router.post(
    '/api/predictions/:id/outcome',
    auth.allow('engineer', 'planner'),
    JSON_BODY,
    async (request, response) => {
      const told = await doors.tellOutcome(pathId(request), visitOf(request), askedLang(request));
      if (!told) throw notFound(`no prediction "${pathId(request)}" is known; GET /api/predictions lists them`);
      response.json(told);
    },
  );
  router.get('/api/models', readers, (request, response) => {
    response.json(doors.models(askedLang(request)));
  });
  router.post('/api/models/train', auth.allow('engineer'), JSON_BODY, (request, response) => {
    jsonFields(request, []);
    response.status(202).json(doors.trainModels(askedLang(request)));
  });
  router.post('/api/models/rollback', auth.allow('engineer'), JSON_BODY, async (request, response) => {
    response.json(await doors.rollBackModels(rollbackOf(request), askedLang(request)));
  });
  router.get('/api/dispatch', readers, (request, response) => {
    response.json(doors.dispatch(dispatchAsk(request), askedLang(request)));
  });
  router.get('/api/dispatch.csv', readers, (request, response) => {
    const csv = doors.dispatchCsv(dispatchAsk(request), askedLang(request));
    response.type('text/csv; charset=utf-8').attachment('dispatch.csv').send(csv);
  });
  router.get('/api/dispatch.html', readers, (request, response) => {
    response.type('text/html; charset=utf-8').send(doors.dispatchHtml(dispatchAsk(request), askedLang(request)));
  });
  return router;
}

function dispatchAsk(request: Request): DispatchAsk {
  const limit = text(request, 'limit');
  const number = limit === undefined ? DEFAULT_VISITS : Number(limit);
  if (!Number.isInteger(number) || number < 1 || number > MOST_VISITS)
    throw badRequest(`limit is "${limit}": give a whole number from 1 to ${MOST_VISITS}`);
  return { day: text(request, 'day'), limit: number };
}

function rollbackOf(request: Request): RollbackAsk {
  const { mode, version } = jsonFields(request, ['mode', 'version']);
  const known = FAULT_MODES.find((one) => one === mode);
  if (mode !== undefined && mode !== null && known === undefined)
    throw badRequest(`mode is "${String(mode)}": give one of ${FAULT_MODES.join(', ')}`);
  if (version === undefined || version === null) return { mode: known };
  if (known === undefined) throw badRequest('version is of one mode: say which');
  if (!Number.isInteger(version) || Number(version) < 1)
    throw badRequest(`version is "${String(version)}": give a whole number from 1`);
  return { mode: known, version: Number(version) };
}

function visitOf(request: Request): VisitAct {
  const { found, by, comment } = jsonFields(request, ['found', 'by', 'comment']);
  if (typeof found !== 'boolean') throw badRequest('found must be true (the cause was there) or false (nothing was)');
  return { found, by: shortText(by, 'by'), comment: shortText(comment, 'comment') };
}

function shortText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value.trim() || undefined;
  throw badRequest(`${field} must be text of at most ${LONGEST_TEXT} characters`);
}
