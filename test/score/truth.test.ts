// The answer key, read: times become numbers, the whole network its cells, what is missing its plain meaning.

import { expect, it } from 'vitest';
import { readTruth } from './truth.ts';

const UNTIL = Date.UTC(2026, 1, 9);
const PLACED = ['a', 'b'].map((id) => ({ id, siteId: 's' }));
const HEAD = { seed: 3, periodSeconds: 900, from: '2026-01-05T00:00:00.000Z', liveFrom: '2026-02-09T00:00:00.000Z' };

it('reads faults, false precursors, nuisances of the whole network, renames and the ceiling', () => {
  const written = {
    ...HEAD,
    scenario: 'mixed',
    faults: [
      {
        ...{ id: 'feeder-1', kind: 'feeder', cells: ['a'], siteId: 's', hurts: true },
        ...{ onset: '2026-01-20T00:00:00.000Z', hurtsFrom: '2026-01-21T00:00:00.000Z', repair: null },
        precursorFrom: '2026-01-19T00:00:00.000Z',
        disturbs: ['b'],
      },
    ],
    falsePrecursors: [
      { id: 'f', kind: 'feeder', cells: ['b'], from: '2026-01-20T00:00:00.000Z', until: '2026-01-22T00:00:00.000Z' },
    ],
    nuisances: [
      { id: 'n', kind: 'holiday', cells: ['*'], from: '2026-01-20T00:00:00.000Z', until: '2026-01-22T00:00:00.000Z' },
    ],
    renames: [
      { from: 'a', to: 'a2', at: '2026-01-20T00:00:00.000Z' },
      { from: 'a2', to: 'a3', at: '2026-01-21T00:00:00.000Z' },
    ],
    ceiling: { detectable: 1, of: 1, foretellable: 1, ofHurting: 1 },
  };
  const truth = readTruth(JSON.stringify(written), PLACED);
  expect(truth.faults[0]).toEqual({
    ...{ id: 'feeder-1', kind: 'feeder', cells: ['a'], disturbs: ['b'], repair: UNTIL },
    ...{ onset: Date.UTC(2026, 0, 20), hurtsFrom: Date.UTC(2026, 0, 21), precursorFrom: Date.UTC(2026, 0, 19) },
  });
  expect(truth.sites.get('b')).toBe('s');
  expect(truth.nuisances[0]!.cells).toEqual(['a', 'b']);
  expect(truth.falsePrecursors).toHaveLength(1);
  expect(truth.renames.get('a3')).toBe('a');
  expect(truth.ceiling?.ofHurting).toBe(1);
});

it('a small key has no name, no renames and no ceiling, and what is never repaired lasts to the end', () => {
  const faults = [{ kind: 'outage', cells: ['a'], onset: '2026-01-20T00:00:00.000Z', repair: null }];
  const truth = readTruth(JSON.stringify({ ...HEAD, faults }), PLACED);
  expect(truth).toMatchObject({ scenario: 'default', ceiling: undefined, nuisances: [], falsePrecursors: [] });
  expect(truth.faults[0]).toMatchObject({ id: 'outage-1', repair: UNTIL, hurtsFrom: null, precursorFrom: null });
});
