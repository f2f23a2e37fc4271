// The doors for cells: the list for the map, one cell with all that is known of it, and its series.

import { Router } from 'express';
import { askedLang, askedPage, pathId, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';
import { badRequest, notFound } from '../problem.ts';

const DEFAULT_CELLS = 20_000;

export function cellRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');

  router.get('/api/kpis', readers, (_request, response) => {
    response.json(doors.kpis());
  });
  router.get('/api/cells', readers, (request, response) => {
    response.type('json').send(doors.cells(askedPage(request, DEFAULT_CELLS)));
  });
  router.get('/api/inventory', auth.allow('ingest', 'viewer', 'engineer', 'planner', 'care'), (request, response) => {
    response.json(doors.inventory(askedPage(request, DEFAULT_CELLS)));
  });
  router.get('/api/cells/:id', readers, async (request, response) => {
    const detail = await doors.cell(pathId(request), askedLang(request));
    if (!detail) throw noSuchCell(pathId(request));
    response.json(detail);
  });
  router.get('/api/cells/:id/series', readers, async (request, response) => {
    const kpi = text(request, 'kpi');
    if (!kpi) throw badRequest('kpi is missing: give a KPI id, for example kpi=drop_rate_pct');
    const ask = { kpi, from: text(request, 'from'), to: text(request, 'to'), step: text(request, 'step') };
    const series = await doors.series(pathId(request), ask);
    if (!series) throw noSuchCell(pathId(request));
    response.json(series);
  });
  router.get('/api/cells/:id/timing-advance', readers, async (request, response) => {
    const ask = { from: text(request, 'from'), to: text(request, 'to') };
    const answer = await doors.timingAdvance(pathId(request), ask, askedLang(request));
    if (!answer) throw noSuchCell(pathId(request));
    response.json(answer);
  });
  return router;
}

const noSuchCell = (id: string) =>
  notFound(`no cell "${id}" is known: it is in no inventory and no reading has named it`);
