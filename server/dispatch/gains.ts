// What a visit gains by kind of fault, as a table that an operator can read and doubt. All *default*.

import { type AlertRecord, isCreeping } from '../model/alert.ts';
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
  interference: { loss: 0.3, mends: 0.5, parts: ['analyser', 'connectors'] },
  clock: { loss: 0.5, mends: 0.7, parts: ['clock-antenna'] },
  // More capacity is planned and built: nobody drives there for it.
  congestion: { loss: 0.2, mends: 0, parts: [] },
  other: { loss: 0.5, mends: 0.4, parts: ['laptop'] },
};

/** How much open trouble takes that equipment itself reports, or that is out of line. */
const LOSS_OF_ALARM: Record<Severity, number> = {
  critical: 1,
  major: 0.4,
  minor: 0.1,
  warning: 0.02,
  indeterminate: 0.1,
  cleared: 0,
};

/** Equipment that the likely cause of an alert points at; null: nobody has to drive to this site for it. */
const MODES: Readonly<Record<string, FaultMode | null>> = {
  ...{ battery: 'battery', cooling: 'cooling', feeder: 'feeder', antenna: 'feeder', light: 'optics' },
  ...{ transport: 'backhaul', hardware: 'hardware', clock: 'clock' },
  // Noise that began at once comes from outside the network: nobody finds it at this site.
  interference: null,
  // It is elsewhere, goes by itself, is planned for, or is set from afar.
  ...{ 'clock-around': null, duct: null, crowd: null, parameter: null },
};
/** Causes are told by rule: where a cell is only out of line, in so many cases it is what is found there. */
const CAUSE_FITS = 0.7;
/** The same where another site's trouble looks alike: its users come as guests from afar, and its link is shared. */
const OFTEN_ELSEWHERE: Readonly<Record<string, number>> = { antenna: 0.2, transport: 0.2 };

export interface GainOfOpen extends Gain {
  mode: FaultMode;
  /** That it is found there: 1 for what is plainly broken. */
  probability: number;
}

/**
 * Of open trouble: what a visit gains; undefined where none is needed, since it is mended from afar or is none of ours. Where the
 * likely cause points at a part, the visit is for that; what is only out of line is worth a visit for such a part alone.
 */
export function gainOfOpen(alert: AlertRecord): GainOfOpen | undefined {
  const mode = modeOf(alert);
  if (mode === null) return undefined;
  const plain = plainGain(alert);
  if (mode === undefined) return plain && { ...plain, mode: 'other', probability: 1 };
  const { mends, parts } = GAINS[mode];
  if (plain) return { loss: plain.loss, mends, parts: [...new Set([...parts, ...plain.parts])], mode, probability: 1 };
  if (alert.kind !== 'anomaly') return undefined;
  const probability = OFTEN_ELSEWHERE[alert.cause!.code] ?? CAUSE_FITS;
  return { loss: LOSS_OF_ALARM[alert.severity], mends, parts, mode, probability };
}

function modeOf({ cause, foretoldBy, title }: AlertRecord): FaultMode | null | undefined {
  // What grew over days is the site's own: connectors and metal near its antennas.
  const grew = foretoldBy !== undefined || isCreeping({ title });
  return cause?.code === 'interference' && grew ? 'interference' : cause && MODES[cause.code];
}

/** By what is seen alone. */
function plainGain({ kind, title, severity, alarmsOn }: AlertRecord): Gain | undefined {
  if (kind === 'silent') return { loss: 0.8, mends: 0.5, parts: ['laptop', 'generator'] };
  if (kind !== 'fault') return undefined;
  if (alarmsOn !== undefined) return { loss: LOSS_OF_ALARM[severity], mends: 0.5, parts: ['laptop'] };
  // Who sleeps is woken by a restart from afar; only where that fails somebody goes.
  if (title.code === 'title-asleep') return { loss: 1, mends: 0.1, parts: ['laptop'] };
  return { loss: title.code === 'title-partly-down' ? 0.6 : 1, mends: 0.6, parts: ['radio-unit', 'laptop'] };
}
