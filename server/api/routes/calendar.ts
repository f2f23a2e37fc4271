// The doors for special days beside the one that takes them: a stretch of the calendar, and one day taken back.

import { Router } from 'express';
import { askedPage, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';
import { notFound } from '../problem.ts';

export function calendarRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();

  router.get('/api/calendar', auth.allow('viewer', 'engineer', 'planner', 'care', 'ingest'), (request, response) => {
    response.json(doors.calendar({ ...askedPage(request), from: text(request, 'from'), to: text(request, 'to') }));
  });
  router.delete('/api/calendar/:id', auth.allow('ingest', 'engineer'), async (request, response) => {
    const [date, area] = [pathId(request), text(request, 'area')];
    const removed = await doors.takeBackDay(date, area);
    if (!removed) {
      const where = area === undefined ? 'for the whole network' : `for the area "${area}"`;
      throw notFound(`the calendar holds no ${date} ${where}; GET /api/calendar lists its days`);
    }
    response.json(removed);
  });
  return router;
}
