// An alert to begin from in tests of the page.

import type { Alert } from '../../server/api/contract.ts';

export const RAISED_AT = '2026-03-17T13:38:00.000Z';

export function sampleAlert(change: Partial<Alert> = {}): Alert {
  return {
    id: 'a1',
    kind: 'anomaly',
    audience: 'noc',
    severity: 'major',
    state: 'open',
    scope: 'cell',
    cells: ['harbour-7-b'],
    siteId: 'harbour-7',
    kpi: 'drop_rate_pct',
    raisedAt: RAISED_AT,
    changedAt: RAISED_AT,
    toldAt: RAISED_AT,
    count: 2,
    title: 'Old Harbour 7-B: calls drop 5× as often',
    evidence: { observed: 2.1, expected: 0.3, low: 0.2, high: 0.5, score: 0.9, attempts: 1824 },
    why: '38 of 1,824 calls dropped; at this hour 4 to 9 usually do.',
    wouldClear: 'Two periods inside the usual range.',
    history: [{ at: RAISED_AT, what: 'raised' }],
    ...change,
  };
}
