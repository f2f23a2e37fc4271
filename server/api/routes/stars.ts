// The doors for stars: of one person, for the care role alone and audited; of everybody by group; of those at risk.

import express, { type Request, Router } from 'express';
import { askedLang, askedOneOf, askedPage, jsonFields, pathId } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { LookUpList } from '../contract.ts';
import { type Doors, STAR_KEYS } from '../doors.ts';
import { badRequest, notFound } from '../problem.ts';

const JSON_BODY = express.json({ limit: '4kb' });
const LONGEST_ID = 200;
const DEFAULT_LOOK_UPS = 100;

export function starRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');
  const care = auth.allow('care');

  router.get('/api/subscribers/audit', auth.allow(), async (request, response) => {
    const list: LookUpList = await doors.lookUps(askedPage(request, DEFAULT_LOOK_UPS).limit);
    response.json(list);
  });
  router.post('/api/subscribers/find', care, JSON_BODY, async (request, response) => {
    const found = await doors.findSubscriber(askedId(request), auth.callerOf(request));
    if (!found) throw nobody();
    response.set(PRIVATE).json(found);
  });
  router.get('/api/subscribers/:id/star', care, async (request, response) => {
    const star = await doors.star(pathId(request), auth.callerOf(request), askedLang(request));
    if (!star) throw nobody();
    response.set(PRIVATE).json(star);
  });
  router.get('/api/stars/summary', readers, async (request, response) => {
    const by = askedOneOf(request, 'by', STAR_KEYS) ?? 'tier';
    const across = askedOneOf(request, 'across', ['tier'] as const);
    response.json(await doors.starSummary({ by, across }, askedLang(request)));
  });
  router.get('/api/stars/at-risk', readers, async (request, response) => {
    const maySeeSingle = ['care', 'admin'].includes(auth.callerOf(request));
    response.json(await doors.starsAtRisk(maySeeSingle, askedLang(request)));
  });
  return router;
}

/** What is known of one person stays in no cache. */
const PRIVATE = { 'Cache-Control': 'no-store' };

/** The id itself is not repeated: it may be the operator's own. */
const nobody = () => notFound('nobody is known by this id');

function askedId(request: Request): string {
  const { id } = jsonFields(request, ['id']);
  const text = typeof id === 'number' ? String(id) : id;
  if (typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST_ID) return text;
  throw badRequest(`give {"id": "…"}, text of at most ${LONGEST_ID} characters`);
}
