// The doors for predictions as functions: what is expected, how good that was, what was found, and the visits of a day.

import type {
  DispatchAnswer,
  ModelList,
  PredictionList,
  PredictionRecord,
  PredictionRow,
  RollbackAsk,
  VisitAct,
} from '../../server/api/contract.ts';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

export interface PredictionsAsked {
  state: 'open' | 'settled';
  mode?: string;
  cursor?: string;
}

const PREDICTIONS_A_PAGE = '50';

export function createPredictionDoors(ask: Ask) {
  return {
    list: ({ state, mode, cursor }: PredictionsAsked) =>
      ask<PredictionList>('/api/predictions', {
        ...{ state, limit: PREDICTIONS_A_PAGE },
        ...(mode && { mode }),
        ...(cursor && { cursor }),
      }),
    record: () => ask<PredictionRecord>('/api/predictions/record'),
    models: () => ask<ModelList>('/api/models'),
    train: () => ask<ModelList>('/api/models/train', {}, { method: 'POST' }),
    /** Throws a `Failure`: 409 when there is no such version. */
    rollBack: (asked: RollbackAsk) => ask<ModelList>('/api/models/rollback', {}, posted(asked)),
    /** Throws a `Failure`: 409 when somebody has told it before. */
    tellOutcome: (id: string, visit: VisitAct) =>
      ask<PredictionRow>(`/api/predictions/${encodeURIComponent(id)}/outcome`, {}, posted(visit)),
    /** Without a day: today by data time. */
    dispatch: (day: string | undefined, limit: number) =>
      ask<DispatchAnswer>('/api/dispatch', { ...(day && { day }), limit: String(limit) }),
  };
}

const posted = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Where the list of a day can be opened to print, or fetched. */
export function dispatchAddress(form: 'html' | 'csv', day: string | undefined, limit: number, lang: string): string {
  return `/api/dispatch.${form}?${new URLSearchParams({ ...(day && { day }), limit: String(limit), lang })}`;
}
