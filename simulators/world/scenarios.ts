// The radio scenarios and the carriers they use, as data. Levels are practice of ordinary networks, not a standard.

import type { Radio } from '../../server/model/cell.ts';
import type { PathModel } from '../radio/path-loss.ts';

/** `street`: small cells below the roofs of dense places. */
export const SCENARIO_NAMES = ['dense-urban', 'suburb', 'rural', 'indoor', 'highway', 'railway', 'street'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];
export type Range = readonly [number, number];

export interface Scenario {
  name: ScenarioName;
  /** What the inventory calls it. */
  told: string;
  model: PathModel;
  /** Height of the houses around, for the rural model. */
  housesM: number;
  sectors: 1 | 2 | 3;
  /** Distance between neighbouring sites. */
  spacingKm: number;
  /** How far people live from the site that is built for them, and how many beside a suburb. */
  reachKm: number;
  density: number;
  /** Beyond this nobody hears its antennas in a dense network. */
  earshotKm: number;
  heightM: Range;
  tiltDeg: Range;
  carrier: Carrier;
  /** A second carrier on every n-th site (0: nowhere), for capacity. */
  capacityCarrier?: Carrier;
  capacityEvery: number;
  /** Users at the usual peak as a share of the users that fill the carrier. */
  peakLoad: Range;
  /** Handovers for one session. */
  handoversPerSession: number;
  /** What people sit in (house, car, train): the share of them, median and spread of its loss at 1.8 GHz, dB. */
  insideShare: number;
  wallsDb: readonly [median: number, spread: number];
}

export interface Carrier {
  radio: Radio;
  band: string;
  duplex: 'FDD' | 'TDD';
  role: 'coverage' | 'capacity';
  frequencyMhz: number;
  bandwidthMhz: number;
  powerDbm: number;
  /** Active users at which 63 % of the radio blocks are used. */
  fullUsers: number;
  /** What the carrier carries in all when every block is used by people who hear it as is usual. */
  capacityMbps: number;
  /** What one of them gets on an empty carrier. */
  emptyDlMbps: number;
  emptyUlMbps: number;
  emptyLatencyMs: number;
  /** Uplink noise and interference per resource block of an empty carrier. */
  quietNoiseDbm: number;
}

const LTE_1800: Carrier = {
  radio: 'LTE',
  band: '1800',
  duplex: 'FDD',
  role: 'coverage',
  frequencyMhz: 1842.5,
  bandwidthMhz: 20,
  powerDbm: 46,
  fullUsers: 380,
  capacityMbps: 75,
  emptyDlMbps: 22.5,
  emptyUlMbps: 14,
  emptyLatencyMs: 17,
  quietNoiseDbm: -114,
};

const LTE_700: Carrier = {
  ...LTE_1800,
  band: '700',
  frequencyMhz: 778,
  bandwidthMhz: 10,
  fullUsers: 160,
  capacityMbps: 38,
  emptyDlMbps: 16,
  emptyUlMbps: 8,
  emptyLatencyMs: 21,
  quietNoiseDbm: -115,
};

const NR_3500: Carrier = {
  radio: 'NR',
  band: 'n78',
  duplex: 'TDD',
  role: 'capacity',
  frequencyMhz: 3550,
  bandwidthMhz: 100,
  powerDbm: 53,
  fullUsers: 420,
  capacityMbps: 520,
  emptyDlMbps: 330,
  emptyUlMbps: 58,
  emptyLatencyMs: 9,
  quietNoiseDbm: -116,
};

/** Small cells have frequencies of their own, so that masts do not drown them. */
const LTE_2600: Carrier = { ...LTE_1800, band: '2600', frequencyMhz: 2640, powerDbm: 38, fullUsers: 300 };
const LTE_2300: Carrier = {
  ...LTE_1800,
  band: '2300',
  duplex: 'TDD',
  frequencyMhz: 2350,
  powerDbm: 27,
  fullUsers: 260,
};

