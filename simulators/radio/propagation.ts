// How a signal weakens on its way: distance, roofs, hills and the pattern of the antenna; numbers in, decibels out.

import type { ScenarioName } from '../world/scenarios.ts';

const DEVICE_HEIGHT_M = 1.5;
const WAVE_M_AT_1_MHZ = 299.792458;
/** Height of the houses and width of the streets that the rural formula asks for; suburbs use it with taller houses. */
const HOUSES_M: Record<Exclude<ScenarioName, 'dense-urban'>, number> = { suburb: 7, rural: 5 };
const STREET_M = 20;
/** The houses of this city are lower, and its streets wider, than those the urban formula was measured among. */
const LOW_HOUSES_DB = 13;
/** Below this the formulas do not hold. */
const NEAREST_M = 35;

/**
 * Median loss without line of sight, dB: 3GPP TR 38.901 table 7.4.1-1, UMa NLOS in dense urban places and RMa NLOS
 * elsewhere, never below the loss in free space.
 */
export function pathLossDb(scenario: ScenarioName, distanceM: number, heightM: number, frequencyMhz: number): number {
  const d = Math.hypot(Math.max(NEAREST_M, distanceM), heightM - DEVICE_HEIGHT_M);
  const logD = Math.log10(d);
  const logF = Math.log10(frequencyMhz / 1000);
  const free = 32.45 + 20 * (logD + logF);
  if (scenario === 'dense-urban') return Math.max(free, 13.54 + 39.08 * logD + 20 * logF - LOW_HOUSES_DB);
  const houses = HOUSES_M[scenario];
  const logH = Math.log10(heightM);
  const loss =
    161.04 -
    7.1 * Math.log10(STREET_M) +
    7.5 * Math.log10(houses) -
    (24.37 - 3.7 * (houses / heightM) ** 2) * logH +
    (43.42 - 3.1 * logH) * (logD - 3) +
    20 * logF;
  return Math.max(free, loss);
}

/**
 * Loss over water in plain sight, dB: TR 38.901 UMa LOS, with its break point beyond which the wave from the water
 * cancels the direct one.
 */
export function seaLossDb(distanceM: number, heightM: number, frequencyMhz: number): number {
  const d = Math.hypot(Math.max(NEAREST_M, distanceM), heightM - DEVICE_HEIGHT_M);
  const logD = Math.log10(d);
  const logF = Math.log10(frequencyMhz / 1000);
  const breakM = (4 * heightM * DEVICE_HEIGHT_M * frequencyMhz) / WAVE_M_AT_1_MHZ;
  if (d <= breakM) return 28 + 22 * logD + 20 * logF;
  return 28 + 40 * logD + 20 * logF - 9 * Math.log10(breakM ** 2 + (heightM - DEVICE_HEIGHT_M) ** 2);
}

/** How steeply a sharp crest shades what lies behind it, dB: ITU-R P.526, one knife edge; at most 30. */
export function crestLossDb(
  heightM: number,
  antennaM: number,
  toCrestM: number,
  behindM: number,
  frequencyMhz: number,
): number {
  const before = Math.max(1, toCrestM);
  const behind = Math.max(1, behindM);
  const lineM = antennaM + ((DEVICE_HEIGHT_M - antennaM) * before) / (before + behind);
  const wave = WAVE_M_AT_1_MHZ / frequencyMhz;
  const v = (heightM - lineM) * Math.sqrt((2 * (before + behind)) / (wave * before * behind));
  if (v <= -0.78) return 0;
  return Math.min(30, 6.9 + 20 * Math.log10(Math.sqrt((v - 0.1) ** 2 + 1) + v - 0.1));
}

/** Gain lost off the middle of the beam, dB ≤ 0: TR 38.901 table 7.3-1, 65° wide and 8° high, at most 25 behind. */
export function patternDb(offAzimuthDeg: number, offTiltDeg: number): number {
  const side = Math.min(25, 12 * (offAzimuthDeg / 65) ** 2);
  const up = Math.min(20, 12 * (offTiltDeg / 8) ** 2);
  return -Math.min(25, side + up);
}

/** Power for one resource element at the antenna's best angle, dBm: what RSRP is measured on. */
export function elementPowerDbm(radio: string, powerDbm: number, bandwidthMhz: number): number {
  // 12 subcarriers to a block; blocks of 180 kHz (LTE), of 360 kHz (NR at 30 kHz), with the guard bands left out.
  const elements = radio === 'NR' ? (bandwidthMhz / 100) * 273 * 12 : (bandwidthMhz / 20) * 100 * 12;
  const gainDb = radio === 'NR' ? 21 : 17;
  return powerDbm - 10 * Math.log10(elements) + gainDb;
}
