// The English sentences of an explanation: what changed, what moved with it, what would clear it, what was like it, and the likely cause.

import type { Facts } from './facts.ts';
import { number } from './figures.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (facts: Facts, key: string): string => `${number(Math.abs(facts.num(key) ?? 0), 0)} %`;

/** `−98 dBm, usually −112 dBm`; what is known of it. */
function nowAndUsual(facts: Facts): string {
  const [observed, expected] = [facts.amount('observed'), facts.amount('expected')];
  const now = observed === undefined ? 'out of its usual range' : observed;
  return expected === undefined ? now : `${now}, usually ${expected}`;
}

/** ` for 45 min`: as long as it must hold. */
const held = (facts: Facts): string => (facts.spell() ? ` for ${facts.spell()}` : '');

function when(facts: Facts): string {
  const [begun, lasted] = [facts.clock('sinceMs'), facts.num('lastedSeconds')];
  const span = lasted === undefined ? 'it still lasts' : `it lasted ${facts.duration(lasted)}`;
  return begun ? `Began ${begun}, ${span}` : capital(span);
}

/** A person's text ends as it was written; the sentence around it ends once. */
const quoted = (text: string): string => `“${text.replace(/[.\s]+$/, '')}”`;

const someCells = (facts: Facts): string => {
  const [some, all] = [facts.count('cells') ?? 'several', facts.count('of')];
  return all === undefined ? `${some} cells around` : `${some} of ${all} cells around`;
};

