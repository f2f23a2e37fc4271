// The doors for data: readings, PM files, samples, people, inventory, special days. 202 when something was accepted or nothing was there, 400 when all was refused.

import express, { type Request, Router } from 'express';
import { PEOPLE_KINDS } from '../../model/person.ts';
import { askedOneOf, delivered } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Receipt } from '../contract.ts';
import type { Delivery, Doors } from '../doors.ts';
import { ApiError } from '../problem.ts';

const JSON_TYPES = ['application/json', 'application/x-ndjson'];
const XML_TYPES = ['application/xml', 'text/xml', 'application/gzip', 'application/octet-stream'];
const TABLE_TYPES = ['application/json', 'application/geo+json', 'text/csv'];
const PEOPLE_TYPES = [...JSON_TYPES, 'text/csv'];
const CALENDAR_TYPES = PEOPLE_TYPES;
/** Exports of readings are tables that senders also call text or values between tabs. */
const CSV_TYPES = [
  ...['text/csv', 'text/tab-separated-values', 'text/plain', 'application/gzip'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
/** Logs are tables that senders also call text or values between tabs. */
const SAMPLE_TYPES = [...JSON_TYPES, 'text/csv', 'text/tab-separated-values', 'text/plain'];

export function ingestRoutes(doors: Doors, auth: Auth, maxBodyBytes: number): Router {
  const router = Router();
  // Inflates gzip and counts the inflated bytes, so that a small bomb is refused as the large body it is.
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  const senders = auth.allow('ingest', 'engineer');

  router.post('/ingest/readings', senders, body, async (request, response) => {
    const receipt = await doors.takeReadings(deliveryOf(request, JSON_TYPES));
    response.status(statusOf(receipt)).json(receipt);
  });
  router.post('/ingest/pm', senders, body, async (request, response) => {
    const receipt = await doors.takePm(deliveryOf(request, XML_TYPES));
    response.status(statusOf(receipt)).json(receipt);
  });
  router.post('/ingest/csv', senders, body, async (request, response) => {
    const receipt = await doors.takeCsv(deliveryOf(request, CSV_TYPES));
    response.status(statusOf(receipt)).json(receipt);
  });
  router.post('/ingest/samples', senders, body, async (request, response) => {
    const receipt = await doors.takeSamples(deliveryOf(request, SAMPLE_TYPES));
    response.status(statusOf(receipt)).json(receipt);
  });
  router.post('/ingest/mr', senders, body, async (request, response) => {
    const receipt = await doors.takeReports(deliveryOf(request, XML_TYPES));
    response.status(statusOf(receipt)).json(receipt);
  });
  for (const kind of PEOPLE_KINDS) {
    router.post(`/ingest/${kind}`, auth.allow('ingest', 'care'), body, async (request, response) => {
      const receipt = await doors.takePeople(deliveryOf(request, PEOPLE_TYPES), kind);
      response.status(statusOf(receipt)).json(receipt);
    });
  }
  router.put('/api/inventory', auth.allow('ingest', 'engineer', 'planner'), body, async (request, response) => {
    const mode = askedOneOf(request, 'mode', ['merge', 'full'] as const) ?? 'merge';
    const receipt = await doors.takeInventory(deliveryOf(request, TABLE_TYPES), mode);
    response.status(receipt.accepted === 0 && receipt.rejected > 0 ? 400 : 200).json(receipt);
  });
  router.put('/api/calendar', senders, body, async (request, response) => {
    const mode = askedOneOf(request, 'mode', ['merge', 'full'] as const) ?? 'merge';
    const receipt = await doors.takeCalendar(deliveryOf(request, CALENDAR_TYPES), mode);
    response.status(receipt.accepted === 0 && receipt.rejected > 0 ? 400 : 200).json(receipt);
  });
  return router;
}

function statusOf(receipt: Receipt): 202 | 400 {
  return receipt.accepted === 0 && receipt.rejected > 0 ? 400 : 202;
}

function deliveryOf(request: Request, types: readonly string[]): Delivery {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (!types.includes(type)) {
    const given = type ? `Content-Type is ${type}` : 'there is no Content-Type';
    throw new ApiError(415, 'The content type is not known here', `${given}: send one of ${types.join(', ')}`);
  }
  return delivered(request, type);
}
