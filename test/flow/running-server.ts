// Starts the built server as a user would, in a folder and on a port of its own, and speaks to its doors.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type {
  Alert,
  AlertList,
  CellDetail,
  HealthAnswer,
  LiveMessage,
  Receipt,
  Series,
} from '../../server/api/contract.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export class RunningServer {
  url = '';
  private child: ChildProcess | undefined;
  private lines: string[] = [];

  private constructor(
    readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<RunningServer> {
    if (!existsSync(ENTRY)) throw new Error('the server is not built: npm run build');
    const server = new RunningServer(await mkdtemp(join(tmpdir(), 'cellstar-flow-')), env);
    await server.start();
    return server;
  }

  /** Starts (again) in the same folder. */
  async start(): Promise<void> {
    const { CELLSTAR_SAMPLES: _, ...inherited } = process.env;
    const env = { ...inherited, PORT: '0', CELLSTAR_DATA: this.folder, ...this.env };
    this.lines = [];
    const child = spawn(process.execPath, [ENTRY, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.url = await new Promise((resolve, reject) => {
      child.stderr!.setEncoding('utf8').on('data', (text: string) => {
        this.lines.push(text);
        const address = /at (http:\S+),/.exec(this.log)?.[1];
        if (address) resolve(address);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
    });
  }

  get log(): string {
    return this.lines.join('');
  }

  get pid(): number {
    return this.child!.pid!;
  }

  /** Killed, or ended by itself. */
  get isGone(): boolean {
    const { exitCode, signalCode, killed } = this.child!;
    return killed || exitCode !== null || signalCode !== null;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.child!;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const response = await this.fetched(path, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  /** A test that was busy for long finds that the server has closed the connection that rested: then it asks once more. */
  private async fetched(path: string, init: RequestInit): Promise<Response> {
    const url = this.url + path;
    try {
      return await fetch(url, init);
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      if (this.isGone || code !== 'UND_ERR_SOCKET') throw error;
      return await fetch(url, init);
    }
  }

  send<T = Receipt>(path: string, type: string, body: BodyInit, method = 'POST'): Promise<Answer<T>> {
    return this.ask<T>(path, { method, body, headers: { 'Content-Type': type } });
  }

  post(readings: readonly object[], source = 'test'): Promise<Answer<Receipt>> {
    const body = readings.map((reading) => JSON.stringify(reading)).join('\n');
    return this.send(`/ingest/readings?source=${source}`, 'application/x-ndjson', body);
  }

  putCells(cells: readonly object[], query = ''): Promise<Answer<Receipt & { retired?: number }>> {
    return this.send(`/api/inventory${query}`, 'application/json', JSON.stringify({ cells }), 'PUT');
  }

  async health(): Promise<HealthAnswer> {
    return (await this.ask<HealthAnswer>('/api/health')).body;
  }

  async cell(id: string): Promise<CellDetail> {
    return (await this.ask<CellDetail>(`/api/cells/${encodeURIComponent(id)}`)).body;
  }

  async series(id: string, kpi: string, query = ''): Promise<Series> {
    return (await this.ask<Series>(`/api/cells/${encodeURIComponent(id)}/series?kpi=${kpi}${query}`)).body;
  }

  async alerts(state = 'all'): Promise<Alert[]> {
    return (await this.ask<AlertList>(`/api/alerts?state=${state}`)).body.alerts;
  }

  /** Every room has taken what was accepted. */
  async settled(): Promise<void> {
    for (;;) {
      const { journal } = await this.health();
      if (Object.values(journal.behind).every((records) => records === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** A client of the live socket that keeps every message. */
export class LiveClient {
  readonly messages: LiveMessage[] = [];
  private readonly socket: WebSocket;
  private readonly watchers = new Set<() => void>();

  constructor(server: RunningServer, query = '', headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live${query}`, { headers });
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(data.toString()) as LiveMessage);
      for (const watch of this.watchers) watch();
    });
    // Servers are killed under it: what matters is what came before.
    this.socket.on('error', () => undefined);
  }

  /** The first message that fits, now or later. */
  next<T extends LiveMessage['type']>(
    type: T,
    fits: (message: Extract<LiveMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<LiveMessage, { type: T }>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.messages.find((one) => one.type === type && fits(one as Extract<LiveMessage, { type: T }>));
        if (!found) return;
        this.watchers.delete(look);
        resolve(found as Extract<LiveMessage, { type: T }>);
      };
      this.watchers.add(look);
      look();
    });
  }

  close(): void {
    this.socket.close();
  }
}
