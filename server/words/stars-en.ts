// The English sentences of a star score: what was felt and why, what moved it, what comes next. Never "your call dropped".

import type { Facts } from './facts.ts';
import { number } from './figures.ts';

const DIMENSIONS: Record<string, string> = {
  network: 'The network',
  service: 'How complaints were handled',
  usage: 'Usage',
  plan: 'The plan',
  satisfaction: 'What the person said in surveys',
};

/** `Tue 17 Mar 21:38–23:10`. */
function span(facts: Facts): string {
  const [from, to] = [facts.clock('fromMs'), facts.clock('toMs', 'fromMs')];
  return from && to ? `, ${from}–${to}` : '';
}

/** ` of Tue 17 Mar 21:38`. */
const of = (facts: Facts): string => {
  const at = facts.clock('complaintMs');
  return at === undefined ? '' : ` of ${at}`;
};
const percent = (share: number | undefined): string => `${number(100 * (share ?? 0), 0)} %`;
const share = (facts: Facts): string =>
  facts.num('share') === undefined ? '' : ` It carries ${percent(facts.num('share'))} of this person's use.`;

export const starsEn = {
  'star-off-air': (facts: Facts) =>
    `Was served by a cell that was off air: ${facts.place('cell')}${span(facts)}.${share(facts)}`,
  'star-poor-kpi': (facts: Facts) =>
    `Was served by a cell that did badly: ${facts.place('cell')}${span(facts)}; ${facts.name} was ${facts.amount('observed') ?? 'poor'}.${share(facts)}`,
  'star-poor': (facts: Facts) =>
    `Was served by a cell that did badly: ${facts.place('cell')}${span(facts)}.${share(facts)}`,
  'star-no-network': () => 'Not known: nobody has said which cells this person uses.',
  'star-no-hours': () => 'Not known: nothing has been measured on the cells that this person uses.',
  'star-network-well': (facts: Facts) =>
    `No bad hours on the cells that this person uses, ${facts.count('days') ?? 'some'} days looked at.`,
  'star-unknown-hours': (facts: Facts) =>
    `Nothing is known of ${percent(facts.num('share'))} of these hours. That widens the range and lowers nothing.`,
  'star-drops-counted': (facts: Facts) =>
    `By the operator's own count ${facts.count('dropped') ?? 'some'} of ${facts.count('calls') ?? 'the'} calls ended early; which cells served them is not known.`,
  'star-no-plan': () => 'Not known: neither the price of the plan nor what is used of it.',
  'star-plan-bill': (facts: Facts) => {
    const ratio = facts.num('ratio') ?? 1;
    if (Math.abs(ratio - 1) < 0.05) return 'The bill is the price of the plan.';
    return ratio > 1
      ? `The bill is ${percent(ratio - 1)} above the price of the plan.`
      : `The bill is ${percent(1 - ratio)} below the price of the plan.`;
  },
  'star-plan-use': (facts: Facts) => {
    const ratio = facts.num('ratio') ?? 1;
    if (ratio >= 0.95) return 'Uses at least as much for the money as most people on this plan.';
    return `Uses ${percent(ratio)} of what the middle of this plan uses for the same money.`;
  },
  'star-no-survey': () => 'Not known: no survey was answered.',
  'star-survey': (facts: Facts) =>
    `Gave ${number(facts.num('score') ?? 0)} of ${number(facts.num('most') ?? 10)}, ${facts.clock('surveyMs') ?? 'some time ago'}. A fresh answer would narrow the range.`,
  'star-no-complaint': (facts: Facts) =>
    `Not known: nothing had to be handled in the last ${facts.count('days') ?? '90'} days.`,
  'star-complaint-waits': (facts: Facts) =>
    `A complaint${of(facts)} has waited for ${facts.duration(facts.num('seconds') ?? 0)}. How we handle it counts, not that it was made.`,
  'star-complaint-answered': (facts: Facts) =>
    `The complaint${of(facts)} was answered in ${facts.duration(facts.num('seconds') ?? 0)}. How we handled it counts, not that it was made.`,
  'star-no-usage': () => "Not known: two months of this person's own use are needed.",
  'star-usage': (facts: Facts) => usage(facts),
  'star-usage-excused': (facts: Facts) => `${usage(facts)} The network was bad in that time, so it counts neither way.`,
  'star-nothing-known': () => 'Nothing that a score could rest on is known of this person yet.',
  'star-change-unknown': () => 'What it was a week ago is not known.',
  'star-change-none': () => 'Much as a week ago.',
  'star-fell': (facts: Facts) =>
    `${points(facts)} lower than a week ago. ${DIMENSIONS[facts.text('dimension')] ?? 'Several things'} did most of that.`,
  'star-rose': (facts: Facts) =>
    `${points(facts)} higher than a week ago. ${DIMENSIONS[facts.text('dimension')] ?? 'Several things'} did most of that.`,
  'star-outlook-same': () => 'If the present lasts, nothing much changes within a week.',
  'star-outlook-falls': (facts: Facts) =>
    `If what is wrong at ${facts.place('cell') || 'a cell'} lasts a week, the score falls to about ${number(facts.num('score') ?? 0, 0)} (${number(facts.num('stars') ?? 0, 1)} stars).`,
};

function usage(facts: Facts): string {
  const ratio = facts.num('ratio') ?? 1;
  if (Math.abs(ratio - 1) < 0.05) return 'As much as in the months before.';
  return ratio < 1
    ? `Down ${percent(1 - ratio)} on this person's own months before.`
    : `Up ${percent(ratio - 1)} on this person's own months before.`;
}

function points(facts: Facts): string {
  const count = number(facts.num('points') ?? 0, 0);
  return `${count} ${count === '1' ? 'point' : 'points'}`;
}