export const explainEn = {
  'headline-moved': (facts: Facts) => {
    const [usual, share] = [facts.usual(), facts.num('sharePct')];
    const now = `${capital(facts.name)} is ${facts.amount('observed') ?? 'out of its usual range'}`;
    const tried = facts.phrases?.tried ? facts.count('attempts') : undefined;
    const behind = tried ? ` of ${tried} ${facts.phrases?.tried}` : '';
    const most = share === undefined ? '' : `; most of the change comes from ${facts.amountOf('of')}`;
    return `${now}${behind}${usual ? `, usually ${usual}` : ''}${most}.`;
  },
  'share-counter': (facts: Facts) => {
    const [from, to] = [facts.amountNumber('from'), facts.amountNumber('to')];
    const share = percent(facts, 'sharePct');
    const part =
      (facts.num('sharePct') ?? 0) < 0 ? `this worked against the change (${share})` : `${share} of the change`;
    return `${capital(facts.amountOf('of'))}: ${to} instead of ${from}; ${part}.`;
  },
  'share-together': (facts: Facts) => {
    const tie = facts.num('together') ?? 0;
    const way = tie < 0 ? 'moved the other way at the same times' : 'moved together with it';
    return `${capital(facts.name)} ${way} over the last days: now ${nowAndUsual(facts)}. That is no proof of a cause.`;
  },
  'moved-up': (facts: Facts) => `${capital(facts.name)} is above usual: ${nowAndUsual(facts)}.`,
  'moved-down': (facts: Facts) => `${capital(facts.name)} is below usual: ${nowAndUsual(facts)}.`,
  'fewer-would-do': (facts: Facts) => {
    const [fewer, all, value] = [facts.count('fewer'), facts.count('attempts'), facts.amount('value')];
    const { tried = 'attempts', bad = 'failed' } = facts.phrases ?? {};
    const now = value ? `: then ${facts.name} is ${value}` : '';
    return `${fewer ?? 'Some'} fewer of ${all ?? 'the'} ${tried} ${bad} would do${now}, if it holds${held(facts)}.`;
  },
  'change-would-do': (facts: Facts) => {
    const [value, side] = [facts.amount('value') ?? 'its usual value', facts.text('side')];
    const bound = side === 'most' ? 'at most ' : side === 'least' ? 'at least ' : '';
    return `${capital(facts.name)} of ${bound}${value} would do, if it holds${held(facts)}.`;
  },
  'alike-mended': (facts: Facts) =>
    `${when(facts)}; ${facts.text('by') || 'someone'} wrote ${quoted(facts.text('comment') || '…')}.`,
  'alike-equipment': (facts: Facts) =>
    `${when(facts)}; the equipment alarm ${quoted(facts.text('comment') || '…')} ended with it.`,
  'alike-unsaid': (facts: Facts) => `${when(facts)}; nobody wrote what mended it.`,
  // Signs.
  'sign-moved': (facts: Facts) => `${capital(facts.name)} ${nowAndUsual(facts)}.`,
  'sign-value': (facts: Facts) => `${capital(facts.name)} ${facts.amount('observed') ?? 'not told'}.`,
  'sign-noise-around': (facts: Facts) => `Uplink noise is up on ${someCells(facts)}, too.`,
  'sign-clock-around': (facts: Facts) => `The clock reference is lost on ${someCells(facts)}.`,
  'sign-at-dawn': () => 'It is the hour before and after sunrise, when warm air lies over cold.',
  'sign-tdd': () => 'The cell sends and receives in turns (TDD).',
  'sign-unheard': () => 'No reading has come since.',
  'sign-breaks': (facts: Facts) => `Service broke off ${facts.count('times') ?? 'several'} times within two days.`,
  'sign-changed': (facts: Facts) => {
    const at = facts.clock('sinceMs');
    return `The inventory changed ${facts.text('field') || 'the cell'}${at ? ` at ${at}` : ' shortly before'}.`;
  },
  // Causes and first steps.
  'cause-battery': (facts: Facts) => {
    const minutes = facts.num('minutesLeft');
    const left = minutes === undefined ? '' : `; at this rate the battery lasts about ${facts.duration(60 * minutes)}`;
    return `Mains is off and the site runs on its battery, if it runs${left}.`;
  },
  'repair-battery': () => 'Ask the power company for the time of return; send a generator before the battery is empty.',
  'cause-clock': () => 'The clock reference is lost: out of step, the cell disturbs those around it.',
  'repair-clock': () =>
    'Check the satellite antenna and the clock feed of this site; take its TDD cells off air until it is back.',
  'cause-clock-around': () => 'A site nearby has lost its clock and sends while this one listens.',
  'repair-clock-around': () => 'Go to the site whose clock is lost, not to this one.',
  'cause-cooling': () => 'The cabinet is too hot: fan, filter or air conditioning fails.',
  'repair-cooling': () =>
    'Send someone to clean the filter and check the fans, before the unit throttles or switches off.',
  'cause-duct': () =>
    'Noise rose on all TDD cells of the region at dawn: far stations come in through an atmospheric duct.',
  'repair-duct': () =>
    'No visit helps; it goes with the morning. Turn on remote-interference avoidance if it comes often.',
  'cause-feeder': () => 'The feeder or antenna line reflects power: water, a loose connector or damage.',
  'repair-feeder': () => 'Check connectors, jumpers and antenna of this sector; measure the distance to the fault.',
  'cause-transport': () => 'The link to the site loses or delays data while radio is as usual.',
  'repair-transport': () => 'Check the link, its optics and its load with transport; no visit to the radio.',
  'cause-interference': () => 'Something outside the network sends into the uplink of this cell.',
  'repair-interference': () =>
    'Look for the source in the direction of this sector: repeaters, jammers, faulty electronics.',
  'cause-asleep': () => 'The cell says that it is on air and nobody gets on: it sleeps by fault.',
  'repair-asleep': () => 'Lock and unlock the cell remotely; restart the unit if nobody comes on.',
  'cause-crowd': () => 'More people than usual share the cell, and it is full.',
  'repair-crowd': () => 'No repair: share load with neighbours, and leave it to planning if it comes again.',
  'cause-hardware': () =>
    'Connections fail without a reason in radio, load or transport: the unit itself is likely to be faulty.',
  'repair-hardware': () => 'Read the error log of the unit; restart it remotely, and take a spare if it comes back.',
  'cause-outage': () =>
    'The cell is off air while nothing points to power, heat or transport: the unit or its software.',
  'repair-outage': () => 'Restart the unit remotely; send a spare if it stays down.',
  'cause-unheard': () => 'Nothing is heard of it: power, transport or collection. Which of them is not known.',
  'repair-unheard': () => 'Try to reach the site by another way before anyone drives there.',
  'cause-antenna': () =>
    'People receive it more weakly than usual with a sound feeder: tilt, azimuth or power is not as it was.',
  'repair-antenna': () => 'Compare tilt, azimuth and power with the plan; undo what was changed last.',
  'cause-parameter': () =>
    'Only connecting or handing over fails, nothing in radio, load or transport: a wrong setting is likely.',
  'repair-parameter': () => 'Compare the settings and the neighbour list with yesterday’s; undo the newest change.',
  'cause-light': () => 'The optical receiver gets less light: a bent, dirty or damaged fibre.',
  'repair-light': () => 'Clean and measure the fibre before the link fails.',
  'cause-unknown': () => 'No known pattern fits what moved.',
  'repair-unknown': () => 'Look at what else moved, and at the alerts like it.',
};
