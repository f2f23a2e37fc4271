// How each hexagon is drawn: one of six steps of lightness, a dot where too little is known, a hatch where a fault speaks.

import type { CoverageHexagons } from '../../../server/api/contract.ts';

export const SHOWS = ['weak', 'level', 'samples', 'rival'] as const;
export type Show = (typeof SHOWS)[number];

export const STEPS = 6;
/** After the six steps. */
export const NOT_KNOWN_CODE = 6;
export const NOT_JUDGED_CODE = 7;

/** Lower bounds of steps 1 to 5, as shares. */
const WEAK_FROM = [0.05, 0.1, 0.2, 0.35, 0.5];
const SAMPLES_FROM = [20, 100, 500, 2_000, 10_000];
/** Decibels above the line at which steps 1 to 5 begin. */
const LEVEL_FROM = [15, 10, 5, 0, -5];
/** Shares by which the rival is ahead, where steps 1 to 5 begin; below zero we are. */
const BEHIND_FROM = [-0.1, -0.05, 0.05, 0.1, 0.2];

const stepOf = (value: number, from: readonly number[]) => from.filter((bound) => value >= bound).length;

/** The step of the weak hue for a share; 0 is below five percent. */
export const weakStep = (share: number) => stepOf(share, WEAK_FROM);

/** The bounds between the steps as numbers of a legend: percent, dBm, samples, points. */
export function boundsOfSteps(show: Show, weakDbm: number): number[] {
  if (show === 'weak') return WEAK_FROM.map((share) => Math.round(share * 100));
  if (show === 'samples') return SAMPLES_FROM;
  if (show === 'level') return LEVEL_FROM.map((above) => weakDbm + above);
  return BEHIND_FROM.map((share) => Math.round(share * 100));
}

/** The code of each hexagon: 0…5 a step, then not known, not judged. Few samples are never good. */
export function codesOf(hexagons: CoverageHexagons, show: Show): Uint8Array {
  const codes = new Uint8Array(hexagons.id.length);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf(hexagons, i, show);
  return codes;
}

function codeOf(hexagons: CoverageHexagons, i: number, show: Show): number {
  const samples = hexagons.samples[i]!;
  if (show === 'samples') return samples > 0 ? stepOf(samples, SAMPLES_FROM) : NOT_KNOWN_CODE;
  if (hexagons.notJudged[i]) return NOT_JUDGED_CODE;
  const median = hexagons.medianRsrpDbm[i] ?? null;
  if (samples < hexagons.leastSamples || median === null) return NOT_KNOWN_CODE;
  if (show === 'weak') return stepOf(hexagons.weakShare[i]!, WEAK_FROM);
  // A level at the line is weak: the lower the level, the higher the step.
  if (show === 'level') return LEVEL_FROM.filter((above) => median <= hexagons.weakDbm + above).length;
  const difference = hexagons.rivalDifference[i] ?? null;
  return difference === null ? NOT_KNOWN_CODE : stepOf(-difference, BEHIND_FROM);
}

/** Hexagons that have too few samples to say anything. */
export function countUnknown(hexagons: CoverageHexagons): number {
  return hexagons.samples.filter((samples) => samples < hexagons.leastSamples).length;
}
