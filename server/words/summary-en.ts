// The English sentences about many people: how strong a link is, and what would help most.

import type { Facts } from './facts.ts';
import { number, range } from './figures.ts';

const MEASURES: Record<string, string> = {
  network: "A person's network score",
  complaints: 'Whether a person complained',
};
const OUTCOMES: Record<string, [told: string, count: string]> = {
  left: ['who leaves', 'left'],
  dissatisfied: ['who is dissatisfied', 'were dissatisfied'],
};
const CLAIMS: Record<string, string> = {
  'not-shown': 'is not shown to tell',
  weak: 'tells little about',
  moderate: 'tells something about',
  strong: 'tells much about',
};

export const summaryEn = {
  'link-evidence': (facts: Facts) => {
    const [told, count] = OUTCOMES[facts.text('outcome')] ?? ['the outcome', 'had it'];
    const [low, high] = [facts.num('low') ?? 0, facts.num('high') ?? 1];
    const figures = `area under the curve ${number(facts.num('auc') ?? 0.5)}, likely ${range('en', low, high, '')}; 0.5 is chance`;
    const behind = `${facts.count('cases') ?? 'Some'} of ${facts.count('people') ?? 'the'} people ${count}`;
    const few = (facts.num('cases') ?? 50) < 50 ? ' These are too few to judge by.' : '';
    return `${MEASURES[facts.text('measure')] ?? 'The measure'} ${CLAIMS[facts.text('strength')] ?? CLAIMS['not-shown']} ${told} (${figures}). ${behind}.${few}`;
  },
  'risk-other': () => 'No single cell stands out.',
  'risk-cell': (facts: Facts) => {
    const [share, score] = [facts.num('share'), facts.count('score')];
    const used = share === undefined ? '' : `, which carries ${number(100 * share, 0)} % of this person's use,`;
    return `${facts.place('cell') || 'A cell'}${used} gives ${score ?? 'few'} of 100 now.`;
  },
};

/** What groups are called where people's own names for them end. */
export const groupNamesEn = {
  unplaced: 'Unplaced',
  other: 'All others',
  none: 'Not known',
  unrated: 'Unrated',
  grid: (lat: number, lon: number) => `${coordinate(lat, 'N', 'S')}, ${coordinate(lon, 'E', 'W')}`,
};

function coordinate(value: number, plus: string, minus: string): string {
  return `${number(Math.abs(value), 1)}° ${value < 0 ? minus : plus}`;
}
