// The doors of ONAP VES 7 event listeners: one event, or a batch; either is taken at either door.

import express, { type RequestHandler, Router } from 'express';
import { delivered } from '../asked.ts';
import type { Auth } from '../auth.ts';
import type { Receipt } from '../contract.ts';
import type { Doors } from '../doors.ts';
import { ApiError, type ProblemForClients } from '../problem.ts';

const TYPES = ['application/json', 'application/x-ndjson'];
/** What listeners tell of themselves in each answer (VES 7.2.1, 3.2). */
const VERSION = { 'X-MinorVersion': '2', 'X-PatchVersion': '1', 'X-LatestVersion': '7.2.1' };
/** Invalid input, too many, not allowed, and all that is not the sender's fault. */
const CODES: Record<number, string> = {
  400: 'SVC0002',
  413: 'SVC0002',
  415: 'SVC0002',
  429: 'SVC1000',
  503: 'SVC1000',
};

/** A fault as VES senders read it. */
const asFault: ProblemForClients = ({ status, detail }) => faultOf(status, detail);

function faultOf(status: number, text: string) {
  const fault = { messageId: CODES[status] ?? (status < 500 ? 'POL0001' : 'SVC0001'), text, variables: [] };
  return { requestError: status === 401 || status === 403 ? { PolicyException: fault } : { ServiceException: fault } };
}

export function eventRoutes(doors: Doors, auth: Auth, maxBodyBytes: number): Router {
  const router = Router();
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  router.post(
    ['/eventListener/v7', '/eventListener/v7/eventBatch'],
    speakingVes,
    auth.allow('ingest', 'engineer'),
    body,
    async (request, response) => {
      const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
      if (!TYPES.includes(type)) {
        const given = type ? `Content-Type is ${type}` : 'there is no Content-Type';
        throw new ApiError(415, 'The content type is not known here', `${given}: send one of ${TYPES.join(', ')}`);
      }
      const receipt = await doors.takeEvents(delivered(request, type));
      const isRefused = receipt.accepted === 0 && receipt.rejected > 0;
      response
        .status(isRefused ? 400 : 202)
        .json(isRefused ? { ...faultOf(400, whyAll(receipt)), ...receipt } : receipt);
    },
  );
  return router;
}

const speakingVes: RequestHandler = (_request, response, next) => {
  response.locals.problemForClients = asFault;
  response.set(VERSION);
  next();
};

function whyAll({ rejected, rejections: [first] }: Receipt): string {
  return rejected === 1 ? (first?.detail ?? '') : `all ${rejected} refused, the first for this: ${first?.detail ?? ''}`;
}
