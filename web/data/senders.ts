// The doors about senders as functions: how each does, what was refused of it, and taking one off the list.

import type { RejectionList, RemovedSource, SourceList } from '../../server/api/contract.ts';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

const SHOWN_REJECTIONS = 20;

export function createSenderDoors(ask: Ask) {
  return {
    sources: () => ask<SourceList>('/api/sources'),

    /** The newest ones of a sender, and its counts by reason. */
    rejections: (source: string) => ask<RejectionList>('/api/rejections', { source, limit: String(SHOWN_REJECTIONS) }),

    /** Throws a `Failure`: 409 while it still sends, 403 when the role may not. */
    removeSource: (id: string) =>
      ask<RemovedSource>(`/api/sources/${encodeURIComponent(id)}`, {}, { method: 'DELETE' }),
  };
}

/** Address of a file with all that is kept of a sender. */
export const rejectionsFile = (source: string) => `/api/rejections?${new URLSearchParams({ source, format: 'csv' })}`;
