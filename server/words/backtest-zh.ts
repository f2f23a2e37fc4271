// The Chinese sentences of fixed rules.

import type { Facts } from './facts.ts';

function beyondLine(facts: Facts, side: string): string {
  const [observed, outOf] = [facts.amount('observed'), facts.num('outOf') ?? 1];
  const line = facts.chosen('line');
  const within = outOf > 1 ? `（最近 ${facts.count('outOf')} 个周期中有 ${facts.count('need')} 个）` : '';
  const value = observed === undefined ? '曾' : `为 ${observed}，`;
  return `${facts.name}${value}${side}门限${line === undefined ? '' : ` ${line}`}${within}。`;
}

export const backtestZh = {
  'rule-above': (facts: Facts) => beyondLine(facts, '高于'),
  'rule-below': (facts: Facts) => beyondLine(facts, '低于'),
};
