// The colours of the six steps of each picture: the hue of weak coverage, or neutral tide; lightness alone orders them.

import { colourOf } from '../../parts/map/gl.ts';
import { type Show, STEPS } from './hexagon-steps.ts';

/** Parts of tide over land, by step of the number of samples. */
const SAMPLE_TINTS = [0.1, 0.22, 0.38, 0.55, 0.75, 1];
/** Where we are ahead of the rival: tide; where neither is: ground; where the rival is: the weak hue. */
const AHEAD_TINTS = [0.6, 0.32];

/** Each step as CSS, for a legend and, read back, for the graphics card. */
export function stepColours(show: Show, token: (name: string) => string): string[] {
  const weak = Array.from({ length: STEPS }, (_, step) => token(`weak-${step}`));
  if (show === 'weak' || show === 'level') return weak;
  const tide = (part: number) => mix(token('land'), token('tide'), part);
  if (show === 'samples') return SAMPLE_TINTS.map(tide);
  return [...AHEAD_TINTS.map(tide), weak[0]!, weak[2]!, weak[3]!, weak[5]!];
}

/** `#rrggbb` between two others. */
function mix(from: string, to: string, part: number): string {
  const [a, b] = [colourOf(from), colourOf(to)];
  const hex = (value: number) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${a.map((value, channel) => hex(value + (b[channel]! - value) * part)).join('')}`;
}
