// The doors for stars as functions. The operator's own id of a person goes out in a body alone, never in an address.

import type { FoundSubscriber, PersonStar, StarSummary, StarsAtRisk } from '../../server/api/contract.ts';

export type GroupedBy = 'area' | 'plan' | 'cell';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

export function createStarDoors(ask: Ask) {
  return {
    /** Groups, and each of them by tier. */
    starSummary: (by: GroupedBy) => ask<StarSummary>('/api/stars/summary', { by, across: 'tier' }),

    starsAtRisk: () => ask<StarsAtRisk>('/api/stars/at-risk'),

    /** Throws a `Failure`: 404 when nobody has this pseudonym, 403 when the role does not see single people. */
    star: (pseudonym: string) => ask<PersonStar>(`/api/subscribers/${encodeURIComponent(pseudonym)}/star`),

    /** The pseudonym of the operator's own id. Throws a `Failure`, 404 when nobody has it. */
    findSubscriber: (id: string) =>
      ask<FoundSubscriber>(
        '/api/subscribers/find',
        {},
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) },
      ),
  };
}
