// The live socket: hello, what was missed, then alerts as they change and cell states a few times a second.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AlertRecord } from '../model/alert.ts';
import { encodeCellFrame } from '../model/cell-frame.ts';
import type { Health } from '../model/health.ts';
import type { Auth } from './auth.ts';
import type { Alert, LiveMessage } from './contract.ts';
import type { Lang } from './doors.ts';
import { ApiError } from './problem.ts';

/** What the socket needs of the present and the feed. */
export interface LiveDoors {
  head(): number;
  /** Alert events after `seq`, undefined when they are no longer kept. */
  since(seq: number): { seq: number; alert: AlertRecord }[] | undefined;
  listen(
    listener: (
      event: { type: 'alert'; seq: number; alert: AlertRecord } | { type: 'inventory'; seq: number; cells: number },
    ) => void,
  ): () => void;
  /** Judges health anew; indexes of the cells that changed. */
  sweep(): number[];
  /** Indexes of all cells that are shown. */
  indexes(): Uint32Array;
  columns(indexes: Uint32Array): { ageMinutes: Uint16Array; health: Uint8Array };
  /** A cell for readers of JSON. */
  row(index: number): { id: string; health: Health; at: string | null } | undefined;
  dataAt(): number;
  tell(alert: AlertRecord, lang: Lang): Alert;
  hello(): { version: string; zone: string; cells: number };
}

/** Cell states go out at most this often. */
const TICK_MS = 200;
/** Data age moves on even when no health changes. */
const AGE_EVERY_TICKS = 25;
/** A client with more than this waiting is skipped and given a whole picture later. */
const MOST_BUFFERED_BYTES = 1 << 20;
const MOST_CLIENTS = 2000;
const CELLS_A_MESSAGE = 1000;
const PING_EVERY_MS = 20_000;
/** Clients say nothing of length: a larger message is a mistake. */
const MOST_MESSAGE_BYTES = 4096;

interface Client {
  socket: WebSocket;
  lang: Lang;
  frames: boolean;
  /** Skipped a change: the next message must be a whole picture. */
  needsWhole: boolean;
  /** Missed an alert message while it was slow. */
  needsResync: boolean;
  alive: boolean;
}

export class LiveSocket {
  private readonly server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
  });
  private readonly clients = new Set<Client>();
  private readonly timers: NodeJS.Timeout[];
  private readonly unlisten: () => void;
  private ticks = 0;

  constructor(
    http: Server,
    private readonly live: LiveDoors,
    private readonly auth: Auth,
  ) {
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.unlisten = live.listen((event) =>
      event.type === 'alert'
        ? this.sendAlert(event)
        : this.broadcast({ type: 'inventory', seq: event.seq, cells: event.cells }),
    );
    this.timers = [setInterval(() => this.tick(), TICK_MS), setInterval(() => this.ping(), PING_EVERY_MS)];
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Nobody else listens to this socket yet: an error of the line must not become one of the process.
    socket.on('error', () => socket.destroy());
    const [path, query] = (request.url ?? '').split('?', 2);
    const refusal = this.refusalOf(request, path);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal.status} ${refusal.title}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.server.handleUpgrade(request, socket, head, (ws) => this.welcome(ws, new URLSearchParams(query)));
  }

  private refusalOf(request: IncomingMessage, path: string | undefined): ApiError | undefined {
    if (path !== '/api/live') return new ApiError(404, 'Not Found', 'the socket is at /api/live');
    if (this.clients.size >= MOST_CLIENTS) return new ApiError(503, 'Too Many Clients', `at most ${MOST_CLIENTS}`);
    const role = this.auth.roleOf(request);
    if (role instanceof ApiError) return role;
    return role === 'ingest' ? new ApiError(403, 'Forbidden', 'the ingest role does not read') : undefined;
  }

  private welcome(socket: WebSocket, query: URLSearchParams): void {
    const client: Client = {
      socket,
      lang: query.get('lang') === 'zh' ? 'zh' : 'en',
      frames: query.get('cells') === 'frames',
      needsWhole: false,
      needsResync: false,
      alive: true,
    };
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      client.alive = true;
    });
    socket.on('close', () => this.clients.delete(client));
    const dataAt = this.live.dataAt();
    send(client, {
      type: 'hello',
      seq: this.live.head(),
      ...this.live.hello(),
      dataAt: dataAt ? new Date(dataAt).toISOString() : null,
      lang: client.lang,
    });
    this.sendMissed(client, query.get('since'));
    this.sendCells(client, this.live.indexes(), true);
    this.clients.add(client);
  }

  private sendMissed(client: Client, since: string | null): void {
    if (since === null || since === '') return;
    const missed = /^\d{1,15}$/.test(since) ? this.live.since(Number(since)) : undefined;
    if (!missed) send(client, { type: 'resync', seq: this.live.head() });
    for (const { seq, alert } of missed ?? [])
      send(client, { type: 'alert', seq, alert: this.live.tell(alert, client.lang) });
  }

  private sendAlert({ seq, alert }: { seq: number; alert: AlertRecord }): void {
    const told = new Map<Lang, string>();
    for (const client of this.clients) {
      if (isSlow(client)) {
        client.needsResync = true;
        continue;
      }
      let message = told.get(client.lang);
      if (!message) {
        message = JSON.stringify({
          type: 'alert',
          seq,
          alert: this.live.tell(alert, client.lang),
        } satisfies LiveMessage);
        told.set(client.lang, message);
      }
      client.socket.send(message);
    }
  }

  private broadcast(message: LiveMessage): void {
    const text = JSON.stringify(message);
    for (const client of this.clients) client.socket.send(text);
  }

  private tick(): void {
    const changed = this.live.sweep();
    this.ticks++;
    const isAgeDue = this.ticks % AGE_EVERY_TICKS === 0;
    const indexes = Uint32Array.from(changed);
    for (const client of this.clients) {
      if (isSlow(client)) {
        client.needsWhole ||= changed.length > 0;
        continue;
      }
      if (client.needsResync) send(client, { type: 'resync', seq: this.live.head() });
      client.needsResync = false;
      if (client.needsWhole) this.sendCells(client, this.live.indexes(), true);
      else if (changed.length > 0 || (client.frames && isAgeDue)) this.sendCells(client, indexes, false);
    }
  }

  private sendCells(client: Client, indexes: Uint32Array, whole: boolean): void {
    client.needsWhole = false;
    const seq = this.live.head();
    const dataAt = this.live.dataAt();
    if (client.frames) {
      client.socket.send(encodeCellFrame({ seq, dataAt, whole, index: indexes, ...this.live.columns(indexes) }));
      return;
    }
    for (let from = 0; from < indexes.length; from += CELLS_A_MESSAGE) {
      const rows = Array.from(indexes.subarray(from, from + CELLS_A_MESSAGE), (index) => this.live.row(index));
      const cells = rows.filter((row) => row !== undefined);
      send(client, { type: 'cells', seq, at: dataAt ? new Date(dataAt).toISOString() : null, cells });
    }
  }

  private ping(): void {
    for (const client of this.clients) {
      if (!client.alive) client.socket.terminate();
      client.alive = false;
      client.socket.ping();
    }
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.unlisten();
    for (const { socket } of this.clients) socket.close(1001, 'the server is stopping');
    this.server.close();
  }
}

function isSlow({ socket }: Client): boolean {
  return socket.bufferedAmount > MOST_BUFFERED_BYTES;
}

function send(client: Client, message: LiveMessage): void {
  client.socket.send(JSON.stringify(message));
}
