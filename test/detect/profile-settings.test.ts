// Other settings of a detector's profile: each is checked by name and range, and findings name the profile they came of.

import { describe, expect, test } from 'vitest';
import { settingRanges, withSettings } from '../../server/detect/profile-settings.ts';

const PROFILE = {
  id: '7',
  bandSigmas: 6,
  downShare: 0.1,
  confirmPeriods: 2,
  leastUsers: 3,
  mostCells: 100,
  limits: {},
};

describe('settings of a profile', () => {
  test('make a profile of their own, whose name tells them in one order', () => {
    const changed = {
      profile: { ...PROFILE, bandSigmas: 5, confirmPeriods: 3, id: '7+bandSigmas=5+confirmPeriods=3' },
    };
    expect(withSettings(PROFILE, { confirmPeriods: 3, bandSigmas: 5 })).toEqual(changed);
    expect(withSettings(PROFILE, {})).toEqual({ profile: PROFILE });
  });

  test('are bounded by what their unit can be', () => {
    expect(withSettings(PROFILE, { downShare: 1.5 })).toEqual({
      problem: 'downShare is 1.5: give a number from 0 to 1',
    });
    expect(withSettings(PROFILE, { confirmPeriods: 1.5 })).toEqual({
      problem: 'confirmPeriods is 1.5: give a whole number from 1 to 255',
    });
    expect(withSettings(PROFILE, { leastUsers: 31 })).toEqual({
      problem: 'leastUsers is 31: give a number from 0.3 to 30',
    });
    expect(withSettings(PROFILE, { bandSigmas: Number.NaN })).toHaveProperty('problem');
  });

  test('that are none, or that bound the memory, are refused with those there are', () => {
    for (const name of ['bandSigma', 'mostCells', 'id', 'limits', 'toString', '__proto__'])
      expect(withSettings(PROFILE, Object.fromEntries([[name, 5]]))).toEqual({
        problem: `"${name}" is no setting of the profile: bandSigmas, downShare, confirmPeriods, leastUsers`,
      });
  });

  test('all that ship lie within their own range', () => {
    for (const { standard, least, most } of settingRanges(PROFILE).values()) {
      expect(standard).toBeGreaterThanOrEqual(least);
      expect(standard).toBeLessThanOrEqual(most);
    }
  });
});
