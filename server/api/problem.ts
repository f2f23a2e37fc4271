// Error answers (RFC 9457 problem details): what is wrong, where, and what to do; never a stack, never a bare 500.

import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Problem } from './contract.ts';
import { methodsOf } from './openapi.ts';

/** A request that cannot be answered as asked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

export const badRequest = (detail: string) => new ApiError(400, 'The request cannot be read', detail);
export const notFound = (detail: string) => new ApiError(404, 'Not found', detail);

/** Set as `response.locals.problemForClients` at doors whose clients read errors in a form of their own. */
export type ProblemForClients = (error: ApiError) => object;

export function sendProblem(response: Response, error: ApiError, instance?: string): void {
  const asClients = (response.locals as { problemForClients?: ProblemForClients }).problemForClients;
  if (asClients) return void response.status(error.status).set(error.headers).json(asClients(error));
  const problem: Problem = {
    type: 'about:blank',
    title: error.title,
    status: error.status,
    detail: error.detail,
    ...(instance && { instance }),
  };
  response.status(error.status).set(error.headers).type('application/problem+json').send(JSON.stringify(problem));
}

export const noSuchDoor: RequestHandler = (request, _response, next) => {
  const all = methodsOf(request.path);
  const methods = all.join(', ');
  const path = shownPath(request.path);
  // Only a door that is no HTTP door is passed by a request with its own method.
  if (all.some((method) => method === request.method)) {
    const headers = { Upgrade: 'websocket', Connection: 'Upgrade' };
    return next(new ApiError(426, 'A WebSocket', `${path} is a WebSocket: open it as one`, headers));
  }
  if (methods) {
    const detail = `${path} takes ${methods}, not ${request.method}`;
    return next(new ApiError(405, 'Not that way', detail, { Allow: methods }));
  }
  next(notFound(`there is no ${request.method} ${path}; GET /api/openapi.json lists the doors`));
};

/** What stands below the doors for single people may be the operator's own id: it is repeated nowhere. */
function shownPath(path: string): string {
  const people = /subscribers(?:\/|%2f)/i.exec(path);
  return people ? `${path.slice(0, people.index)}subscribers/…` : path;
}

/** The last stop of every error; an unforeseen one is logged under an id that the answer quotes. */
export function problemHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const known = asApiError(error);
    if (known) return sendProblem(response, known);
    const instance = `urn:uuid:${randomUUID()}`;
    log(`api: ${instance} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    sendProblem(
      response,
      new ApiError(500, 'Something failed here', 'quote the instance when you ask for help'),
      instance,
    );
  };
}

const sizeOf = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.round(bytes / 2 ** 10)} kB` : `${Math.round(bytes / 2 ** 20)} MB`;

/** Errors of express and its body reader carry a status and a type. */
function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  const { status, type, limit, message } = error as {
    status?: number;
    type?: string;
    limit?: number;
    message?: string;
  };
  if (status === 413) {
    return new ApiError(413, 'The body is too large', `at most ${sizeOf(limit ?? 0)} inflated: send less, or in parts`);
  }
  if (status === 415)
    return new ApiError(415, 'The encoding is not known', 'send the body plain or with Content-Encoding: gzip');
  // Both messages quote what was sent, which may name a person.
  if (type === 'entity.parse.failed') return badRequest('the body is no JSON');
  if (error instanceof URIError) return badRequest('the path holds a % that begins no escape: write it as %25');
  if (status !== undefined && status >= 400 && status < 500) {
    return new ApiError(status, 'The request cannot be read', `${message ?? type ?? 'malformed request'}`);
  }
  return undefined;
}
