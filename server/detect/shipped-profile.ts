// The detector's profile that ships, and with settings of a deployment or of a backtest.

import type { DetectionSettings } from '../model/detection.ts';
import { SEASONAL_5, type SeasonalProfile } from './detectors/seasonal/profile.ts';
import { settingRanges, withSettings } from './profile-settings.ts';

const SHIPPED = SEASONAL_5;

/** What is wrong with settings; undefined when nothing is. */
export function problemOf(settings: DetectionSettings): string | undefined {
  const changed = withSettings(SHIPPED, settings);
  return 'problem' in changed ? changed.problem : undefined;
}

export const shippedRanges = () => settingRanges(SHIPPED);

/** Throws a RangeError when a setting is none of the profile's, or out of its range. */
export function profileWith(settings: DetectionSettings): SeasonalProfile {
  const changed = withSettings(SHIPPED, settings);
  if ('problem' in changed) throw new RangeError(changed.problem);
  return changed.profile;
}

/** Those that differ from what ships: a setting named with its own value is none. */
export function differing(settings: DetectionSettings): DetectionSettings {
  const ranges = shippedRanges();
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => ranges.get(name)?.standard !== value));
}
