// Reads the section `detection` of the deployment's file: settings of the detector's profile by name, as a backtest takes them.

import { differing, shippedRanges } from '../detect/shipped-profile.ts';
import type { DetectionSettings } from '../model/detection.ts';
import type { Setting } from './file.ts';

/** `{alertsPerDay: 50, bandSigmas: 5}`; those that are as shipped are left out. Throws ConfigError at the line of a mistake. */
export function readDetection(section: Setting | undefined): DetectionSettings {
  if (!section) return {};
  const entries = section.entries([...shippedRanges().keys()]);
  return differing(Object.fromEntries(entries.map(([name, setting]) => [name, readNumber(name, setting)])));
}

function readNumber(name: string, setting: Setting): number {
  const { least, most, whole } = shippedRanges().get(name)!;
  const value = setting.number(least, most);
  return !whole || Number.isInteger(value) ? value : setting.fail('must be a whole number');
}
