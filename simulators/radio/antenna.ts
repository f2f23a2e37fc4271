// What an antenna sends where: its beam by azimuth and tilt, and the power that one piece of its carrier gets.

import type { Radio } from '../../server/model/cell.ts';

/** Widths at half power, and the least that leaks to the side, up and behind (TR 38.901 table 7.3-1; heights of macro antennas are about 8°, not the 65° of one element). */
const WIDE_DEG = 65;
const HIGH_DEG = 8;
const BEHIND_DB = 25;
const ABOVE_DB = 20;

/** Gain of the beam's middle: sector antennas, the arrays of NR, and the ceiling antennas of buildings. */
const GAIN_DB = { sector: 17, array: 21, ceiling: 3 } as const;

/** Gain lost off the middle of the beam, dB ≤ 0. */
export function patternDb(offAzimuthDeg: number, offTiltDeg: number): number {
  const side = 12 * (offAzimuthDeg / WIDE_DEG) ** 2;
  return -Math.min(BEHIND_DB, Math.min(BEHIND_DB, side) - heightDb(offTiltDeg));
}

/** The part of it that is owed to height alone, dB ≤ 0. */
export function heightDb(offTiltDeg: number): number {
  return -Math.min(ABOVE_DB, 12 * (offTiltDeg / HIGH_DEG) ** 2);
}

export function gainDb(radio: Radio, isIndoor = false): number {
  return isIndoor ? GAIN_DB.ceiling : radio === 'NR' ? GAIN_DB.array : GAIN_DB.sector;
}

/** Subcarriers in use: blocks of 180 kHz (LTE) and of 360 kHz (NR at 30 kHz), guard bands left out; older radios as if they had LTE's. */
export function subcarriers(radio: Radio, bandwidthMhz: number): number {
  return radio === 'NR' ? (bandwidthMhz / 100) * 273 * 12 : (bandwidthMhz / 20) * 100 * 12;
}

/** Power of one resource element at the antenna's best angle, dBm: what RSRP is measured on. */
export function elementPowerDbm(radio: Radio, powerDbm: number, bandwidthMhz: number, isIndoor = false): number {
  return powerDbm - 10 * Math.log10(subcarriers(radio, bandwidthMhz)) + gainDb(radio, isIndoor);
}
