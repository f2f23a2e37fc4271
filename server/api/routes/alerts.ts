// The doors for alerts: list, one, and what people do with them.

import express, { type Request, Router } from 'express';
import { ALERT_STATES, AUDIENCES } from '../../model/alert.ts';
import { FAULT_MODES } from '../../model/prediction.ts';
import { askedLang, askedOneOf, askedPage, jsonFields, pathId } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { AlertAct, AlertList } from '../contract.ts';
import type { ActName, Doors } from '../doors.ts';
import { badRequest, notFound } from '../problem.ts';

const ACTS: readonly ActName[] = ['acknowledge', 'assign', 'comment', 'clear'];
/** What a person can say was the cause. */
const FOUND = [...FAULT_MODES, 'nothing'] as const;
const LONGEST_TEXT = 2000;
const MUTED: Record<string, boolean | 'all'> = { true: true, false: false, all: 'all' };
const JSON_BODY = express.json({ limit: '64kb' });

export function alertRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');

  router.get('/api/alerts', readers, async (request, response) => {
    const state = askedOneOf(request, 'state', [...ALERT_STATES, 'all'] as const);
    const audience = askedOneOf(request, 'audience', AUDIENCES);
    const muted = MUTED[askedOneOf(request, 'muted', ['true', 'false', 'all'] as const) ?? ''];
    const sort = askedOneOf(request, 'sort', ['impact'] as const);
    const lang = askedLang(request);
    const { alerts, nextCursor } = await doors.alerts({ state, audience, muted, sort, ...askedPage(request) });
    const list: AlertList = { alerts: alerts.map((alert) => doors.tell(alert, lang)), nextCursor };
    response.json(list);
  });
  router.get('/api/alerts/:id', readers, async (request, response) => {
    const alert = await doors.alert(pathId(request));
    if (!alert) throw noSuchAlert(pathId(request));
    response.json(doors.tell(alert, askedLang(request)));
  });
  router.get('/api/alerts/:id/explanation', readers, async (request, response) => {
    const explanation = await doors.explanation(pathId(request), askedLang(request));
    if (!explanation) throw noSuchAlert(pathId(request));
    response.json(explanation);
  });
  for (const name of ACTS) {
    router.post(`/api/alerts/:id/${name}`, auth.allow('engineer', 'care'), JSON_BODY, async (request, response) => {
      const alert = await doors.act(pathId(request), name, actOf(request));
      if (!alert) throw noSuchAlert(pathId(request));
      response.json(doors.tell(alert, askedLang(request)));
    });
  }
  return router;
}

const noSuchAlert = (id: string) => notFound(`no alert "${id}" is known; GET /api/alerts?state=all lists them`);

/** What the body says; an act may come without one. */
function actOf(request: Request): AlertAct {
  const body = jsonFields(request, ['by', 'comment', 'assignee', 'found']);
  return {
    by: shortText(body, 'by'),
    comment: shortText(body, 'comment'),
    assignee: shortText(body, 'assignee'),
    found: foundIn(body),
  };
}

function foundIn(body: object): AlertAct['found'] {
  const { found } = body as { found?: unknown };
  if (found === undefined || found === null) return undefined;
  const known = FOUND.find((one) => one === found);
  if (known === undefined) throw badRequest(`found is "${String(found)}": give one of ${FOUND.join(', ')}`);
  return known;
}

function shortText(body: object, field: string): string | undefined {
  const value: unknown = (body as Record<string, unknown>)[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value.trim() || undefined;
  throw badRequest(`${field} must be text of at most ${LONGEST_TEXT} characters`);
}
