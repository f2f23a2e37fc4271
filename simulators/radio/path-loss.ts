// How a signal weakens with distance: the four path loss models of TR 38.901 with and without line of sight, and walls; decibels out.

/** Urban macro (antennas above the roofs), urban micro (below them), rural macro, and inside a building. */
export type PathModel = 'UMa' | 'UMi' | 'RMa' | 'InH';

export interface Path {
  model: PathModel;
  /** Along the ground. */
  distanceM: number;
  heightM: number;
  frequencyMhz: number;
  /** Height of the houses around, asked for by the rural model: 5 in villages, 7 in suburbs. */
  housesM?: number;
}

export const DEVICE_HEIGHT_M = 1.5;
const WAVE_M_AT_1_MHZ = 299.792458;
const STREET_M = 20;
/** Nearest distance at which the formulas hold (table 7.4.1-1, notes). */
const NEAREST_M: Record<PathModel, number> = { UMa: 10, UMi: 10, RMa: 10, InH: 1 };
/** Spread of the shadows in dB: line of sight, none (table 7.4.1-1). */
export const SHADOW_DB: Record<PathModel, readonly [los: number, nlos: number]> = {
  UMa: [4, 6],
  UMi: [4, 7.8],
  RMa: [4, 8],
  InH: [3, 8],
};

/** Chance that a device at street height sees the antenna, 0…1: TR 38.901 table 7.4.2-1 (indoor: mixed office). */
export function losChance(model: PathModel, distanceM: number): number {
  switch (model) {
    case 'UMa':
      return distanceM <= 18 ? 1 : 18 / distanceM + Math.exp(-distanceM / 63) * (1 - 18 / distanceM);
    case 'UMi':
      return distanceM <= 18 ? 1 : 18 / distanceM + Math.exp(-distanceM / 36) * (1 - 18 / distanceM);
    case 'RMa':
      return distanceM <= 10 ? 1 : Math.exp(-(distanceM - 10) / 1000);
    case 'InH':
      if (distanceM <= 1.2) return 1;
      return distanceM < 6.5 ? Math.exp(-(distanceM - 1.2) / 4.7) : 0.32 * Math.exp(-(distanceM - 6.5) / 32.6);
  }
}

/** Loss with the antenna in sight, dB: TR 38.901 table 7.4.1-1, LOS rows. */
export function losLossDb({ model, distanceM, heightM, frequencyMhz, housesM = 5 }: Path): number {
  const far = Math.max(NEAREST_M[model], distanceM);
  const rise = heightM - DEVICE_HEIGHT_M;
  const d = Math.sqrt(far * far + rise * rise);
  const logD = Math.log10(d);
  const fc20 = 20 * Math.log10(frequencyMhz / 1000);
  if (model === 'InH') return 32.4 + 17.3 * logD + fc20;
  if (model === 'RMa') return ruralLosDb(d, heightM, frequencyMhz, housesM);
  // One metre of the effective environment is taken off both heights (note 1).
  const breakM = (4 * (heightM - 1) * (DEVICE_HEIGHT_M - 1) * frequencyMhz) / WAVE_M_AT_1_MHZ;
  const [start, slope, correction] = model === 'UMa' ? [28, 22, 9] : [32.4, 21, 9.5];
  if (far <= breakM) return start + slope * logD + fc20;
  return start + 40 * logD + fc20 - correction * Math.log10(breakM * breakM + rise * rise);
}

function ruralLosDb(d: number, heightM: number, frequencyMhz: number, housesM: number): number {
  const roofs = housesM ** 1.72;
  const near = (m: number) =>
    20 * Math.log10((40 * Math.PI * m * (frequencyMhz / 1000)) / 3) +
    Math.min(0.03 * roofs, 10) * Math.log10(m) -
    Math.min(0.044 * roofs, 14.77) +
    0.002 * Math.log10(housesM) * m;
  const breakM = (2 * Math.PI * heightM * DEVICE_HEIGHT_M * frequencyMhz) / WAVE_M_AT_1_MHZ;
  return d <= breakM ? near(d) : near(breakM) + 40 * Math.log10(d / breakM);
}

/** Loss without sight of the antenna, dB, never below that with it: TR 38.901 table 7.4.1-1, NLOS rows. */
export function nlosLossDb(path: Path): number {
  const { model, distanceM, heightM, frequencyMhz, housesM = 5 } = path;
  const rise = heightM - DEVICE_HEIGHT_M;
  const far = Math.max(NEAREST_M[model], distanceM);
  const logD = Math.log10(Math.sqrt(far * far + rise * rise));
  const logF = Math.log10(frequencyMhz / 1000);
  return Math.max(losLossDb(path), blockedDb(model, logD, logF, heightM, housesM));
}

function blockedDb(model: PathModel, logD: number, logF: number, heightM: number, housesM: number): number {
  switch (model) {
    case 'UMa':
      return 13.54 + 39.08 * logD + 20 * logF;
    case 'UMi':
      return 22.4 + 35.3 * logD + 21.3 * logF;
    case 'InH':
      return 17.3 + 38.3 * logD + 24.9 * logF;
    case 'RMa': {
      const logH = Math.log10(heightM);
      const device = 3.2 * Math.log10(11.75 * DEVICE_HEIGHT_M) ** 2 - 4.97;
      return (
        161.04 -
        7.1 * Math.log10(STREET_M) +
        7.5 * Math.log10(housesM) -
        (24.37 - 3.7 * (housesM / heightM) ** 2) * logH +
        (43.42 - 3.1 * logH) * (logD - 3) +
        20 * logF -
        device
      );
    }
  }
}

/** Loss of the outer wall, dB: TR 38.901 table 7.4.3-2, the model of ordinary houses (concrete, and plain glass for windows). */
export function wallLossDb(frequencyMhz: number): number {
  const f = frequencyMhz / 1000;
  const glass = 10 ** (-(2 + 0.2 * f) / 10);
  const concrete = 10 ** (-(5 + 4 * f) / 10);
  return 5 - 10 * Math.log10(0.3 * glass + 0.7 * concrete);
}

/** Loss over water in plain sight, dB: UMa LOS with the break point of a flat mirror, beyond which the wave from the water cancels the direct one. */
export function seaLossDb(distanceM: number, heightM: number, frequencyMhz: number): number {
  const d = Math.hypot(Math.max(35, distanceM), heightM - DEVICE_HEIGHT_M);
  const logD = Math.log10(d);
  const fc20 = 20 * Math.log10(frequencyMhz / 1000);
  const breakM = (4 * heightM * DEVICE_HEIGHT_M * frequencyMhz) / WAVE_M_AT_1_MHZ;
  if (d <= breakM) return 28 + 22 * logD + fc20;
  return 28 + 40 * logD + fc20 - 9 * Math.log10(breakM ** 2 + (heightM - DEVICE_HEIGHT_M) ** 2);
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
