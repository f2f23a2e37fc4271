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

/** `9 of 12 of these cells`: of those that were looked at. */
const ofThese = (facts: Facts): string => {
  const [some, all] = [facts.count('cells') ?? 'several', facts.count('of')];
  return all === undefined || all === some ? `${some} cells looked at` : `${some} of ${all} cells looked at`;
};

/** Of one cell or site, or of an area: many at once have another first suspect. */
const either =
  (one: string, area: string, early = one) =>
  (facts: Facts): string => {
    if (facts.num('areaCells') !== undefined) return area;
    return facts.num('early') === undefined ? one : early;
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
  'moved-up-area': (facts: Facts) =>
    `${capital(facts.name)} is above usual on ${ofThese(facts)}; in the middle ${nowAndUsual(facts)}.`,
  'moved-down-area': (facts: Facts) =>
    `${capital(facts.name)} is below usual on ${ofThese(facts)}; in the middle ${nowAndUsual(facts)}.`,
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
  'sign-at-dawn': (facts: Facts) => {
    const [at, rise, clock] = [facts.num('at') ?? 0, facts.num('sunriseMs') ?? 0, facts.clock('sunriseMs')];
    return `The sun ${at < rise ? 'rises' : 'rose'} at ${clock ?? 'about this time'}: until it has mixed the air, warm air may lie over cold.`;
  },
  'sign-night-hour': (facts: Facts) =>
    `By the clock it is night or early morning (${facts.count('hour') ?? '1 to 9'} h), when warm air may lie over cold.`,
  'sign-common': (facts: Facts) => `${capital(facts.name)} ${nowAndUsual(facts)} in the middle of ${ofThese(facts)}.`,
  'sign-noise-area': (facts: Facts) => `Uplink noise is up on ${ofThese(facts)}.`,
  'sign-tdd': () => 'The cell sends and receives in turns (TDD).',
  'sign-unheard': () => 'No reading has come since.',
  'sign-breaks': (facts: Facts) => `Service broke off ${facts.count('times') ?? 'several'} times within two days.`,
  'sign-changed': (facts: Facts) => {
    const at = facts.clock('sinceMs');
    return `The inventory changed ${facts.text('field') || 'the cell'}${at ? ` at ${at}` : ' shortly before'}.`;
  },
  // Causes and first steps.
  'cause-battery': either(
    'Mains is off and the site runs on its battery, if it runs.',
    'Mains is off at these sites; they run on their batteries, if they run.',
  ),
  'repair-battery': either(
    'Ask the power company for the time of return; send a generator before the battery is empty.',
    'Ask the power company for the time of return; send generators first to where nobody else covers.',
  ),
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
  'cause-transport': either(
    'The link to the site loses or delays data while radio is as usual.',
    'Loss or delay rose on all of them while radio is as usual: they share a link, most likely.',
  ),
  'repair-transport': either(
    'Check the link, its optics and its load with transport; no visit to the radio.',
    'Check with transport what they share: ring, aggregation, its optics and load; no visit to the radio.',
  ),
  'cause-interference': either(
    'More noise comes into the uplink than users make: from outside the network where it began at once, from the site’s own connectors where it grew over days.',
    'All of them hear more: far stations through the air, or one strong source.',
  ),
  'repair-interference': either(
    'Began at once: look for the source in the direction of this sector with a direction finder (repeaters, jammers, faulty electronics). Grew over days: send someone to tighten and clean connectors and loose metal near the antennas.',
    'Compare which sectors hear it most: they point to the source. What goes with the morning is a duct.',
  ),
  'cause-asleep': either(
    'The cell says that it is on air and nobody gets on: it sleeps by fault.',
    'All of them say that they are on air and nobody gets on: something behind them keeps people away.',
  ),
  'repair-asleep': either(
    'Lock and unlock the cell remotely; restart the unit if nobody comes on.',
    'Look at core and registration before any cell is locked.',
  ),
  'cause-crowd': either(
    'More people than usual share the cell, and it is full.',
    'More people than usual are on all of them: a holiday, an event or an alarm elsewhere.',
  ),
  'repair-crowd': () => 'No repair: share load with neighbours, and leave it to planning if it comes again.',
  'cause-hardware': either(
    'Connections fail without a reason in radio, load or transport: the unit itself is likely to be faulty.',
    'Connections fail on all of them without a reason in radio, load or transport: core, or a change made everywhere.',
  ),
  'repair-hardware': either(
    'Read the error log of the unit; restart it remotely, and take a spare if it comes back.',
    'Compare what was changed on all of them at that time, software first, and undo it.',
  ),
  'cause-outage': either(
    'Off air while nothing points to power, heat or transport: the unit or its software.',
    'They went off air together: power or transport that they share, or the weather.',
    'Off air. Whether power, heat or transport is behind it is not looked into yet.',
  ),
  'repair-outage': either(
    'Restart the unit remotely; send a spare if it stays down.',
    'Check the power feed and the transport node that they share before anyone drives to one site.',
    'Look at power, heat and transport of the site; where they are sound, restart the unit remotely.',
  ),
  'cause-unheard': either(
    'Nothing is heard of it: power, transport or collection. Which of them is not known.',
    'Nothing is heard of all of them: what they share in power, transport or collection. Which of them is not known.',
  ),
  'repair-unheard': either(
    'Try to reach the site by another way before anyone drives there.',
    'Try to reach one of the sites by another way before anyone drives there.',
  ),
  'cause-antenna': either(
    'People receive it more weakly than usual with a sound feeder: tilt, azimuth or power is not as it was.',
    'People receive all of them more weakly than usual: the weather, or a change of power made everywhere.',
  ),
  'repair-antenna': either(
    'Compare tilt, azimuth and power with the plan; undo what was changed last.',
    'Compare power and settings with the plan; undo what was changed on all of them last.',
  ),
  'cause-parameter': either(
    'Only connecting or handing over fails, nothing in radio, load or transport: a wrong setting is likely.',
    'Only connecting or handing over fails on all of them: core, or a setting that was changed everywhere.',
  ),
  'repair-parameter': either(
    'Compare the settings and the neighbour list with yesterday’s; undo the newest change.',
    'Compare what was changed on all of them with yesterday; undo the newest change.',
  ),
  'cause-light': () => 'The optical receiver gets less light: a bent, dirty or damaged fibre.',
  'repair-light': () => 'Clean and measure the fibre before the link fails.',
  'cause-unknown': () => 'No known pattern fits what moved.',
  'repair-unknown': () => 'Look at what else moved, and at the alerts like it.',
};
