// The English sentences about full cells: that one will be and when, that it is, and what would put it off.

import type { Facts } from './facts.ts';
import { titleOf } from './title.ts';

const STEPS: Record<string, string> = {
  carrier: 'A second carrier in the sector',
  split: 'Splitting the sector in two',
  site: 'A new site nearby',
};

const hour = (facts: Facts): string => {
  const from = facts.num('busyHour') ?? 0;
  return `${String(from).padStart(2, '0')}–${String((from + 1) % 24).padStart(2, '0')} h`;
};
const percent = (facts: Facts): string => `${Math.round(100 * (facts.num('probability') ?? 0))} %`;

export const capacityEn = {
  'title-crowded': (facts: Facts) =>
    titleOf('en', facts.place(), ['full in its busy hours, again and again', 'full in its busy hours', 'full']),
  'congestion-growth': (facts: Facts) => {
    const growth = facts.num('growth') ?? 0;
    const users = `The busy hour (${hour(facts)}) has about ${facts.count('users')} users and grows by ${growth.toFixed(1)} % a week.`;
    const fills =
      facts.text('limit') === 'speed'
        ? `At ${facts.count('fillUsers')} users people become too slow`
        : `${facts.count('fillUsers')} users fill the cell`;
    return `${users} ${fills}; that is expected about ${facts.clock('expectedMs')}, between ${facts.clock('earliestMs')} and ${facts.clock('latestMs')}: ${percent(facts)}.`;
  },
  'congestion-clears': () => 'Is taken back when growth ends, or when there is room again.',
  'congestion-if-nothing': (facts: Facts) =>
    `If nothing is added, people wait in the busy hour (${hour(facts)}) on most days of the week.`,
  'congestion-step': (facts: Facts) => {
    const until = facts.clock('untilMs');
    const helps = until ? `puts it off to about ${until}` : 'puts it off by more than half a year';
    if (facts.text('step') === 'none') return 'No single step helps: ask planning for more than one.';
    const beside = facts.text('with').split(' ').filter(Boolean).join(' and ');
    const step =
      facts.text('step') === 'balance' ? `Moving users to neighbours with room (${beside})` : STEPS[facts.text('step')];
    return `${step ?? 'More capacity'} ${helps}.`;
  },
  'crowded-again': (facts: Facts) => {
    const since = facts.clock('sinceMs');
    return `Full in its busy hours (${hour(facts)})${since ? ` since ${since}` : ''}: on ${facts.count('days')} of the last seven workdays, with ${facts.amount('blocks') ?? 'most'} of the radio blocks in use.`;
  },
  'crowded-clears': () => 'Clears when it is full on no more than one of seven workdays.',
};
