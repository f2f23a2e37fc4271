// A radio sample: one measurement at one place; one by one as senders write it, and by columns as it travels.

import type { Radio } from './cell.ts';
import type { TimingCount } from './timing-advance.ts';

/** Where a sample comes from. Kinds and technologies are never pooled. */
export const SAMPLE_KINDS = ['mr', 'mdt', 'drive', 'app'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** One measurement. A value that was not measured is absent. */
export interface Sample {
  /** Data time, epoch milliseconds. */
  at: number;
  /** Degrees WGS 84. */
  lat: number;
  lon: number;
  /** Id of the serving cell: of the inventory where it is known there, else as the sender named it. */
  cell?: string;
  /** Network operator, name or PLMN; absent: ours. */
  operator?: string;
  /** Absent: the sender named none, and the inventory does not know the cell. */
  radio?: Radio;
  band?: string;
  kind?: SampleKind;
  /** Received level of the serving cell: RSRP (LTE), SS-RSRP (NR), RSCP (UMTS), RxLev (GSM), dBm. */
  rsrpDbm?: number;
  rsrqDb?: number;
  sinrDb?: number;
  dlMbps?: number;
  ulMbps?: number;
  latencyMs?: number;
  indoor?: boolean;
}

/** Code of "not named" in the byte columns of a batch. */
export const NOT_NAMED = 255;

/** The measured values of a sample, in the order in which they are kept. */
export const SAMPLE_VALUES = ['rsrpDbm', 'rsrqDb', 'sinrDb', 'dlMbps', 'ulMbps', 'latencyMs'] as const;
export type SampleValue = (typeof SAMPLE_VALUES)[number];

/**
 * Many samples by columns, as they stand in the journal. NaN means not measured. The place is an H3 hexagon, already
 * binned: resolution 12 (some 20 m across) where a receiver gave the position, 9 where timing advance did (`mr`).
 */
export interface SampleBatch {
  /** Sender: door, and the name in the file or `?source=`. */
  source: string;
  /** Wall time of arrival, epoch milliseconds. */
  receivedAt: number;
  /** SHA-256 of the delivery (hex) and its part, `…#0`: the same delivery again is known by it and counts once. */
  digest: string;
  rows: number;
  /** Distinct names of this batch that the columns point into. */
  cells: string[];
  operators: string[];
  bands: string[];
  /** Data time, epoch milliseconds. */
  at: Float64Array;
  /** H3 index. */
  hex: BigUint64Array;
  /** Indexes into the names above; −1 where there is none. */
  cell: Int32Array;
  operator: Int32Array;
  band: Int32Array;
  /** Index into RADIOS, or NOT_NAMED. */
  radio: Uint8Array;
  /** Index into SAMPLE_KINDS, or NOT_NAMED. */
  kind: Uint8Array;
  /** 0 outdoors, 1 indoors, or NOT_NAMED. */
  indoor: Uint8Array;
  /** One column for each of SAMPLE_VALUES, in that order. */
  values: Float32Array[];
  /** What measurement reports add to the tables of their cells by distance and level; also of those without a place. */
  timing?: TimingCount[];
}
