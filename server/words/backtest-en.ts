// The English sentences of fixed rules: why one would have fired.

import type { Facts } from './facts.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Drop rate is 3.2 %, above 2 % in 2 of the last 3 periods.` */
function beyondLine(facts: Facts, side: string): string {
  const [observed, outOf] = [facts.amount('observed'), facts.num('outOf') ?? 1];
  const line = facts.chosen('line') ?? 'its line';
  const often = outOf > 1 ? `${facts.count('need')} of the last ${facts.count('outOf')} periods` : '';
  const within = often && ` in ${often}`;
  return observed === undefined
    ? `${capital(facts.name)} was ${side} ${line}${within}.`
    : `${capital(facts.name)} is ${observed}, ${side} ${line}${within}.`;
}

export const backtestEn = {
  'rule-above': (facts: Facts) => beyondLine(facts, 'above'),
  'rule-below': (facts: Facts) => beyondLine(facts, 'below'),
};
