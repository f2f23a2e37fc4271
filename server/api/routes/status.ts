// The doors that tell about Cellstar itself: health, metrics, sessions, and the list of doors.

import express, { Router } from 'express';
import { jsonFields } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';
import { OPENAPI } from '../openapi.ts';
import { ApiError } from '../problem.ts';

export function statusRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care', 'ingest');

  router.get('/api/health', readers, async (_request, response) => {
    response.json(await doors.health());
  });
  router.get('/metrics', readers, async (_request, response) => {
    response.type('text/plain; version=0.0.4').send(await doors.metrics());
  });
  router.get('/api/openapi.json', (_request, response) => {
    response.json(OPENAPI);
  });
  router.post('/api/session', express.json({ limit: '4kb' }), (request, response) => {
    if (auth.isOpen) return void response.json({ role: 'admin' });
    const { token } = jsonFields(request, ['token']);
    const session = typeof token === 'string' ? auth.openSession(token) : undefined;
    if (!session) throw new ApiError(401, 'The token is not known', 'ask whoever runs this server for one');
    response.set('Set-Cookie', session.cookie).json({ role: session.role });
  });
  return router;
}
