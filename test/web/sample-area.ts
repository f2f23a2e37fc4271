// One weak area for tests, as the doors answer it.

import type { CoverageArea } from '../../server/api/contract.ts';

export function sampleArea(changes: Partial<CoverageArea> = {}): CoverageArea {
  return {
    id: 'a1',
    rule: 'cluster',
    rules: ['cluster', 'cell'],
    name: 'Ferry Hill, east slope',
    geometry: { type: 'MultiPolygon', coordinates: [] },
    centre: { lat: 36.1, lon: 120.4 },
    operator: null,
    ours: true,
    radio: 'LTE',
    kind: 'mr',
    scenario: 'suburb',
    samples: 9310,
    unmeasured: 212,
    weakShare: 0.38,
    weakShareLow: 0.35,
    weakShareHigh: 0.41,
    weakDbm: -110,
    medianRsrpDbm: -113.2,
    medianSinrDb: 4.2,
    medianDlMbps: null,
    cells: [
      {
        cell: 'ferry-9-B',
        name: 'Ferry Hill 9-B',
        samples: 4655,
        allSamples: 20_000,
        weakShare: 0.4,
        medianRsrpDbm: -112,
        distanceM: 1900,
      },
    ],
    cause: { kind: 'distance', why: 'The best server is 1.9 km away behind the ridge.' },
    remedy: { kind: 'new-site', why: 'No tilt reaches past the ridge.' },
    people: 1240,
    complaints: 21,
    starsAtRisk: 64,
    areaKm2: 1.4,
    priority: 10,
    at: '2026-03-17T13:45:00.000Z',
    since: '2026-03-02T06:00:00.000Z',
    ...changes,
  };
}
