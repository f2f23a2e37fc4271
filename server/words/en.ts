// The English sentences, and with them the type that every other language must satisfy.

import { alarmsEn } from './alarms-en.ts';
import { backtestEn } from './backtest-en.ts';
import { capacityEn } from './capacity-en.ts';
import { coverageSentences } from './coverage-en.ts';
import { explainEn } from './explain-en.ts';
import type { Facts } from './facts.ts';
import { foretoldEn } from './foretold-en.ts';
import type { KpiPhrases } from './kpi-phrases.ts';
import { kpisEn } from './kpis-en.ts';
import { namesEn } from './names-en.ts';
import { recordEn } from './record-en.ts';
import { starsEn } from './stars-en.ts';
import { summaryEn } from './summary-en.ts';
import { filled, percentOf, titleOf } from './title.ts';

const SHARES: readonly (readonly [number, string])[] = [
  [1 / 2, 'half'],
  [1 / 3, 'a third'],
  [1 / 4, 'a quarter'],
  [1 / 5, 'a fifth'],
  [1 / 10, 'a tenth'],
];

/** `a quarter` where that is nearly so, else `22 %`. */
function shareOf(ratio: number): string {
  return SHARES.find(([value]) => Math.abs(ratio - value) <= 0.06 * value)?.[1] ?? percentOf(ratio);
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const cells = (count: string | undefined): string => `${count ?? 'some'} ${count === '1' ? 'cell' : 'cells'}`;

/** `all 3 cells`, `3 of 6 cells`. */
function ofSite(facts: Facts): string {
  const [some, all] = [facts.count('cells'), facts.count('siteCells')];
  if (all === undefined || some === undefined) return cells(some);
  return some === all ? `all ${all} cells` : `${some} of ${all} cells`;
}

/** What is wrong with several cells of a site; or that the last of them is still to come back. */
function ofTogether(facts: Facts, sentence: (some: string, any: string) => string): string {
  const site = facts.place('siteName');
  if (facts.count('cells') !== '1')
    return sentence(`${ofSite(facts)} of ${site}`, `${ofSite(facts).replace(/^all/, 'any of the')} of ${site}`);
  return `Several cells of ${site} failed together${at(facts.clock('sinceMs'))}; all but one are well again.`;
}

/** `4 sites around Old Harbour 7`, `2 of 4 sites around Old Harbour 7`. */
function areaPlace(facts: Facts): string {
  const [some = 'Several', all] = [facts.count('areaSites'), facts.count('areaAll')];
  return `${all === undefined || all === some ? some : `${some} of ${all}`} sites around ${facts.place()}`;
}

function sitePlace(facts: Facts): string {
  if (facts.num('areaSites') !== undefined) return areaPlace(facts);
  return facts.num('siteCells') === undefined ? facts.place() : `${facts.place()}, ${ofSite(facts)}`;
}

function inARow(facts: Facts): string {
  const [periods, spell] = [facts.count('periods') ?? '2', facts.spell()];
  const span = spell ? ` (${spell})` : '';
  return periods === '1' ? `for one period${span}` : `for ${periods} periods in a row${span}`;
}

function whatElse(facts: Facts): string {
  const also = facts.also();
  if (!also) return 'Nothing else on this cell is out of line but for causes elsewhere.';
  const more = also.count > 3 ? ', among others,' : '';
  return `${capital(also.names)}${more} ${also.count === 1 ? 'is' : 'are'} out of line too.`;
}

/** `Delay is 84 ms with 38 active users; at this hour it is usually 20–30 ms.` */
function level(facts: Facts): string {
  const [observed, usual, attempts] = [facts.amount('observed'), facts.usual(), facts.count('attempts')];
  const behind =
    attempts &&
    ` ${facts.kpi?.attempts === 'active_users' ? `with ${attempts} active users` : `over ${attempts} attempts`}`;
  const now = `${capital(facts.name)} is ${observed ?? 'out of its usual range'}${behind ?? ''}`;
  return `${now}${usual ? `; at this hour it is usually ${usual}` : ''}. ${whatElse(facts)}`;
}

/** `38 of 1,824 sessions dropped (2.1 %); at this hour 4 to 9 usually do (0.2–0.5 %).` */
function counted(facts: Facts): string {
  const failures = facts.failures();
  if (!failures) return level(facts);
  const [low, high] = failures.usualCount ?? [];
  const few = high === 0 ? 'hardly any do' : `${low === high ? `about ${low}` : `${low} to ${high}`} usually do`;
  const usual = failures.usualCount ? `; at this hour ${few} (${failures.usualShare})` : '';
  const { tried, bad } = facts.phrases ?? {};
  return `${failures.bad} of ${failures.all} ${tried} ${bad} (${failures.share})${usual}. ${whatElse(facts)}`;
}

function moved(facts: Facts, direction: 'above' | 'below'): string {
  const generic = `${facts.name} ${direction} usual`;
  return titleOf('en', sitePlace(facts), [...filled(facts, direction, shareOf), ...(facts.phrases ? [] : [generic])]);
}

function siteTitle(facts: Facts, whole: string[], part: string[]): string {
  const all = facts.num('siteCells');
  const isWhole = all !== undefined && all === facts.num('cells');
  return isWhole ? titleOf('en', facts.place(), whole) : titleOf('en', sitePlace(facts), part);
}

const at = (time: string | undefined): string => (time ? ` at ${time}` : '');
const since = (time: string | undefined): string => (time ? ` since ${time}` : '');
const until = (time: string | undefined): string => (time ? ` until ${time}` : '');

/** Each value alone is within its range, all together are not. */
function shifted(facts: Facts, direction: 'above' | 'below'): string {
  const [observed, usual] = [facts.amount('observed'), facts.usual()];
  const now = observed ? ` It is ${observed} now${usual ? `, still within ${usual}` : ''}.` : '';
  return `${capital(facts.name)} has kept ${direction} its usual for hours, though each value by itself is not far off.${now} ${whatElse(facts)}`;
}

/** A little worse each day, for days to weeks. */
function crept(facts: Facts): string {
  const [before, now, days, alike] = [
    facts.amount('from'),
    facts.amount('observed'),
    facts.count('days'),
    facts.count('alike'),
  ];
  const way = before && now ? ` from ${before} to ${now}` : '';
  const span = days ? ` within ${days === '1' ? 'a day' : `${days} days`}` : '';
  const asThey = facts.amount('expected');
  const theirs = asThey === undefined || asThey === before ? 'have not' : `would have it at ${asThey}`;
  const others = alike ? `; ${alike} cells alike ${theirs}` : '';
  return `${capital(facts.name)} has crept${way}${span}, a little each day${others}. ${whatElse(facts)}`;
}

function creptTitle(facts: Facts, direction: 'up' | 'down'): string {
  const now = facts.amount('observed');
  const whole = now && facts.num('siteCells') === undefined ? [`${facts.name} crept ${direction} to ${now}`] : [];
  return titleOf('en', sitePlace(facts), [...whole, `${facts.name} creeps ${direction}`, `creeps ${direction}`]);
}

/** What is usually behind it when the cells of a region move together. */
const WIDE_CAUSES: Record<string, string> = {
  ul_interference_dbm: 'At dawn that is mostly an atmospheric duct: it goes by itself, nobody needs to drive out.',
  active_users: 'Holidays and big events look like this.',
  traffic_gb: 'Holidays and big events look like this.',
};
const SHARED_CAUSE = 'So many at once point to something that they share: core, transport, a change made everywhere.';

function wide(facts: Facts, direction: 'above' | 'below'): string {
  const [observed, usual] = [facts.amount('observed'), facts.usual()];
  const beside = facts.isWithin() ? ', still within' : ' instead of';
  const middle = observed ? `; the one in the middle has ${observed}${usual ? `${beside} ${usual}` : ''}` : '';
  const cause = WIDE_CAUSES[facts.kpiId] ?? SHARED_CAUSE;
  return `${capital(facts.name)} is ${direction} usual on ${cells(facts.count('cells'))} at once${middle}. ${cause}`;
}

function wideTitle(facts: Facts, direction: 'above' | 'below'): string {
  return titleOf('en', cells(facts.count('cells')), [
    `${facts.name} ${direction} usual at once`,
    `${direction} usual at once`,
  ]);
}

const sentences = {
  // Why.
  'above-usual': level,
  'below-usual': level,
  'ratio-above': counted,
  'ratio-below': counted,
  down: (facts: Facts) => {
    const [down, period] = [facts.num('downSeconds'), facts.num('periodSeconds')];
    const whole = down !== undefined && period !== undefined && down >= period;
    const span = period === undefined ? 'the last period' : `the last ${facts.duration(period)}`;
    const part = down === undefined ? `in ${span}` : `for ${facts.duration(down)} of ${span}`;
    return `The cell was off air ${whole ? `for all of ${span}` : part}. Counted as a fault: planned works and energy saving are left out.`;
  },
  sleeping: (facts: Facts) => {
    const users = facts.count('usualUsers');
    const usual = users ? `, where ${users} usually do at this hour` : '';
    return `Nobody has used the cell${since(facts.clock('sinceMs'))}${usual}. It still answers, so it may be asleep by fault.`;
  },
  'wide-above': (facts: Facts) => wide(facts, 'above'),
  'wide-below': (facts: Facts) => wide(facts, 'below'),
  'wide-over': (facts: Facts) => `Clears when ${facts.name} is back in its usual range on most of these cells.`,
  'shift-above': (facts: Facts) => shifted(facts, 'above'),
  'shift-below': (facts: Facts) => shifted(facts, 'below'),
  'crept-above': crept,
  'crept-below': crept,
  'stands-still': (facts: Facts) => {
    const [observed, times] = [facts.amount('observed'), facts.count('times')];
    const often = times ? ` ${times} times in a row` : ' again and again';
    return `${capital(facts.name)} reads ${observed ?? 'the same'}${often}, where it always varied. Whoever measures it may have stopped. ${whatElse(facts)}`;
  },
  overslept: (facts: Facts) => {
    const [overdue, wake] = [facts.num('overdueSeconds'), facts.minuteOfDay('wakeMinute')];
    const usual = wake ? `It usually wakes about ${wake}` : 'It is usually awake by now';
    const late = overdue === undefined ? '' : ` and is ${facts.duration(overdue)} overdue`;
    return `The carrier still sleeps to save energy. ${usual}${late}: its users share what is left without it.`;
  },
  'shared-gap': (facts: Facts) => {
    const [sites, missed] = [facts.count('sites'), facts.num('missedSeconds')];
    const of = sites ? ` of ${sites} sites` : '';
    const span = missed === undefined ? '' : `, for ${facts.duration(missed)}`;
    return `Nothing has come of ${cells(facts.count('cells'))}${of}${since(facts.clock('lastAt'))}${span}, while ${facts.text('source') || 'their sender'} goes on with others. They stopped with the same reading: most likely whoever collects from them stopped, not they.`;
  },
  'no-readings': (facts: Facts) => {
    const [last, missed, periods] = [facts.clock('lastAt'), facts.num('missedSeconds'), facts.count('periods')];
    const span = missed === undefined ? '' : ` (${facts.duration(missed)})`;
    const missing =
      periods === '1' ? `the next one${span} is missing` : `the next ${periods ?? 'ones'}${span} are missing`;
    return `${last ? `The last reading is from ${last}; ` : 'Readings stopped; '}${missing}, while its sender goes on reporting other cells. Whether people are served is not known.`;
  },
  'site-down': (facts: Facts) =>
    ofTogether(
      facts,
      (some) =>
        `${capital(some)} have been off air${since(facts.clock('sinceMs'))}. So many at once point to one cause: power, transport or equipment that they share.`,
    ),
  'site-asleep': (facts: Facts) =>
    ofTogether(
      facts,
      (_, any) =>
        `Nobody has been on ${any}${since(facts.clock('sinceMs'))}, where people usually are at this hour. They still answer, so one fault may keep them asleep.`,
    ),
  'site-overslept': (facts: Facts) =>
    ofTogether(facts, (some) => `${capital(some)} still sleep to save energy, though they are usually awake by now.`),
  'site-silent': (facts: Facts) =>
    ofTogether(
      facts,
      (_, any) =>
        `Nothing has been heard from ${any}${since(facts.clock('lastAt'))}, while their sender goes on with other sites. Off air or only out of reach: not known.`,
    ),
  'site-worse': (facts: Facts) => {
    const kpi = facts.kpiId ? `, the first in ${facts.name}` : '';
    return ofTogether(
      facts,
      (some) =>
        `${capital(some)} have been out of their usual range${since(facts.clock('sinceMs'))}${kpi}. So many at once point to one cause that they share.`,
    );
  },
  'area-down': (facts: Facts) =>
    `${areaPlace(facts)} stopped serving at about the same time${since(facts.clock('sinceMs'))}. So many next to each other point to power, transport or weather that they share.`,
  'area-worse': (facts: Facts) =>
    `${areaPlace(facts)} left their usual range at about the same time${since(facts.clock('sinceMs'))}${facts.kpiId ? `, the first in ${facts.name}` : ''}. So many next to each other point to one cause that they share.`,
  'area-link': (facts: Facts) =>
    `On ${lower(areaPlace(facts))} delay, loss or speed got worse at about the same time${since(facts.clock('sinceMs'))} while radio is as usual: they share a way to the core, most likely.`,
  'area-clock': (facts: Facts) =>
    `${facts.place()} has lost its clock${since(facts.clock('sinceMs'))} and sends while the sites around it listen: noise there is its doing. Go to this site, not to them.`,
  'came-and-went': (facts: Facts) => {
    const [times, well] = [facts.count('times') ?? 'Several', facts.clock('wellMs', 'sinceMs')];
    const now = well ? `; it has been well since ${well}` : '';
    return `Came and went ${times} times${since(facts.clock('sinceMs'))}${now}.`;
  },
  'source-quiet': (facts: Facts) => {
    const seconds = facts.num('usualSeconds');
    const rhythm = seconds === undefined ? '' : `; it usually sends every ${facts.duration(seconds)}`;
    const known = facts.count('cells');
    const unknown = known ? `The state of its ${cells(known)}` : 'The state of its cells';
    return `Nothing has come from ${facts.text('source')}${since(facts.clock('lastAt'))}${rhythm}. ${unknown} is not known, which is not the same as well.`;
  },
  // What would clear it.
  'back-in-range': (facts: Facts) => {
    const words = { 'at-most': 'at most', 'at-least': 'at least', within: 'within' };
    const line = facts.clearsAt();
    const target =
      !line || facts.phrases?.states
        ? `back to ${line?.text ?? 'its usual range'}`
        : `${words[line.side]} ${line.text}`;
    const { tried = 'attempts', bad = 'failed' } = facts.phrases ?? {};
    const fewer = facts.count('fewer');
    const counts = fewer && `: ${fewer} fewer of ${facts.count('attempts')} ${tried} ${bad} would do`;
    return `Clears when ${facts.phrases ? `the ${facts.name}` : facts.name} is ${target} ${inARow(facts)}${counts ?? ''}.`;
  },
  'crept-back': (facts: Facts) => {
    const [value, weeks] = [facts.amount('value'), facts.count('weeks') ?? '4'];
    const side = facts.text('side') === 'most' ? 'at most' : 'at least';
    const back = value ? `${side} ${value}` : 'halfway back';
    return `Clears when ${facts.name} is ${back} on the average of some days, or has stayed as it is for about ${weeks} weeks.`;
  },
  'varies-again': (facts: Facts) => `Clears when ${facts.name} varies again.`,
  'available-again': (facts: Facts) => `Clears when the cell is on air without a break ${inARow(facts)}.`,
  'used-again': (facts: Facts) =>
    `Clears when people use the cell again${facts.count('periods') ? ` ${inARow(facts)}` : ''}.`,
  'awake-again': (facts: Facts) => `Clears when the carrier is awake ${inARow(facts)}.`,
  'gap-ends': () => 'Clears when readings of all these cells arrive again.',
  'reading-arrives': () => 'Clears when the next reading of the cell arrives.',
  'site-back': (facts: Facts) =>
    `Clears when ${facts.count('cells') === '1' ? 'the last cell is well' : `all ${cells(facts.count('cells'))} are well`} ${inARow(facts)}.`,
  'area-back': (facts: Facts) => `Clears when all of these sites are well ${inARow(facts)}.`,
  'stays-well': (facts: Facts) => `Clears if it stays well${until(facts.clock('untilMs'))}.`,
  'source-speaks': () => 'Clears when the sender delivers again.',
  // Titles.
  'title-above': (facts: Facts) => moved(facts, 'above'),
  'title-below': (facts: Facts) => moved(facts, 'below'),
  'title-crept-above': (facts: Facts) => creptTitle(facts, 'up'),
  'title-crept-below': (facts: Facts) => creptTitle(facts, 'down'),
  'title-down': (facts: Facts) => siteTitle(facts, ['whole site off air'], ['off air']),
  'title-partly-down': (facts: Facts) => siteTitle(facts, ['whole site on and off air'], ['on and off air']),
  'title-asleep': (facts: Facts) =>
    siteTitle(facts, ['nobody on the whole site', 'nobody on it'], ['nobody on it, asleep by fault?', 'nobody on it']),
  'title-wide-above': (facts: Facts) => wideTitle(facts, 'above'),
  'title-wide-below': (facts: Facts) => wideTitle(facts, 'below'),
  'title-stands-still': (facts: Facts) =>
    titleOf('en', sitePlace(facts), [`${facts.name} stands still`, 'a value stands still']),
  'title-overslept': (facts: Facts) =>
    siteTitle(facts, ['whole site overslept'], ['overslept, still saving energy', 'overslept']),
  'title-shared-gap': (facts: Facts) => {
    const from = since(facts.clock('lastAt'));
    return titleOf('en', `No data of ${cells(facts.count('cells'))}${from}`, ['one collector?']);
  },
  'title-silent': (facts: Facts) => {
    const from = since(facts.clock('lastAt'));
    return siteTitle(
      facts,
      [`whole site unheard${from}`, 'whole site unheard'],
      [`nothing heard${from}`, 'nothing heard'],
    );
  },
  'title-source-quiet': (facts: Facts) =>
    titleOf('en', `${facts.text('source')} sender quiet`, [
      `${cells(facts.count('cells'))} unknown`,
      'its cells unknown',
    ]),
  ...alarmsEn,
  ...explainEn,
  ...backtestEn,
  ...coverageSentences,
  ...foretoldEn,
  ...capacityEn,
  ...recordEn,
  ...summaryEn,
  ...starsEn,
};

export const en = {
  kpis: kpisEn as Record<keyof typeof kpisEn, KpiPhrases>,
  sentences,
  ...namesEn,
};

export type Words = typeof en;
export type SaidCode = keyof typeof sentences;
