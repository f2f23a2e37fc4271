// Somebody set a value wrong: neighbours forgotten, access barred, a timer too short, too little power.

import type { Effects } from '../effects.ts';
import type { Random } from '../random.ts';
import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** In so many cases the value was rolled out to all sectors. */
const ROLLED_OUT = 0.4;

type Mistake = (random: Random) => (effects: Effects, cell: number) => void;

const add = (array: Float64Array, cell: number, value: number) => {
  array[cell] = array[cell]! + value;
};

const MISTAKES: readonly Mistake[] = [
  (random) => {
    const [missed, dropped] = [random.between(0.15, 0.4), random.between(0.004, 0.015)];
    return ({ handoverFail, dropFail }, cell) => {
      add(handoverFail, cell, missed);
      add(dropFail, cell, dropped);
    };
  },
  (random) => {
    const barred = random.between(0.04, 0.2);
    return ({ setupFail }, cell) => add(setupFail, cell, barred);
  },
  (random) => {
    const dropped = random.between(0.012, 0.05);
    return ({ dropFail }, cell) => add(dropFail, cell, dropped);
  },
  (random) => {
    const lossDb = random.between(5, 10);
    return ({ dlLossDb }, cell) => add(dlLossDb, cell, lossDb);
  },
];

function make(draft: Draft): Fault | undefined {
  const { random } = draft;
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  const cells = random.uniform() < ROLLED_OUT ? draft.matesOf(cell) : [cell];
  const act = MISTAKES[random.below(MISTAKES.length)]!(random);
  return draft.fault('wrong-parameter', {
    cells,
    lasts: draft.span(6, 96),
    hurt: 0.25,
    apply: (effects) => {
      for (const one of cells) act(effects, one);
    },
  });
}

export const WRONG_PARAMETER: FaultMaker = { canBeForetold: false, make };
