// Causes by rule, as data: which signs together point to what, and what to do first.

import type { AlertCause } from '../../model/alert.ts';
import type { Cause } from '../../model/explanation.ts';
import type { Said } from '../../model/finding.ts';
import type { Sign } from './signs.ts';

interface Rule {
  /** `words/` says `cause-…` and `repair-…` of it. */
  code: string;
  /** All of them, and at least one of these, and none of those. */
  all?: readonly Sign[];
  any?: readonly Sign[];
  none?: readonly Sign[];
}

/** What comes from outside the cell's own radio and service. */
const OTHER_REASONS: readonly Sign[] = [
  ...(['noise-up', 'level-down', 'quality-down', 'loss-up', 'delay-up', 'light-down'] as const),
  ...(['vswr-up', 'hot', 'users-up', 'blocks-taken', 'mains-off', 'clock-lost', 'off-air'] as const),
];

/**
 * The first that fits is told: what names a part of the equipment stands before what several parts may do. (Practice of the
 * trade; FACTS of TDD: wide noise at dawn is a duct, one site whose neighbours all suffer has lost its clock.)
 */
export const CAUSES: readonly Rule[] = [
  { code: 'battery', all: ['mains-off'] },
  { code: 'clock', all: ['clock-lost'] },
  { code: 'cooling', all: ['hot'] },
  { code: 'clock-around', all: ['noise-up', 'clock-lost-around'] },
  { code: 'duct', all: ['noise-up-wide', 'at-dawn'] },
  { code: 'clock', all: ['is-tdd', 'noise-up-around', 'handovers-fail'], none: ['noise-up'] },
  { code: 'feeder', all: ['vswr-up'] },
  { code: 'transport', all: ['light-down'], any: ['loss-up', 'delay-up', 'speed-down'] },
  { code: 'transport', all: ['loss-up'], none: ['noise-up', 'level-down', 'quality-down'] },
  { code: 'transport', all: ['delay-up', 'speed-down'], none: ['noise-up', 'users-up', 'blocks-taken', 'level-down'] },
  { code: 'interference', all: ['noise-up'] },
  { code: 'asleep', all: ['users-gone'], none: ['off-air'] },
  { code: 'hardware', all: ['comes-and-goes'], any: ['off-air', 'drops-up', 'setups-fail'] },
  { code: 'outage', all: ['off-air'] },
  { code: 'unheard', all: ['unheard'] },
  { code: 'crowd', all: ['users-up'], any: ['blocks-taken', 'speed-down', 'delay-up'] },
  { code: 'crowd', all: ['blocks-taken', 'speed-down'] },
  { code: 'antenna', all: ['level-down'] },
  { code: 'parameter', any: ['setups-fail', 'handovers-fail'], all: ['changed'] },
  { code: 'hardware', all: ['setups-fail', 'drops-up'], none: OTHER_REASONS },
  { code: 'parameter', any: ['setups-fail', 'handovers-fail'], none: [...OTHER_REASONS, 'drops-up'] },
  { code: 'light', all: ['light-down'] },
];

/**
 * The most likely cause with the signs that it rests on; `unknown` where nothing fits.
 *
 * @param values what its words may quote: `areaCells` where many cells show it at once
 */
export function causeOf(signs: ReadonlyMap<Sign, Said>, values: Said['values'] = {}): Cause {
  const rule = CAUSES.find(
    ({ all = [], any, none = [] }) =>
      all.every((sign) => signs.has(sign)) &&
      (any?.some((sign) => signs.has(sign)) ?? true) &&
      !none.some((sign) => signs.has(sign)),
  );
  if (!rule) return told('unknown', [...signs.values()], values);
  const named = [...(rule.all ?? []), ...(rule.any ?? [])];
  const beside = BESIDE[rule.code] ?? [];
  const evidence = [...new Set([...named, ...beside])].flatMap((sign) => signs.get(sign) ?? []);
  return told(rule.code, evidence, values);
}

/** One that is known by another way, without the signs. */
export function knownCause({ code, values }: AlertCause): Cause {
  return told(code, [], values);
}

/** Signs that a cause brings along: shown where they are there, not asked for. */
const BESIDE: Readonly<Record<string, readonly Sign[]>> = {
  battery: ['voltage-down', 'off-air', 'unheard'],
  clock: ['noise-up-around', 'handovers-fail'],
  'clock-around': ['handovers-fail'],
  cooling: ['level-down', 'setups-fail', 'drops-up', 'off-air'],
  feeder: ['level-down', 'quality-down'],
  transport: ['loss-up', 'delay-up', 'speed-down', 'light-down'],
  interference: ['noise-up-around', 'setups-fail', 'drops-up'],
  asleep: ['on-air'],
  crowd: ['blocks-taken', 'speed-down', 'delay-up'],
  antenna: ['quality-down', 'changed'],
  hardware: ['setups-fail', 'drops-up'],
};

function told(code: string, evidence: Said[], values: Said['values'] = {}): Cause {
  return {
    code,
    said: { code: `cause-${code}`, values },
    repair: { code: `repair-${code}`, values },
    evidence,
  };
}
