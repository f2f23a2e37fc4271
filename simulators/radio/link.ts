// What a signal is good for: bits, quality reports and chance of losing the connection by its ratio to noise.

import type { Radio } from '../../server/model/cell.ts';

/** Bits a second and hertz: a share of Shannon's bound, two streams, up to where modulation ends. */
const SHARE_OF_SHANNON = 0.6;
const STREAMS: Record<Radio, number> = { LTE: 1.7, NR: 2.6, UMTS: 1, GSM: 1 };
const MOST_BITS: Record<Radio, number> = { LTE: 7.4, NR: 11, UMTS: 3.5, GSM: 3 };
/** Half of all connections do not hold at this ratio: −7 dB on the way down, −6 dB up. */
const LOST_DOWN = 0.2;
const LOST_UP = 0.25;

/** bit/s per hertz at a ratio of signal to noise (a factor, not dB). */
export function bitsOf(radio: Radio, ratio: number): number {
  return Math.min(MOST_BITS[radio], STREAMS[radio] * SHARE_OF_SHANNON * Math.log2(1 + ratio));
}

/** Chance 0…1 that the connection does not hold; where one place fails, another ten metres on may do. */
export function lostDown(ratio: number): number {
  return fall(ratio / LOST_DOWN);
}

export function lostUp(ratio: number): number {
  return fall(ratio / LOST_UP);
}

function fall(times: number): number {
  return 1 / (1 + times * times);
}

/** The report that a device would send, 0…15: about two decibels a step from −7 dB on (TS 36.213 table 7.2.3-1 over simulated links). */
export function cqiOf(ratioDb: number): number {
  return Math.min(15, Math.max(0, 1 + (ratioDb + 6.7) / 1.95));
}
