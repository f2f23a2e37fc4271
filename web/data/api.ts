// The doors of the server as functions; with socket.ts, coast.ts and upload.ts the only place that fetches.

import type {
  Alert,
  AlertAct,
  AlertExplanation,
  AlertList,
  CellDetail,
  CellList,
  CellRow,
  CellTimingAdvance,
  DetectionAnswer,
  HealthAnswer,
  KpiList,
  Problem,
  Series,
} from '../../server/api/contract.ts';
import type { Language } from '../text/language.svelte.ts';
import { createBacktestDoor } from './backtest.ts';
import { createCalendarDoors } from './calendar.ts';
import { createCapacityDoors } from './capacity.ts';
import { createCoverageDoors } from './coverage.ts';
import { createMuteDoors } from './mutes.ts';
import { createPredictionDoors } from './predictions.ts';
import { createSenderDoors } from './senders.ts';
import { createStarDoors } from './stars.ts';

/** An answer that is not 2xx, or none at all (`status` 0). */
export class Failure extends Error {
  readonly status: number;
  /** To quote when asking for help; empty when the server gave none. */
  readonly instance: string;
  /** The whole answer, where it was JSON. */
  readonly answer: unknown;

  constructor(status: number, detail: string, instance = '', answer?: unknown) {
    super(detail);
    this.answer = answer;
    this.status = status;
    this.instance = instance;
  }
}

export type Fetch = typeof globalThis.fetch;
export type Act = 'acknowledge' | 'assign' | 'comment' | 'clear';
/** What somebody is about to do: the line, or the form, of it is open. */
export type Acting = Act | 'mute';

const CELLS_A_PAGE = 5_000;
const ALERTS_A_PAGE = 500;
/** Alerts of one state that are read at most; the alerts page says when there are more. */
const MOST_ALERTS = 5_000;
/** A door that has not answered by then counts as not answering. */
const PATIENCE_MS = 15_000;

async function failureOf(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const detail = problem.detail ?? problem.title ?? response.statusText;
  return new Failure(response.status, detail, problem.instance, problem);
}

/** The doors, bound to a way of fetching and the present language. */
export function createApi(language: () => Language, fetch: Fetch = globalThis.fetch.bind(globalThis)) {
  /** An answer that is 2xx; its body is yet to be read. */
  async function reach(path: string, query: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
    const search = new URLSearchParams({ ...query, lang: language() });
    let response: Response;
    try {
      response = await fetch(`${path}?${search}`, { signal: AbortSignal.timeout(PATIENCE_MS), ...init });
    } catch {
      throw new Failure(0, '');
    }
    if (!response.ok) throw await failureOf(response);
    return response;
  }

  async function ask<T>(path: string, query?: Record<string, string>, init?: RequestInit): Promise<T> {
    return (await (await reach(path, query, init)).json()) as T;
  }

  async function pages<T extends { nextCursor?: string }>(path: string, query: Record<string, string>, most: number) {
    const answers: T[] = [];
    let cursor: string | undefined;
    do {
      const answer: T = await ask<T>(path, cursor ? { ...query, cursor } : query);
      answers.push(answer);
      cursor = answer.nextCursor;
    } while (cursor && answers.length < most);
    return answers;
  }

  return {
    ...createStarDoors(ask),

    ...createSenderDoors(ask),

    calendar: createCalendarDoors(ask),

    coverage: createCoverageDoors(ask),

    capacity: createCapacityDoors(ask),
    predictions: createPredictionDoors(ask),

    backtest: createBacktestDoor(reach, ({ status, detail, instance }) => new Failure(status, detail, instance)),

    mutes: createMuteDoors(ask),

    detection: () => ask<DetectionAnswer>('/api/detection'),

    health: () => ask<HealthAnswer>('/api/health'),

    kpis: () => ask<KpiList>('/api/kpis'),

    async cells(): Promise<CellRow[]> {
      const answers = await pages<CellList>('/api/cells', { limit: String(CELLS_A_PAGE) }, Number.POSITIVE_INFINITY);
      return answers.flatMap((answer) => answer.cells);
    },

    cell: (id: string) => ask<CellDetail>(`/api/cells/${encodeURIComponent(id)}`),

    /** Measurement reports by distance and level. */
    timing: (cell: string) => ask<CellTimingAdvance>(`/api/cells/${encodeURIComponent(cell)}/timing-advance`),

    /** Times in epoch milliseconds of data time. */
    /** `stepSeconds`: how long the pooled periods are; undefined: as the server finds best. */
    series: (cell: string, kpi: string, from: number, to: number, stepSeconds?: number) =>
      ask<Series>(`/api/cells/${encodeURIComponent(cell)}/series`, {
        kpi,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        ...(stepSeconds && { step: String(stepSeconds) }),
      }),

    async alerts(state: 'open' | 'acknowledged' | 'cleared', most = MOST_ALERTS): Promise<Alert[]> {
      const limit = Math.min(most, ALERTS_A_PAGE);
      const answers = await pages<AlertList>(
        '/api/alerts',
        { state, muted: 'all', limit: String(limit) },
        Math.ceil(most / limit),
      );
      return answers.flatMap((answer) => answer.alerts);
    },

    /** Why an alert is there, and what would end it. */
    explanation: (id: string) => ask<AlertExplanation>(`/api/alerts/${encodeURIComponent(id)}/explanation`),

    /** Trades a token for a session cookie, good for the live connection too. */
    openSession: (token: string) =>
      ask<unknown>(
        '/api/session',
        {},
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) },
      ),

    act: (id: string, act: Act, body: AlertAct) =>
      ask<unknown>(
        `/api/alerts/${encodeURIComponent(id)}/${act}`,
        {},
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
      ),
  };
}

export type Api = ReturnType<typeof createApi>;
