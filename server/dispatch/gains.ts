// What a visit gains by kind of fault, as a table that an operator can read and doubt. All *default*.

import type { AlertRecord } from '../model/alert.ts';
import type { Severity } from '../model/health.ts';
import type { FaultMode } from '../model/prediction.ts';
import type { Part } from '../model/visit.ts';

export interface Gain {
  /** Share of their service that people on the cells lose when it is there, 0…1. */
  loss: number;
  /** Of visits in time, so many mend or prevent it, 0…1. */
  mends: number;
  parts: readonly Part[];
}

export const GAINS: Record<FaultMode, Gain> = {
  battery: { loss: 1, mends: 0.9, parts: ['generator'] },
  cooling: { loss: 0.6, mends: 0.8, parts: ['fan', 'filter'] },
  feeder: { loss: 0.4, mends: 0.85, parts: ['analyser', 'connectors'] },
  optics: { loss: 0.6, mends: 0.8, parts: ['power-meter', 'transceiver'] },
  backhaul: { loss: 0.6, mends: 0.5, parts: ['link-tester'] },
  hardware: { loss: 1, mends: 0.8, parts: ['radio-unit', 'laptop'] },
  clock: { loss: 0.5, mends: 0.7, parts: ['clock-antenna'] },
  // More capacity is planned and built: nobody drives there for it.
  congestion: { loss: 0.2, mends: 0, parts: [] },
  other: { loss: 0.5, mends: 0.4, parts: ['laptop'] },
};

/** How much an open trouble takes that equipment itself reports. */
const LOSS_OF_ALARM: Record<Severity, number> = {
  critical: 1,
  major: 0.4,
  minor: 0.1,
  warning: 0.02,
  indeterminate: 0.1,
  cleared: 0,
};

/** Of an open fault: what a visit gains; undefined where none is needed, since it is mended from afar or is none of ours. */
export function gainOfOpen({ kind, title, severity, alarmsOn }: AlertRecord): Gain | undefined {
  if (kind === 'silent') return { loss: 0.8, mends: 0.5, parts: ['laptop', 'generator'] };
  if (kind !== 'fault') return undefined;
  if (alarmsOn !== undefined) return { loss: LOSS_OF_ALARM[severity], mends: 0.5, parts: ['laptop'] };
  // Who sleeps is woken by a restart from afar; only where that fails somebody goes.
  if (title.code === 'title-asleep') return { loss: 1, mends: 0.1, parts: ['laptop'] };
  return { loss: title.code === 'title-partly-down' ? 0.6 : 1, mends: 0.6, parts: ['radio-unit', 'laptop'] };
}
