// The table that people read: one row a contender, spread in brackets, a dash where there is nothing to say.

import { expect, it } from 'vitest';
import { figuresOf } from './figures.ts';
import { at, DAY, madeAlert, madeFault, madePrediction, madeSpell, madeTruth } from './made-truth.ts';
import { tallyOf } from './score-run.ts';
import type { ScoredAlert } from './scored-alert.ts';
import { scoreTables } from './tables.ts';

const truth = madeTruth({
  faults: [madeFault(20 * DAY, 8), madeFault(25 * DAY, 8)],
  nuisances: [madeSpell('match', 20 * DAY, 20 * DAY + 16, ['2-A', '3-A'])],
});
const both = [
  ...[madeAlert(20 * DAY + 1), madeAlert(25 * DAY + 5), madePrediction(15 * DAY, 16 * DAY, 96, 0.7)],
  madeAlert(27 * DAY, { cells: ['9-A'], audience: 'planner' }),
];
const half = [madeAlert(20 * DAY + 3), madeAlert(20 * DAY + 3, { cells: ['2-A'] })];
const VISITS = [{ at: at(20 * DAY + 2), cells: ['1-A'] }];
const figures = (name: string, ...seeds: ScoredAlert[][]) =>
  figuresOf(
    name,
    seeds.map((alerts) => tallyOf({ name, alerts, visits: name === 'one' ? VISITS : undefined }, truth)),
  );

it('tells each contender in a row, kinds and nuisances in tables of their own, and the ceiling', () => {
  const ceiling = { detectable: 9, of: 10, foretellable: 3, ofHurting: 6 };
  const text = scoreTables([figures('one', both, half), figures('none', [])], [ceiling, ceiling]);
  const rows = text.split('\n').map((line) => line.replace(/ +/g, ' '));
  expect(rows).toContain('| asked | | ≥ 85 % | ≥ 95 % | | | |');
  expect(rows).toContain('| one | 75 % (50–100) | 75 % (50–100) | – | 3/5 | 0.00 | – |');
  expect(rows).toContain('| none | 0 % | 0 % | – | –/– | – | – |');
  expect(rows).toContain(
    '| one | 104 (0–208) | 1.0 (0.0–2.1) | 0 %/100 % | 75 % (50–100) | 2.1 | 1.0 (0.0–2.1) | 100 % |',
  );
  expect(rows).toContain(
    '| one | – | 0 % | 0 % | 1 | – | –/–/– | – | 0.490 | 0.000 | – | – | -0.10 | 1/0.3 ± 0.5 | – | 100 % of 2 |',
  );
  expect(rows).toContain('| outage | 4 | 75 % (25 %) 3/3 | 0 % (0 %) –/– |');
  expect(rows).toContain('| match | 4 | too few | 25 % | 0 % | 25 % | 0 % |');
  expect(rows).toContain('one, probability said → came true (predictions): 70 % → 0 % (1)');
  expect(rows.at(-1)).toMatch(/90 % of all faults can be seen, 50 % of those that hurt can be foretold/);
});
