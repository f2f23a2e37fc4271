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
const count = (facts: Facts, key: string): string => facts.count(key) ?? '0';

/** `; that is expected about 12 May, between 4 May and 25 May`; nothing where no date is known. */
function when(facts: Facts): string {
  const [expected, earliest, latest] = ['expectedMs', 'earliestMs', 'latestMs'].map((key) => facts.clock(key));
  return expected ? `; that is expected about ${expected}, between ${earliest} and ${latest}` : '';
}

export const capacityEn = {
  'title-crowded': (facts: Facts) =>
    titleOf('en', facts.place(), ['full in its busy hours, again and again', 'full in its busy hours', 'full']),
  'congestion-growth': (facts: Facts) => {
    const growth = facts.num('growth') ?? 0;
    const users = `The busy hour (${hour(facts)}) has about ${count(facts, 'users')} users and grows by ${growth.toFixed(1)} % a week.`;
    const fills =
      facts.text('limit') === 'speed'
        ? `At ${count(facts, 'fillUsers')} users people become too slow`
        : `${count(facts, 'fillUsers')} users fill the cell`;
    return `${users} ${fills}${when(facts)}: ${percent(facts)}.`;
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
    return `Full in its busy hours (${hour(facts)})${since ? ` since ${since}` : ''}: on ${count(facts, 'days')} of the last seven workdays, with ${facts.amount('blocks') ?? 'most'} of the radio blocks in use.`;
  },
  'crowded-clears': () => 'Clears when it is full on no more than one of seven workdays.',
};