/** What a cell list may hold beside: old radios, slow and narrow. Their load stands for timeslots and codes. */
const UMTS_2100: Carrier = {
  ...LTE_1800,
  radio: 'UMTS',
  band: '2100',
  frequencyMhz: 2140,
  bandwidthMhz: 5,
  powerDbm: 43,
  fullUsers: 60,
  capacityMbps: 9,
  emptyDlMbps: 4.2,
  emptyUlMbps: 1.3,
  emptyLatencyMs: 60,
  quietNoiseDbm: -106,
};
const GSM_900: Carrier = {
  ...UMTS_2100,
  radio: 'GSM',
  band: '900',
  frequencyMhz: 947,
  fullUsers: 30,
  capacityMbps: 0.8,
  emptyDlMbps: 0.18,
  emptyUlMbps: 0.09,
  emptyLatencyMs: 350,
  quietNoiseDbm: -110,
};

const SUBURB: Scenario = {
  name: 'suburb',
  told: 'suburb',
  model: 'UMa',
  housesM: 7,
  sectors: 3,
  spacingKm: 1.8,
  reachKm: 0.46,
  density: 1,
  earshotKm: 2.6,
  heightM: [26, 38],
  tiltDeg: [4, 6],
  carrier: LTE_1800,
  capacityEvery: 0,
  peakLoad: [0.35, 0.85],
  handoversPerSession: 0.35,
  insideShare: 0.6,
  wallsDb: [6, 2],
};

const RURAL: Scenario = {
  ...SUBURB,
  name: 'rural',
  told: 'rural',
  model: 'RMa',
  housesM: 5,
  spacingKm: 2.8,
  reachKm: 0.3,
  density: 0.7,
  earshotKm: 9,
  heightM: [38, 60],
  tiltDeg: [2, 4],
  carrier: LTE_700,
  peakLoad: [0.15, 0.5],
  handoversPerSession: 0.25,
  wallsDb: [5, 2],
};

const DENSE: Scenario = {
  ...SUBURB,
  name: 'dense-urban',
  told: 'dense-urban',
  spacingKm: 1,
  reachKm: 0.48,
  density: 1.8,
  earshotKm: 1.1,
  heightM: [24, 34],
  tiltDeg: [6, 9],
  capacityCarrier: NR_3500,
  capacityEvery: 3,
  peakLoad: [0.6, 1.2],
  handoversPerSession: 0.5,
  wallsDb: [7, 2],
};

export const SCENARIOS: Record<ScenarioName, Scenario> = {
  'dense-urban': DENSE,
  suburb: SUBURB,
  rural: RURAL,
  indoor: {
    ...DENSE,
    ...{ name: 'indoor', told: 'indoor', model: 'InH', sectors: 1, spacingKm: 0.3, reachKm: 0.05, earshotKm: 0.3 },
    ...{ heightM: [3, 4], tiltDeg: [0, 0], carrier: LTE_2300, capacityCarrier: undefined, capacityEvery: 0 },
    ...{ peakLoad: [0.3, 0.9], insideShare: 1, wallsDb: [22, 4], handoversPerSession: 0.15 },
  },
  highway: {
    ...RURAL,
    ...{ name: 'highway', told: 'highway', sectors: 2, spacingKm: 4, reachKm: 2, heightM: [30, 45] },
    ...{ peakLoad: [0.15, 0.55], handoversPerSession: 1.6, insideShare: 1, wallsDb: [8, 2] },
  },
  railway: {
    ...RURAL,
    ...{ name: 'railway', told: 'railway', sectors: 2, spacingKm: 3.2, reachKm: 1.6, heightM: [30, 40] },
    ...{ peakLoad: [0.15, 0.5], handoversPerSession: 1.9, insideShare: 1, wallsDb: [20, 3] },
  },
  street: {
    ...DENSE,
    ...{ name: 'street', told: 'dense-urban', model: 'UMi', sectors: 1, spacingKm: 0.2, reachKm: 0.09 },
    ...{ earshotKm: 0.6, heightM: [6, 10], tiltDeg: [0, 2], carrier: LTE_2600, capacityCarrier: undefined },
    ...{ capacityEvery: 0, peakLoad: [0.4, 1], insideShare: 0.4 },
  },
};

/** The carrier that a cell of a list is taken to have, which names its radio alone; low bands where sites are far apart. */
export function carrierOf(radio: Radio, isFarApart: boolean): Carrier {
  if (radio === 'LTE') return isFarApart ? LTE_700 : LTE_1800;
  return { NR: NR_3500, UMTS: UMTS_2100, GSM: GSM_900 }[radio];
}
