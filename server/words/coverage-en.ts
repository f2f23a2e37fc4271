// The English sentences of weak coverage: places, causes, remedies, and what its alerts say.

import type { Facts } from './facts.ts';
import { number } from './figures.ts';
import { titleOf } from './title.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `900 m`, `1.9 km`. */
export function length(metres: number, units: { m: string; km: string }): string {
  if (metres >= 1000) return `${number(metres / 1000, 1)} ${units.km}`;
  const step = metres >= 100 ? 10 : 1;
  return `${number(Math.round(metres / step) * step, 0)} ${units.m}`;
}

const metres = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : length(value, { m: 'm', km: 'km' });
};
const dbm = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : `${number(value, 0)} dBm`;
};
const percent = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : `${number(value, 0)} %`;
};
const degrees = (value: number): string => value.toFixed(4).replace('-', '−');

/** Compass points as codes, and as people say them here. */
const SCENARIOS: Record<string, string> = {
  'dense-urban': 'in a dense city',
  urban: 'in a city',
  suburb: 'in a suburb',
  indoor: 'indoors',
  rural: 'in the country',
  highway: 'along a highway',
  railway: 'along a railway',
  tunnel: 'in a tunnel',
};

/** `Ferry Hill 9, 900 m east`. */
function placeName(facts: Facts): string {
  const [site, away, bearing] = [facts.place('siteName'), metres(facts, 'awayM'), facts.text('bearing')];
  if (site) return away && bearing ? `${site}, ${away} ${bearing}` : site;
  const [lat, lon] = [facts.num('lat'), facts.num('lon')];
  return lat === undefined || lon === undefined ? 'An area' : `${degrees(lat)}, ${degrees(lon)}`;
}

const server = (facts: Facts, otherwise = 'The cell that serves it'): string => facts.place('cell') || otherwise;
const level = (facts: Facts): string => {
  const median = dbm(facts, 'levelDbm');
  return median ? `the median level is ${median}` : 'the level is weak';
};

/** `18 % of 2,345 measurements`. */
function ofMeasurements(facts: Facts): string {
  const [share, samples] = [percent(facts, 'sharePct'), facts.count('samples')];
  return `${share ?? 'many'} of ${samples ? `${samples} ` : 'its '}measurements`;
}

/** `Noise is normal, so it is the level, not interference.` */
function noise(facts: Facts): string {
  const [sinr, poor] = [facts.num('sinrDb'), facts.num('poorSinrDb')];
  if (sinr === undefined || poor === undefined) return 'Noise was not measured.';
  return sinr > poor
    ? `Noise is normal (SINR ${number(sinr, 1)} dB), so it is the level, not interference.`
    : `Noise is high as well (SINR ${number(sinr, 1)} dB).`;
}

const SHARES: readonly (readonly [number, string])[] = [
  [1, 'nearly all samples are weak'],
  [0.75, 'three samples in four are weak'],
  [2 / 3, 'two samples in three are weak'],
  [0.5, 'every second sample is weak'],
  [1 / 3, 'one sample in three is weak'],
  [0.25, 'one sample in four is weak'],
  [0.2, 'one sample in five is weak'],
  [0.1, 'one sample in ten is weak'],
];

/** Best first; the last needs nothing. */
function titlePhrases(facts: Facts): string[] {
  const [share, points, operator] = [facts.num('sharePct'), facts.count('points'), facts.text('operator')];
  switch (facts.text('rule')) {
    case 'competitor':
      return [
        ...(operator && points ? [`${operator} is ${points} points better`] : []),
        ...(points ? [`a rival is ${points} points better`] : []),
        'a rival is better',
      ];
    case 'overlap':
      return ['too many cells alike', 'cells alike'];
    case 'overshoot':
      return ['served by a cell too far away', 'served from too far'];
    default:
      break;
  }
  if (share === undefined) return ['weak coverage'];
  const nearly = SHARES.find(([value]) => Math.abs(share / 100 - value) <= 0.04 * value)?.[1];
  const words = share >= 99.5 ? 'all samples are weak' : nearly;
  const figure = `${number(share, 0)} %`;
  return [...(words ? [words] : []), `${figure} of samples are weak`, `${figure} weak`];
}

