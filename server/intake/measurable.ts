// What a receiver can measure, by technology: a number outside stands for "not measured" (−200, −164, 0 dBm, −1, …).

import { RADIOS, type Radio } from '../model/cell.ts';
import { SAMPLE_VALUES, type SampleValue } from '../model/sample.ts';

type Range = readonly [low: number, high: number];

/**
 * Level: RSRP TS 36.133 9.1.4, SS-RSRP TS 38.133 10.1.6, RSCP TS 25.133 9.1.1 (its top code, "−25 dBm or more", is shown
 * by phones as −24 when they know nothing), RxLev TS 45.008 8.1.4 with what phones show above it (default).
 */
const LEVEL: Record<Radio, Range> = { LTE: [-140, -44], NR: [-156, -31], UMTS: [-120, -25], GSM: [-115, -30] };
/** Quality: RSRQ TS 36.133 9.1.7 with its extension, SS-RSRQ TS 38.133 10.1.11, Ec/No TS 25.133 9.1.2. GSM has none in dB. */
const QUALITY: Record<Radio, Range> = { LTE: [-34, 2.5], NR: [-43, 20], UMTS: [-24.5, 0], GSM: [Infinity, Infinity] };
/** SS-SINR and RS-SINR, TS 38.133 10.1.16 and TS 36.133 9.1.17. */
const SINR: Range = [-23, 40];
/** More than any radio link carries (default); a rate of zero is one. */
const RATE: Range = [0, 100_000];
/** A tenth of a millisecond to ten minutes (default); a time of nothing is none. */
const LATENCY: Range = [0.1, 600_000];

function rangeOf(value: SampleValue, radio: Radio | undefined): Range {
  switch (value) {
    case 'rsrpDbm':
      return radio ? LEVEL[radio] : widest(LEVEL);
    case 'rsrqDb':
      return radio ? QUALITY[radio] : widest(QUALITY);
    case 'sinrDb':
      return SINR;
    case 'latencyMs':
      return LATENCY;
    default:
      return RATE;
  }
}

/** For a sample whose technology nobody names. */
function widest(ranges: Record<Radio, Range>): Range {
  const finite = Object.values(ranges).filter(([low]) => Number.isFinite(low));
  return [Math.min(...finite.map(([low]) => low)), Math.max(...finite.map(([, high]) => high))];
}

const RANGES = new Map<Radio | undefined, readonly Range[]>(
  [...RADIOS, undefined].map((radio) => [radio, SAMPLE_VALUES.map((value) => rangeOf(value, radio))]),
);

/** Whether a receiver of this technology can have measured `number`; `value` is a place in SAMPLE_VALUES. */
export function isMeasurable(value: number, number: number, radio: Radio | undefined): boolean {
  const [low, high] = RANGES.get(radio)![value]!;
  return number >= low && number <= high;
}
