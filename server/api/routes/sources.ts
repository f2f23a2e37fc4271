// The doors about senders: who sends and how well, what was refused and why, and taking one off the list.

import { type Request, Router } from 'express';
import { askedPage, pageOf, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { SourceList } from '../contract.ts';
import type { Doors, RejectionAsk } from '../doors.ts';
import { ApiError } from '../problem.ts';

const DEFAULT_REJECTIONS = 100;
/** A file holds all that is kept, unless told otherwise. */
const REJECTIONS_A_FILE = 10_000;
/** Who may read pieces of what senders wrote. */
const MENDS_SENDERS: ReadonlySet<string> = new Set(['engineer', 'ingest', 'admin']);

export function sourceRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care', 'ingest');

  router.get('/api/sources', readers, (request, response) => {
    const { page, nextCursor } = pageOf(request, doors.sources(mayRead(request, auth)).sources);
    response.json({ sources: page, nextCursor } satisfies SourceList);
  });
  router.delete('/api/sources/:id', auth.allow('engineer'), async (request, response) => {
    const id = pathId(request);
    const removed = await doors.removeSource(id);
    if (!removed) throw new ApiError(404, 'Not known', `there is no sender "${id}"; GET /api/sources lists them`);
    response.json(removed);
  });
  router.get('/api/rejections', readers, async (request, response) => {
    if (!wantsCsv(request)) {
      response.json(await doors.rejections(askOf(request, auth, DEFAULT_REJECTIONS)));
      return;
    }
    const csv = await doors.rejectionsCsv(askOf(request, auth, REJECTIONS_A_FILE));
    response.attachment('rejections.csv').type('text/csv; charset=utf-8').send(csv);
  });
  return router;
}

function wantsCsv(request: Request): boolean {
  return text(request, 'format') === 'csv' || request.accepts('application/json', 'text/csv') === 'text/csv';
}

const mayRead = (request: Request, auth: Auth) => MENDS_SENDERS.has(auth.callerOf(request));

function askOf(request: Request, auth: Auth, limit: number): RejectionAsk {
  return {
    ...askedPage(request, limit),
    source: text(request, 'source'),
    reason: text(request, 'reason'),
    from: text(request, 'from'),
    to: text(request, 'to'),
    withText: mayRead(request, auth),
  };
}
