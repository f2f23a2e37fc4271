// The English sentences of predictions: what will fail and when, why we think so, what mends it, what happens if nobody goes.

import type { FaultMode } from '../model/prediction.ts';
import type { Facts } from './facts.ts';
import { titleOf } from './title.ts';

const TITLES: Record<FaultMode, readonly [long: string, short: string]> = {
  battery: ['battery empty', 'dark'],
  cooling: ['too hot', 'too hot'],
  feeder: ['feeder fails', 'feeder fails'],
  optics: ['optical line fails', 'line fails'],
  backhaul: ['backhaul fails', 'line fails'],
  hardware: ['radio unit fails', 'unit fails'],
  interference: ['uplink drowned in noise', 'too noisy'],
  clock: ['clock drifts off', 'clock off'],
  congestion: ['full', 'full'],
  other: ['fault', 'fault'],
};

const NAMES: Record<FaultMode, string> = {
  battery: 'the battery',
  cooling: 'the cooling of the cabinet',
  feeder: 'the feeder or a connector',
  optics: 'the optical line of the backhaul',
  backhaul: 'the backhaul',
  hardware: 'the radio unit',
  interference: 'the uplink',
  clock: 'the time reference',
  congestion: 'the capacity',
  other: 'the equipment',
};

const CONSEQUENCES: Record<FaultMode, string> = {
  battery: 'If mains does not come back and nobody brings power, the site goes dark: everybody on it loses service.',
  cooling:
    'If nobody goes, the radios throttle themselves and then switch capacity carriers off to protect themselves.',
  feeder:
    'If nobody goes, too little power reaches the air: people at the edge of the cell lose it, others are dropped.',
  optics: 'If nobody goes, the line loses packets: everybody behind it becomes slow and calls break up.',
  backhaul: 'If nobody goes, the line loses packets: everybody behind it becomes slow and calls break up.',
  hardware:
    'If nobody goes, the unit restarts ever more often and then stays down: each time everybody on it is thrown off.',
  interference:
    'If nobody goes, phones far from the mast are no longer heard: their calls fail and drop, first indoors and at the edge.',
  clock: 'If the reference does not come back, the site loses its step and disturbs all cells around it.',
  congestion: 'If nothing is added, people wait in the busy hour.',
  other: 'If nobody goes, service is likely to suffer.',
};

const REPAIRS: Record<FaultMode, string> = {
  battery: 'Ask the power company when mains is back; else bring a generator in time.',
  cooling: 'Check fan, filter, door and air conditioner of the cabinet; bring a fan and a filter.',
  feeder:
    'Check feeder, jumpers and connectors for water and loose joints; bring an antenna analyser, connectors and tape.',
  optics: 'Clean or replace the optical connector, measure the fibre; bring a power meter and a spare transceiver.',
  backhaul: 'Check the line and the equipment at its other end; measure the link.',
  hardware: 'Read the log of the unit, then replace it; bring a spare radio unit.',
  interference:
    'Tighten and clean connectors and loose metal near the antennas (passive intermodulation); else look for a foreign sender with a direction finder.',
  clock: 'Check the satellite antenna and its cable, or the path to the time server.',
  congestion: 'Add a carrier, split the sector or move load to neighbours.',
  other: 'Look at the equipment on the spot.',
};

const percent = (facts: Facts): string => `${Math.round(100 * (facts.num('probability') ?? 0))} %`;
const modeOf = (facts: Facts): FaultMode => (facts.text('mode') in NAMES ? facts.text('mode') : 'other') as FaultMode;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of the cases themselves; how good the warnings were, which must also be in time, is told by their record. */
function history(facts: Facts): string {
  const [cases, came] = [facts.count('cases'), facts.count('came')];
  if (!cases || !came || cases === '0') return '';
  return ` Of ${cases} such cases here before, ${came} went as far as that, sooner or later.`;
}

