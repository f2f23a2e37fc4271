// The three radio scenarios and the carriers they use, as data. Levels are practice of ordinary networks, not a standard.

import type { Cell } from '../../server/model/cell.ts';

export type ScenarioName = 'dense-urban' | 'suburb' | 'rural';
export type Range = readonly [number, number];

export interface Scenario {
  name: ScenarioName;
  /** Distance between neighbouring sites. */
  spacingKm: number;
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
}

export interface Carrier {
  radio: Cell['radio'];
  band: string;
  duplex: 'FDD' | 'TDD';
  role: 'coverage' | 'capacity';
  frequencyMhz: number;
  bandwidthMhz: number;
  powerDbm: number;
  /** Active users at which 63 % of the radio blocks are used. */
  fullUsers: number;
  /** What the carrier carries in all when every block is used. */
  capacityMbps: number;
  /** What one user gets on an empty carrier. */
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
  emptyDlMbps: 56,
  emptyUlMbps: 17,
  emptyLatencyMs: 17,
  quietNoiseDbm: -114,
};

const LTE_700: Carrier = {
  ...LTE_1800,
  band: '700',
  frequencyMhz: 778,
  bandwidthMhz: 10,
  fullUsers: 160,
  capacityMbps: 26,
  emptyDlMbps: 25,
  emptyUlMbps: 9,
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
  emptyDlMbps: 390,
  emptyUlMbps: 62,
  emptyLatencyMs: 9,
  quietNoiseDbm: -116,
};

export const SCENARIOS: Record<ScenarioName, Scenario> = {
  'dense-urban': {
    name: 'dense-urban',
    spacingKm: 1,
    heightM: [24, 34],
    tiltDeg: [6, 9],
    carrier: LTE_1800,
    capacityCarrier: NR_3500,
    capacityEvery: 3,
    peakLoad: [0.6, 1.2],
    handoversPerSession: 0.5,
  },
  suburb: {
    name: 'suburb',
    spacingKm: 1.8,
    heightM: [26, 38],
    tiltDeg: [4, 6],
    carrier: LTE_1800,
    capacityEvery: 0,
    peakLoad: [0.35, 0.85],
    handoversPerSession: 0.35,
  },
  rural: {
    name: 'rural',
    spacingKm: 2.8,
    heightM: [38, 60],
    tiltDeg: [2, 4],
    carrier: LTE_700,
    capacityEvery: 0,
    peakLoad: [0.15, 0.5],
    handoversPerSession: 0.25,
  },
};
