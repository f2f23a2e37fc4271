// Mains fails and the battery carries the site until it is empty; an old battery carries it not at all.

import { DOWN, type Effects, SILENT } from '../effects.ts';
import type { Draft, FaultMaker } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Batteries of ordinary sites, hours. */
const BATTERY_HOURS = [0.75, 6] as const;
/** Where the radios are switched off to save the battery, volts. */
const CUT_OFF_V = 43.2;

/** A 48 V lead battery under load by the part of its charge that is used: a step, a slope, a knee. */
export function batteryVolts(used: number): number {
  return Math.max(CUT_OFF_V, 50.8 - 2.4 * used - 5.2 * used ** 6);
}

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const site = draft.site('power');
  if (!site) return undefined;
  const battery = draft.span(...BATTERY_HOURS);
  if (draft.sign !== 'false')
    return powerLoss(draft, site.cells, battery, draft.span(0.7, 6), draft.random.uniform() < 0.5);
  // Mains is back in time.
  const lasts = draft.whole(battery * draft.random.between(0.4, 0.8));
  const { onset } = draft;
  return draft.falseAlarm('power-loss', {
    cells: site.cells,
    lasts,
    apply: (effects, at) => onBattery(effects, site.cells, (at - onset) / battery),
  });
}

/** `reports`: the cabinet still tells that its radios are dark; else the site falls silent. Durations in milliseconds. */
export function powerLoss(
  draft: Draft,
  cells: readonly number[],
  battery: number,
  lasts: number,
  reports: boolean,
): Fault {
  const { onset } = draft;
  return draft.fault('power-loss', {
    cells,
    lead: battery,
    lasts,
    hurt: 1,
    apply: (effects, at) => {
      onBattery(effects, cells, at < onset ? 1 - (onset - at) / battery : 1);
      if (at >= onset) for (const cell of cells) effects.setState(cell, reports ? DOWN : SILENT);
    },
  });
}

function onBattery(effects: Effects, cells: readonly number[], used: number): void {
  const volts = batteryVolts(used);
  for (const cell of cells) {
    effects.mainsOn[cell] = 0;
    effects.supplyV[cell] = volts;
  }
}

export const POWER_LOSS: FaultMaker = { canBeForetold: true, make };
