// Which readings of equipment lead to a limit, as data: in which direction, how far it is, and how quickly they move.

import type { FaultMode } from '../../../model/prediction.ts';
import type { Manner } from './passage.ts';

export type TrendMode = Extract<FaultMode, 'feeder' | 'cooling' | 'optics' | 'interference'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `later` and `unforeseen` are fitted to training seeds; uplink noise has none, and is taken to go on as it does. */
export interface Signal extends Manner {
  mode: TrendMode;
  kpi: string;
  /** A feeder is one cell's; a cabinet and its line are all cells' of the site, and their mean is judged. */
  scope: 'cell' | 'site';
  /** 1: higher is worse. */
  toward: 1 | -1;
  /** From what is usual to where it fails, in the unit of the KPI, until this network's own faults say otherwise. */
  reach: number;
  /** It is on its way from this part of the reach on … */
  begins: number;
  /** … and as usual again below this. */
  returns: number;
  /** From the limit to the first harm, milliseconds. */
  harmlessMs: number;
  /** No noise is taken to be smaller, in the unit of the KPI. */
  leastScale: number;
  /** One value is made of the readings of so long, or of one period where that is longer. */
  tickMs: number;
  /** Moves with the hour of the day. */
  hasHours: boolean;
  /**
   * What leans towards the limit for a day teaches so much of what is usual: who learns a slow rise as it comes takes its limit to
   * be farther off than it is. 1: all, where weather or wear lean as well.
   */
  learnsLeaning: number;
  /** Values before which nothing is said. */
  warmUp: number;
  /** A course that is younger may be weather, a match or a dawn, and is not judged yet. */
  leastAgeMs: number;
  /** Nobody is told of what is farther off. */
  horizonMs: number;
}

/**
 * Reaches: VSWR from 1.2 to 1.9, where equipment complains (a tenth of the power comes back); a cabinet 22 °C above its
 * usual, where radios throttle; 9 dB of light, the usual margin of a line; 10 dB of uplink noise, which take the outer half
 * of a cell's area (at 35 dB a decade of distance). *Defaults.*
 */
export const SIGNALS: readonly Signal[] = [
  {
    ...{ mode: 'feeder', kpi: 'vswr_ratio', scope: 'cell', toward: 1, reach: 0.7, leastScale: 0.01 },
    ...{ begins: 0.07, returns: 0.035, tickMs: HOUR_MS, hasHours: false, warmUp: 24, horizonMs: 14 * 24 * HOUR_MS },
    ...{ later: 0.5, unforeseen: 0.4, harmlessMs: 2.5 * HOUR_MS, leastAgeMs: 0, learnsLeaning: 1 },
  },
  {
    ...{ mode: 'cooling', kpi: 'temperature_c', scope: 'site', toward: 1, reach: 22, leastScale: 0.5 },
    ...{ begins: 0.09, returns: 0.045, tickMs: 5 * MINUTE_MS, hasHours: true, warmUp: 192 },
    ...{ horizonMs: 3 * 24 * HOUR_MS, later: 1.2, unforeseen: 0.55, harmlessMs: 0, leastAgeMs: 0, learnsLeaning: 1 },
  },
  {
    ...{ mode: 'optics', kpi: 'optical_rx_dbm', scope: 'site', toward: -1, reach: 9, leastScale: 0.1 },
    ...{ begins: 0.1, returns: 0.05, tickMs: HOUR_MS, hasHours: false, warmUp: 24, horizonMs: 14 * 24 * HOUR_MS },
    ...{ later: 0.55, unforeseen: 0.35, harmlessMs: 0, leastAgeMs: 0, learnsLeaning: 1 },
  },
  {
    ...{ mode: 'interference', kpi: 'ul_interference_dbm', scope: 'cell', toward: 1, reach: 10, leastScale: 0.4 },
    ...{ begins: 0.2, returns: 0.1, tickMs: HOUR_MS, hasHours: true, warmUp: 96, horizonMs: 14 * 24 * HOUR_MS },
    ...{ later: 0, unforeseen: 0.5, harmlessMs: 0, leastAgeMs: 36 * HOUR_MS, learnsLeaning: 0.25 },
  },
];
