// Reports by distance and level as a planner reads them: indoors, distance or overshoot, and what is too little to tell.

import { describe, expect, it } from 'vitest';
import { PROFILE } from '../../server/coverage/profile.ts';
import { judgeTiming } from '../../server/coverage/timing-advance.ts';
import { levelBin, type TimingBin, type TimingForm, timingBin } from '../../server/model/timing-advance.ts';

/** So many reports at a distance in steps of 78 m and a level. */
const bin = (step: number, dbm: number, samples: number, form: TimingForm = 'reports'): TimingBin => ({
  ...{ form, samples, ts: timingBin(16 * step), dbm: levelBin(dbm) },
});
const judge = (bins: TimingBin[], scenario = 'urban') => judgeTiming(bins, { scenario, radio: 'LTE' }, PROFILE);

describe('counts by distance and level', () => {
  it('weak and near are indoors', () => {
    const told = judge([bin(1, -113, 300), bin(2, -90, 700), bin(20, -95, 10)]);
    expect(told).toMatchObject({ verdict: 'indoor', form: 'reports', samples: 1010, weakDbm: -110, nearM: 500 });
    expect(told.weakNear.share).toBeCloseTo(300 / 1010);
    expect(told.weakNear.low).toBeLessThan(told.weakNear.share);
    expect(told.why).toMatchObject({ code: 'timing-indoor', values: { sharePct: 30, samples: 1010, nearM: 500 } });
  });

  it('weak and far are distance, and how far is far follows the surroundings', () => {
    const bins = [bin(10, -118, 300), bin(2, -90, 700)];
    expect(judge(bins).verdict).toBe('distance');
    expect(judge(bins, 'rural')).toMatchObject({ verdict: 'indoor', weakDbm: -115, nearM: 3000 });
  });

  it('weak in both are named by the larger part', () => {
    expect(judge([bin(1, -113, 80), bin(10, -118, 90), bin(2, -90, 830)])).toMatchObject({ verdict: 'distance' });
  });

  it('strong and far are overshoot, against the distance that the cell has on average', () => {
    const told = judge([bin(2, -85, 900), bin(60, -95, 100)]);
    expect(told).toMatchObject({ verdict: 'overshoot', why: { code: 'timing-overshoot' } });
    expect(told.strongFar).toMatchObject({ samples: 100, share: 0.1 });
    expect(told.farM).toBeGreaterThan(2 * told.meanM);
  });

  it('are good, or too few to tell', () => {
    expect(judge([bin(2, -85, 900), bin(4, -112, 20)]).verdict).toBe('good');
    expect(judge([bin(2, -120, 19)])).toMatchObject({ verdict: 'few', why: { values: { leastSamples: 20 } } });
    expect(judge([])).toMatchObject({ verdict: 'few', form: null, samples: 0 });
    // Two of nineteen and one: chance may have made that share.
    expect(judge([bin(2, -112, 3), bin(2, -85, 18)]).verdict).toBe('good');
  });

  it('of single reports and of the network are the same phones: only those that tell more are judged', () => {
    const statistics: TimingBin[] = [
      { form: 'statistics', ts: [0, 48], dbm: [null, -110], samples: 500 },
      { form: 'statistics', ts: [0, 48], dbm: [-85, -80], samples: 500 },
    ];
    expect(judge([...statistics, bin(2, -85, 900)])).toMatchObject({
      form: 'statistics',
      samples: 1000,
      verdict: 'indoor',
    });
    expect(judge([...statistics, bin(2, -85, 1001)])).toMatchObject({
      form: 'reports',
      samples: 1001,
      verdict: 'good',
    });
    // Nothing is told apart below their lowest edge.
    expect(judge(statistics, 'rural')).toMatchObject({ weakDbm: -110, verdict: 'indoor' });
    expect(judge([{ form: 'statistics', dbm: [-115, -110], samples: 500 }])).toMatchObject({
      samples: 0,
      verdict: 'few',
    });
  });
});
