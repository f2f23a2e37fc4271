// The doors for capacity: cells by the date on which they will be full, as JSON and CSV, and the days of one cell.

import { type Request, Router } from 'express';
import { CAPACITY_STATES, type CapacityState } from '../../model/capacity.ts';
import { askedPage, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { CapacityAsk, Doors } from '../doors.ts';
import { badRequest, notFound } from '../problem.ts';

const DEFAULT_LIMIT = 100;
const DEFAULT_CSV_LIMIT = 10_000;
const STANDARD: readonly CapacityState[] = ['full', 'growing'];

export function capacityRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');
  router.get('/api/capacity', readers, async (request, response) => {
    response.json(await doors.capacity(askOf(request, DEFAULT_LIMIT)));
  });
  router.get('/api/capacity.csv', readers, async (request, response) => {
    const csv = await doors.capacityCsv(askOf(request, DEFAULT_CSV_LIMIT));
    response.type('text/csv; charset=utf-8').attachment('capacity.csv').send(csv);
  });
  router.get('/api/capacity/:id', readers, async (request, response) => {
    const course = await doors.capacityCourse(pathId(request));
    if (!course) throw notFound(`no days of cell "${pathId(request)}" are known; GET /api/capacity lists cells`);
    response.json(course);
  });
  return router;
}

function askOf(request: Request, standard: number): CapacityAsk {
  const { limit, cursor = '0' } = askedPage(request, standard);
  if (!/^\d{1,9}$/.test(cursor)) throw badRequest(`cursor is "${cursor}": give the nextCursor of the page before`);
  return { states: askedStates(request), area: text(request, 'area'), limit, cursor: Number(cursor) };
}

/** One or more of the states, with commas between. */
function askedStates(request: Request): readonly CapacityState[] {
  const value = text(request, 'state');
  if (value === undefined) return STANDARD;
  if (value === 'all') return CAPACITY_STATES;
  return value.split(',').map((part) => {
    const known = CAPACITY_STATES.find((state) => state === part.trim());
    if (known) return known;
    throw badRequest(`state is "${value}": give all, or some of ${CAPACITY_STATES.join(', ')}`);
  });
}