export const coverageSentences = {
  // Places.
  'place-by-site': placeName,
  'place-at-site': placeName,
  'place-coordinates': placeName,
  // Causes.
  'cause-fault': (facts: Facts) => {
    const [since, until] = [facts.clock('sinceMs'), facts.clock('untilMs')];
    const span = since ? (until ? ` from ${since} to ${until}` : ` from ${since} on`) : '';
    return `${server(facts, 'A cell there')} was off air or unheard${span}, when most of these samples were taken. How well the place is covered otherwise is not judged.`;
  },
  'cause-distance': (facts: Facts) => {
    const [away, spacing] = [metres(facts, 'distanceM'), metres(facts, 'spacingM')];
    const where = SCENARIOS[facts.text('scenario')] ?? 'there';
    const far = away ? ` is ${away} away` : ' is far away';
    const usual = spacing ? `, where sites ${where} usually stand ${spacing} apart` : '';
    return `${server(facts)}${far}${usual}; ${level(facts)}. ${noise(facts)}`;
  },
  'cause-overshoot': (facts: Facts) => {
    const [away, mean, samples] = [metres(facts, 'distanceM'), metres(facts, 'meanM'), facts.count('samples')];
    const usual = mean ? `, while it serves from ${mean} on average` : '';
    return `${server(facts, 'A cell')} reaches in${away ? ` from ${away} away` : ' from far away'}${usual}${samples ? ` (${samples} ${samples === '1' ? 'sample' : 'samples'} here)` : ''}.`;
  },
  'cause-overlap': (facts: Facts) => {
    const [cells, within] = [facts.count('cells'), facts.count('withinDb')];
    const alike = `${cells ?? 'Several'} cells come in alike${within ? `, within ${within} dB` : ''}, ${facts.place('cell') ? `${facts.place('cell')} among them` : 'none of them clearly first'}`;
    const sinr = facts.num('sinrDb');
    const measured =
      sinr === undefined ? 'noise was not measured' : `SINR is ${number(sinr, 1)} dB, so they disturb each other`;
    return `${alike}. The level is good (${dbm(facts, 'levelDbm') ?? 'above the line'}); ${measured}.`;
  },
  'cause-capacity': (facts: Facts) => {
    const [prb, users, rate] = [percent(facts, 'prbPct'), facts.count('users'), facts.num('dlMbps')];
    const full = prb ? `is ${prb} full` : 'is full';
    const many = users ? ` with ${users} active users` : '';
    const slow = rate === undefined ? 'the rate is low' : `the median rate is ${number(rate, 1)} Mbit/s`;
    return `${capital(slow)} although the level would do (${dbm(facts, 'levelDbm') ?? 'above the line'}); ${server(facts, 'the cell that serves it')} ${full}${many}.`;
  },
  'cause-rival': (facts: Facts) => {
    const [operator, points] = [facts.text('operator') || 'A rival', facts.count('points')];
    const better = points
      ? `${points} points more of its samples above the line`
      : 'more of its samples above the line';
    return `${operator} has ${better} here. Our own ${level(facts).replace(/^the /, '')}; why the rival is better is not known.`;
  },
  'cause-no-cell': (facts: Facts) =>
    `Not known: ${level(facts)}, but the samples do not say which cell served them. Samples that name their cell would tell distance from shadow.`,
  'cause-no-place': (facts: Facts) =>
    `Not known: ${level(facts)}, but the inventory has no place for ${server(facts, 'the cell that serves it')}. With the positions of cells, distance could be told from shadow.`,
  'cause-near': (facts: Facts) => {
    const away = metres(facts, 'distanceM');
    return `Not known: ${level(facts)} although ${server(facts, 'the cell that serves it')} is ${away ? `only ${away} away` : 'near'}. Not distance, then; walls, ground or the antenna may shade it. A walk test, outdoors and indoors, would tell.`;
  },
  'cause-beside': (facts: Facts) => {
    const away = metres(facts, 'distanceM');
    return `Not known for sure: ${server(facts)} is ${away ? `only ${away} away` : 'near'} but looks in another direction; ${level(facts)}. It is likely that no antenna of the site looks here.`;
  },
  'cause-indoor': (facts: Facts) => {
    const [away, share, line] = [metres(facts, 'distanceM'), percent(facts, 'sharePct'), dbm(facts, 'weakDbm')];
    const told =
      share && line ? ` Phones report ${share} of its measurements at or below ${line} from near the antenna.` : '';
    return `Weak and near: ${level(facts)} although ${server(facts, 'the cell that serves it')} is ${away ? `only ${away} away` : 'near'}.${told} Walls, then, not distance.`;
  },
  // What reports by timing advance say of a cell.
  'timing-indoor': (facts: Facts) =>
    `Weak and near: ${ofMeasurements(facts)} are at or below ${dbm(facts, 'weakDbm') ?? 'the line'} within ${metres(facts, 'nearM') ?? 'the usual spacing of sites'}. That is people indoors, not distance.`,
  'timing-distance': (facts: Facts) =>
    `Weak and far: ${ofMeasurements(facts)} are at or below ${dbm(facts, 'weakDbm') ?? 'the line'} beyond ${metres(facts, 'nearM') ?? 'the usual spacing of sites'}. The cell is asked to serve farther than it reaches.`,
  'timing-overshoot': (facts: Facts) =>
    `Strong and far: ${ofMeasurements(facts)} are above ${dbm(facts, 'weakDbm') ?? 'the line'} beyond ${metres(facts, 'farM') ?? 'its own area'}, while the mean is ${metres(facts, 'meanM') ?? 'much nearer'}. It reaches into the areas of others, unless a repeater lengthens the way.`,
  'timing-good': (facts: Facts) =>
    `Neither weak nor too far: ${facts.count('samples') ?? 'its'} measurements, ${metres(facts, 'meanM') ?? 'near'} away on average.`,
  'timing-few': (facts: Facts) =>
    `Not known: ${facts.count('samples') ?? 'few'} measurements with a distance and a level, ${facts.count('leastSamples') ?? 'more'} are needed.`,
  // Remedies.
  'remedy-repair': (facts: Facts) => `Repair ${server(facts, 'the cell')} first, then measure again.`,
  'remedy-new-site': (facts: Facts) => {
    const [radius, lat, lon] = [metres(facts, 'radiusM'), facts.num('lat'), facts.num('lon')];
    const where = lat === undefined || lon === undefined ? '' : ` near ${degrees(lat)}, ${degrees(lon)}`;
    return `A new site${where}${radius ? ` would serve all of the area from at most ${radius}` : ' would serve it from near'}. Look first whether tilt or power of ${server(facts, 'the present server')} has room.`;
  },
  'remedy-low-band': (facts: Facts) =>
    `A carrier below 1 GHz on the site of ${server(facts, 'the present server')} reaches farther than the present band; where there is none, more height or a new site.`,
  'remedy-tilt': (facts: Facts) =>
    facts.text('cause') === 'overshoot'
      ? `Tilt ${server(facts, 'the cell that reaches too far')} down, in steps, and measure its own area again.`
      : `Make one cell the first here: tilt down or lower the power of the others, beginning with the farthest.`,
  'remedy-power': (facts: Facts) =>
    `Raise the power of ${server(facts, 'the present server')} as far as its neighbours allow.`,
  'remedy-azimuth': (facts: Facts) =>
    `Turn an antenna of the site of ${server(facts, 'the present server')} towards the area, and look what its present direction would lose.`,
  'remedy-small-cell': (facts: Facts) => {
    const radius = metres(facts, 'radiusM');
    return `A small cell in the middle${radius ? ` would be at most ${radius} from every part of the area` : ' would serve it from near'}; check tilt and power of ${server(facts, 'the present server')} first.`;
  },
  'remedy-indoor-system': () =>
    'An indoor system or pico cells: walls cost 20 to 30 dB, which no antenna outside makes good.',
  'remedy-linear-sites': (facts: Facts) => {
    const span = metres(facts, 'lengthM');
    return `Sites along the line${span ? ` for its weak ${span}` : ''}, and neighbour lists that follow it.`;
  },
  'remedy-leaky-cable': () => 'Check the radio unit of the tunnel first, then its leaky cable.',
  'remedy-capacity': (facts: Facts) =>
    `More capacity for ${server(facts, 'the cell that serves it')}: another carrier, or neighbours that take a part of its load.`,
  'remedy-measure': (facts: Facts) =>
    `Measure before building: ${facts.text('cause') === 'unknown' ? 'a walk or drive test that names cells, noise and rate' : 'a walk or drive test'} would show what is missing.`,
  // Alerts.
  'title-weak-coverage': (facts: Facts) => titleOf('en', placeName(facts), titlePhrases(facts)),
  'weak-area': (facts: Facts) => {
    const [share, samples, line] = [percent(facts, 'sharePct'), facts.count('samples'), dbm(facts, 'weakDbm')];
    const [low, high] = [facts.num('shareLowPct'), facts.num('shareHighPct')];
    const sure = low === undefined || high === undefined ? '' : ` (likely ${number(low, 0)}–${number(high, 0)} %)`;
    const weak = share && samples ? `${share} of ${samples} samples${sure}` : 'More samples than allowed';
    const size = facts.num('areaKm2');
    const rival = facts.text('operator');
    return `${weak} are at or below ${line ?? 'the line'}${size === undefined ? '' : `, over ${number(size, 2)} km²`}; ${level(facts)}.${rival ? ` ${rival} is better there.` : ''}`;
  },
  'area-good-again': (facts: Facts) =>
    `Clears when enough new samples there are above ${dbm(facts, 'weakDbm') ?? 'the line'}: 10 % may be weak.`,
};