/** Nothing is left to wait for: the limit has been reached. */
export const isThere = (facts: Facts): boolean =>
  facts.num('earliestMs') !== undefined && facts.num('earliestMs') === facts.num('latestMs');

const window = (facts: Facts): string => {
  const [earliest, latest] = [facts.clock('earliestMs'), facts.clock('latestMs')];
  return earliest && latest ? ` (between ${earliest} and ${latest})` : '';
};

export const foretoldEn = {
  'title-foretold': (facts: Facts) => {
    const [long, short] = TITLES[modeOf(facts)];
    const time = facts.clock('expectedMs');
    const by = time ? ` about ${time}` : '';
    return titleOf('en', facts.place(), [`${long}${by}, ${percent(facts)}`, `${short}${by}`, short]);
  },
  'foretold-trend': (facts: Facts) => {
    const [now, usual, limit] = [facts.amount('observed'), facts.amount('expected'), facts.amount('limit')];
    const since = facts.clock('sinceMs');
    const moved = `${capital(facts.name)} is ${now ?? 'moving'}${usual ? `, where ${usual} is usual` : ''}${since ? `; it has been moving since ${since}` : ''}.`;
    if (isThere(facts))
      return `${moved} It is where such a fault begins. That ${NAMES[modeOf(facts)]} fails: ${percent(facts)}.${history(facts)}`;
    const reaches = limit
      ? ` Going on like this it reaches ${limit} about ${facts.clock('expectedMs') ?? 'soon'}${window(facts)}.`
      : '';
    return `${moved}${reaches} That ${NAMES[modeOf(facts)]} fails by then: ${percent(facts)}.${history(facts)}`;
  },
  'foretold-battery': (facts: Facts) => {
    const since = facts.clock('sinceMs');
    const volts = facts.amount('observed');
    const runs = `Mains has been off${since ? ` since ${since}` : ''}; the site runs on its battery${volts ? `, now at ${volts}` : ''}.`;
    return `${runs} By how long batteries usually last and how far this one has fallen, it is empty about ${facts.clock('expectedMs') ?? 'soon'}${window(facts)}, unless mains comes back before: ${percent(facts)}.${history(facts)}`;
  },
  'foretold-signs': (facts: Facts) => {
    const [signs, span] = [facts.count('signs'), facts.num('spanSeconds')];
    const seen = signs
      ? `${signs === '1' ? 'One sign' : `${signs} signs`} of trouble with ${NAMES[modeOf(facts)]}${span ? ` in the last ${facts.duration(span)}` : ''}.`
      : `There are signs of trouble with ${NAMES[modeOf(facts)]}.`;
    return `${seen} A fault is expected about ${facts.clock('expectedMs') ?? 'soon'}${window(facts)}: ${percent(facts)}.${history(facts)}`;
  },
  'foretold-clock': (facts: Facts) => {
    const since = facts.clock('sinceMs');
    return `The time reference has been lost${since ? ` since ${since}` : ''}; the oscillator holds the step for some hours. That it drifts off and disturbs cells around, about ${facts.clock('expectedMs') ?? 'soon'}${window(facts)}: ${percent(facts)}.${history(facts)}`;
  },
  'foretold-sequence': (facts: Facts) =>
    `Equipment told “${facts.text('sign')}”. Of ${facts.count('times') ?? 'the'} such alarms here a fault followed on ${facts.count('followed') ?? 'some'}; one is expected about ${facts.clock('expectedMs') ?? 'soon'}${window(facts)}: ${percent(facts)}.`,
  'foretold-clears': (facts: Facts) =>
    modeOf(facts) === 'battery'
      ? 'Is taken back when mains is there again.'
      : modeOf(facts) === 'other'
        ? 'Is over when the fault comes, or two days after the last such alarm.'
        : `Is taken back when ${facts.kpiId ? facts.name : 'all'} is as usual again, or no longer moves.`,
  'if-nothing': (facts: Facts) => CONSEQUENCES[modeOf(facts)],
  'repair-for': (facts: Facts) => REPAIRS[modeOf(facts)],
};
