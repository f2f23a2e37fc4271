// The doors for mutes: those that stand, one more, and the end of one.

import express, { Router } from 'express';
import { MUTE_STATES } from '../../model/mute.ts';
import { askedOneOf, askedPage, jsonBody, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';
import { readMuteAsk } from '../mute-ask.ts';
import { badRequest, notFound } from '../problem.ts';

const LONGEST_NAME = 200;
/** Room for as many cells as a mute may name. */
const JSON_BODY = express.json({ limit: '2mb' });

export function muteRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();

  router.get('/api/mutes', auth.allow('viewer', 'engineer', 'planner', 'care'), (request, response) => {
    const state = askedOneOf(request, 'state', [...MUTE_STATES, 'standing', 'all'] as const) ?? 'standing';
    response.json(doors.mutes({ state, ...askedPage(request) }));
  });
  router.post('/api/mutes', auth.allow('engineer'), JSON_BODY, async (request, response) => {
    const made = await doors.mute(readMuteAsk(jsonBody(request)), auth.callerOf(request));
    response.status(201).location(`/api/mutes/${made.id}`).json(made);
  });
  router.delete('/api/mutes/:id', auth.allow('engineer'), async (request, response) => {
    const atOnce = askedOneOf(request, 'atOnce', ['true', 'false'] as const) === 'true';
    const by = text(request, 'by');
    if ((by?.length ?? 0) > LONGEST_NAME) throw badRequest(`by must be text of at most ${LONGEST_NAME} characters`);
    const ended = await doors.endMute(pathId(request), { by, role: auth.callerOf(request), atOnce });
    if (!ended) throw notFound(`no mute "${pathId(request)}" is known; GET /api/mutes?state=all lists them`);
    response.json(ended);
  });
  return router;
}
