// What the doors answer about the detector itself: how it keeps to its budget, what it let pass and why, and what it still learns.

import type { DetectionAnswer } from '../api/contract.ts';
import type { Doors } from '../api/doors.ts';
import { profileWith, shippedRanges } from '../detect/shipped-profile.ts';
import type { House } from '../house.ts';
import { localDays } from '../maths/local-days.ts';
import type { DetectionSettings } from '../model/detection.ts';
import { iso } from './answers.ts';

/** Five figures are more than is known. */
const FIGURES = 4;

export function createDetectionDoors({
  config,
  detect,
  live,
}: Pick<House, 'config' | 'detect' | 'live'>): Pick<Doors, 'detection'> {
  const { highestLine } = profileWith(config.detection);
  const settings = changed(config.detection);
  const calendar = localDays(config.zone);
  return {
    async detection(): Promise<DetectionAnswer> {
      const { budget, excused, learning } = await detect.report();
      const { cells, met, daysToGo } = budget;
      const { dataAt } = live.present;
      const until = daysToGo && dataAt ? calendar.day(calendar.numberOf(dataAt) + daysToGo).from : null;
      const rates = {
        allowedPerDay: figure(budget.allowed),
        begunPerDay: budget.begun === null ? null : figure(budget.begun),
        expectedByChancePerDay: budget.expectedByChance === null ? null : figure(budget.expectedByChance),
      };
      return {
        detector: detect.version,
        settings,
        budget: {
          ...{ cells, ...rates, line: figure(budget.line), highestLine, met },
          ...{ days: figure(budget.days), learnsUntil: until === null ? null : iso(until) },
        },
        excused,
        learning,
      };
    },
  };
}

function changed(settings: DetectionSettings): DetectionAnswer['settings'] {
  const ranges = shippedRanges();
  const names = Object.keys(settings).sort();
  return names.map((name) => ({ name, value: settings[name]!, shipped: ranges.get(name)!.standard }));
}

const figure = (value: number) => Number(value.toPrecision(FIGURES));
