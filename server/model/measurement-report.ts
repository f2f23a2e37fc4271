// A measurement report as its file has it: what a phone told its serving cell, or what the network counted of many.

import type { Radio } from './cell.ts';
import type { TimingBin } from './timing-advance.ts';

/** The serving cell, as the file names it. */
export interface ReportedServer {
  /** Id of the base station. */
  node?: string;
  /** Of the cell: an ECI or NCI, `node-cell`, or the cell's number within its node. */
  object: string;
  radio: Extract<Radio, 'LTE' | 'NR'>;
}

interface Place {
  index?: number;
  line?: number;
  file?: string;
}

/** One measurement of one phone, without anything that says whose. A value that was not measured is absent. */
export interface RawReport extends ReportedServer {
  at: unknown;
  rsrpDbm?: number;
  rsrqDb?: number;
  sinrDb?: number;
  /** Steps of timing advance; how long one is depends on the technology. */
  timingAdvance?: number;
  /** Direction in which the phone was, degrees clockwise from north. */
  arrivalDeg?: number;
  /** Degrees WGS 84, where the phone gave its position. */
  lat?: number;
  lon?: number;
  where: Place;
}

/** Counts that the network made itself over one period. */
export interface RawStatistics extends ReportedServer {
  /** End of the period. */
  at: unknown;
  bins: TimingBin[];
  where: Place;
}
