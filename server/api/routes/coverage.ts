// The doors for coverage: what there is to judge, hexagons for the map, weak areas, and the planner's report in three forms.

import { type Request, Router } from 'express';
import { askedLang, askedOneOf, pageOf, text } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { CoverageAreaList } from '../contract.ts';
import type { CoverageAsk, Doors } from '../doors.ts';
import { badRequest } from '../problem.ts';

const RADIOS = ['LTE', 'NR', 'GSM', 'UMTS', 'none'] as const;
const KINDS = ['mr', 'mdt', 'drive', 'app', 'none'] as const;
const RESOLUTIONS = { least: 4, most: 12, standard: 9 };
const MOST_HEXAGONS = 100_000;
const DEFAULT_HEXAGONS = 60_000;

export function coverageRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  const readers = auth.allow('viewer', 'engineer', 'planner', 'care');

  router.get('/api/coverage/slices', readers, async (_request, response) => {
    response.json(await doors.coverageSlices());
  });
  router.get('/api/coverage/areas', readers, async (request, response) => {
    const list = await doors.coverageAreas(coverageAsk(request), askedLang(request));
    const { page, nextCursor } = pageOf(request, list.areas);
    response.json({ ...list, areas: page, nextCursor } satisfies CoverageAreaList);
  });
  router.get('/api/coverage/hexagons', readers, async (request, response) => {
    const ask = {
      ...coverageAsk(request),
      resolution: askedWhole(request, 'resolution', RESOLUTIONS) ?? RESOLUTIONS.standard,
      bounds: askedBounds(request),
      most: askedWhole(request, 'limit', { least: 1, most: MOST_HEXAGONS }) ?? DEFAULT_HEXAGONS,
    };
    response.json(await doors.coverageHexagons(ask));
  });
  router.get('/api/coverage/report.csv', readers, async (request, response) => {
    const report = await doors.coverageReport(coverageAsk(request), askedLang(request), 'csv');
    response.type('text/csv; charset=utf-8').attachment('coverage-report.csv').send(report);
  });
  router.get('/api/coverage/report.geojson', readers, async (request, response) => {
    const report = await doors.coverageReport(coverageAsk(request), askedLang(request), 'geojson');
    response.type('application/geo+json').attachment('coverage-report.geojson').send(report);
  });
  router.get('/api/coverage/report.html', readers, async (request, response) => {
    const report = await doors.coverageReport(coverageAsk(request), askedLang(request), 'html');
    response.type('text/html; charset=utf-8').send(report);
  });
  return router;
}

function coverageAsk(request: Request): CoverageAsk {
  const indoor = askedOneOf(request, 'indoor', ['true', 'false', '1', '0'] as const);
  return {
    from: text(request, 'from'),
    to: text(request, 'to'),
    operator: text(request, 'operator'),
    radio: orNull(askedOneOf(request, 'radio', RADIOS)),
    kind: orNull(askedOneOf(request, 'kind', KINDS)),
    band: text(request, 'band'),
    indoor: indoor === undefined ? undefined : indoor === 'true' || indoor === '1',
  };
}

/** `none` asks for the samples that named none. */
function orNull<T extends string>(value: T | 'none' | undefined): T | null | undefined {
  return value === 'none' ? null : value;
}

function askedWhole(request: Request, name: string, range: { least: number; most: number }): number | undefined {
  const value = text(request, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= range.least && number <= range.most) return number;
  throw badRequest(`${name} is "${value}": give a whole number from ${range.least} to ${range.most}`);
}

function askedBounds(request: Request): CoverageAsk['bounds'] {
  const value = text(request, 'bounds');
  if (value === undefined) return undefined;
  const numbers = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west, south, east, north] = numbers;
  const isRight =
    numbers.length === 4 && numbers.every(Number.isFinite) && south! < north! && south! >= -90 && north! <= 90;
  if (!isRight) throw badRequest(`bounds is "${value}": give west,south,east,north in degrees`);
  return { west: west!, south: south!, east: east!, north: north! };
}
