// The front door of the api: one HTTP server with all routes, the live socket and the page's files.

import { createServer, type Server, type ServerResponse } from 'node:http';
import { dirname, sep } from 'node:path';
import express from 'express';
import { knownQuery } from './asked.ts';
import { Auth, type AuthOptions } from './auth.ts';
import type { Doors } from './doors.ts';
import { noSuchDoor, problemHandler } from './problem.ts';
import { alertRoutes } from './routes/alerts.ts';
import { backtestRoutes } from './routes/backtest.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { capacityRoutes } from './routes/capacity.ts';
import { cellRoutes } from './routes/cells.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { detectionRoutes } from './routes/detection.ts';
import { eventRoutes } from './routes/events.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { lineRoutes } from './routes/lines.ts';
import { muteRoutes } from './routes/mutes.ts';
import { predictionRoutes } from './routes/predictions.ts';
import { sourceRoutes } from './routes/sources.ts';
import { starRoutes } from './routes/stars.ts';
import { statusRoutes } from './routes/status.ts';
import { type LiveDoors, LiveSocket } from './socket.ts';

export interface ApiOptions {
  doors: Doors;
  live: LiveDoors;
  auth: AuthOptions;
  maxBodyBytes: number;
  /** Folder of the built page. */
  webFolder: string;
  log(line: string): void;
}

export interface Api {
  /** Resolves with the port that is listened on. */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** A sender may take this long for one request. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Nothing is loaded from elsewhere; the map draws with workers and WebGL from our own files. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'self'",
].join('; ');

export function createApi(options: ApiOptions): Api {
  const { doors, log } = options;
  const auth = new Auth(options.auth);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use((_request, response, next) => {
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Content-Security-Policy': CONTENT_POLICY,
    });
    next();
  });
  app.use(express.static(options.webFolder, { setHeaders: setCaching }));
  app.use(knownQuery);
  app.use(statusRoutes(doors, auth));
  app.use(sourceRoutes(doors, auth));
  app.use(ingestRoutes(doors, auth, options.maxBodyBytes));
  app.use(lineRoutes(doors, auth, options.maxBodyBytes));
  app.use(eventRoutes(doors, auth, options.maxBodyBytes));
  app.use(backtestRoutes(doors, auth));
  app.use(capacityRoutes(doors, auth));
  app.use(detectionRoutes(doors, auth));
  app.use(cellRoutes(doors, auth));
  app.use(calendarRoutes(doors, auth));
  app.use(coverageRoutes(doors, auth));
  app.use(alertRoutes(doors, auth));
  app.use(muteRoutes(doors, auth));
  app.use(predictionRoutes(doors, auth));
  app.use(starRoutes(doors, auth));
  app.use(noSuchDoor);
  app.use(problemHandler(log));

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  const socket = new LiveSocket(server, options.live, auth);
  return { listen: (port, host) => listen(server, port, host), close: () => close(server, socket) };
}

/** The build names assets by their content: they never change; the page that names them is asked for each time. */
function setCaching(response: ServerResponse, path: string): void {
  const isAsset = dirname(path).endsWith(`${sep}assets`);
  response.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server, socket: LiveSocket): Promise<void> {
  socket.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
