// The doors that tell about Cellstar itself: health, metrics, senders, what was refused, and the list of doors.

import express, { Router } from 'express';
import { askedPage, jsonBody } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';
import { metricsText } from '../metrics.ts';
import { OPENAPI } from '../openapi.ts';
import { ApiError } from '../problem.ts';

const DEFAULT_REJECTIONS = 100;

export function statusRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care', 'ingest');

  router.get('/api/health', readers, async (_request, response) => {
    response.json(await doors.health());
  });
  router.get('/metrics', readers, async (_request, response) => {
    response.type('text/plain; version=0.0.4').send(metricsText(await doors.health()));
  });
  router.get('/api/sources', readers, (_request, response) => {
    response.json(doors.sources());
  });
  router.get('/api/rejections', readers, async (request, response) => {
    response.json(await doors.rejections(askedPage(request, DEFAULT_REJECTIONS)));
  });
  router.get('/api/openapi.json', (_request, response) => {
    response.json(OPENAPI);
  });
  router.post('/api/session', express.json({ limit: '4kb' }), (request, response) => {
    if (auth.isOpen) return void response.json({ role: 'admin' });
    const { token } = (jsonBody(request) ?? {}) as { token?: unknown };
    const session = typeof token === 'string' ? auth.openSession(token) : undefined;
    if (!session) throw new ApiError(401, 'The token is not known', 'ask whoever runs this server for one');
    response.set('Set-Cookie', session.cookie).json({ role: session.role });
  });
  return router;
}
