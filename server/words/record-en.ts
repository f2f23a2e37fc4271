// The English sentences of the record of predictions and of visits.

import type { Facts } from './facts.ts';
import { number, roughly } from './figures.ts';

const percent = (value: number | undefined) => `${number(100 * (value ?? 0), 0)} %`;
const count = (facts: Facts, key: string): string => facts.count(key) ?? '0';

/** On what, and how good the new one was. */
const comparedEn = (facts: Facts) =>
  `Learned from ${count(facts, 'learned')} cases; over the ${count(facts, 'held')} newest, which it had not seen (the fault came in ${count(facts, 'came')}), its log score was ${number(facts.num('after') ?? 0, 3)}`;

export const recordEn = {
  'record-running': (facts: Facts) => {
    const [settled, came] = [facts.num('settled') ?? 0, facts.count('cameTrue')];
    const lead = facts.num('leadSeconds');
    if (settled === 0) return 'No such warning has been settled yet: nobody knows how good they are.';
    const of =
      settled === 1 ? 'The only such warning so far' : `Of the last ${facts.count('settled')} such warnings ${came}`;
    const what = settled === 1 ? (came === '1' ? ' came true' : ' did not come true') : ' came true';
    return `${of}${what}${lead === undefined ? '' : `, ${settled === 1 ? '' : 'median '}${facts.duration(lead)} ahead`}.`;
  },
  'support-few': (facts: Facts) =>
    `Told: ${count(facts, 'of')} of ${count(facts, 'least')} outcomes that are needed to judge are known.`,
  'support-given': (facts: Facts) =>
    `Told: the last ${count(facts, 'of')} claimed ${percent(facts.num('claimed'))} on average, and what came bears that out (at most ${percent(facts.num('most'))}).`,
  'support-lost': (facts: Facts) =>
    `Not told: the last ${count(facts, 'of')} claimed ${percent(facts.num('claimed'))} on average, what came bears out at most ${percent(facts.num('most'))}. They are made and scored in silence, and are told again when that changes.`,
  'model-untrained': (facts: Facts) => `Model ${count(facts, 'version')}: no training has run yet.`,
  'model-replaced': (facts: Facts) =>
    `Model ${count(facts, 'version')} has replaced the one before. ${comparedEn(facts)}; before ${number(facts.num('before') ?? 0, 3)}. Less is better.`,
  'model-kept': (facts: Facts) =>
    `Model ${count(facts, 'version')} stays: model ${count(facts, 'candidate')} was no better. ${comparedEn(facts)}; model ${count(facts, 'version')} ${number(facts.num('before') ?? 0, 3)}. Less is better.`,
  'model-too-few': (facts: Facts) =>
    `Model ${count(facts, 'version')} stays: ${count(facts, 'learned')} older cases to learn from and ${count(facts, 'held')} newer ones to compare on are too few.`,
  'model-chosen': (facts: Facts) =>
    `Model ${count(facts, 'version')} by somebody's choice: only cases that end from now on can bring another.`,
  'visit-worth': (facts: Facts) => {
    const people = facts.count('people');
    const whom = people
      ? `${people} people`
      : (facts.count('cells') ?? '1') === '1'
        ? '1 cell'
        : `${facts.count('cells')} cells`;
    const parts = [
      percent(facts.num('probability')),
      ...[whom, `${percent(facts.num('loss'))} of service`],
      `${number(facts.num('hours') ?? 0, 0)} h sooner`,
      `${percent(facts.num('mends'))} mended`,
    ];
    return `${parts.join(' × ')} = ${roughly(facts.num('saved') ?? 0)} ${people ? 'person-hours' : 'cell-hours'}`;
  },
  'visit-fault': () => 'Look on the spot: power, radio unit and line; restart the unit, or replace it.',
  'visit-silent': () => 'Look on the spot whether the site has power, and whether its line is up.',
};
