// The counters that a cell's equipment would keep, so made from what happened in it that a receiver derives the same KPIs.
//
// LTE by TS 32.425, NR by TS 28.552, with vendors' names where 3GPP has none. What no table knows goes by the KPI's own id.

import type { Cell } from '../../server/model/cell.ts';
import { SENT } from '../readings.ts';

export type SentKpi = (typeof SENT)[number]['kpi'];

/** One counter: `of` the values of these KPIs (at most two) and the seconds of the period. NaN: not measured. */
export interface Counter {
  name: string;
  kpis: readonly [SentKpi, SentKpi?];
  decimals: number;
  of(first: number, second: number, periodSeconds: number): number;
}

/** Counters of one class of managed objects. */
export interface ObjectClass {
  /** Comes before the cell's name: `ENBFunction=1,EUtranCellFDD=`. */
  object: string;
  counters: readonly Counter[];
}

/** Part of the volume that goes down to the devices. */
const DOWNLINK = 0.9;
const PPM_PER_PERCENT = 10_000;
const KBIT_PER_GB = 8_000_000;
const MBIT_PER_GB = 8000;

const same = (name: string, kpi: SentKpi, decimals = 0, scale = 1): Counter => ({
  ...{ name, kpis: [kpi], decimals },
  of: (value) => value * scale,
});

/** Nobody there: nothing was sent in no time. */
const noneIfIdle = (value: number) => (Number.isNaN(value) ? 0 : value);

/** Volume in kbit and the time in ms in which it was sent, so that their ratio is the throughput (TS 32.425 4.4.6). */
function volumeAndTime(direction: 'Dl' | 'Ul', kpi: SentKpi): Counter[] {
  const kbit = (gb: number) =>
    Math.max(1, Math.round(gb * KBIT_PER_GB * (direction === 'Dl' ? DOWNLINK : 1 - DOWNLINK)));
  return [
    {
      ...{ name: `DRB.IPVol${direction}`, kpis: [kpi, 'traffic_gb'], decimals: 0 },
      of: (mbps, gb) => noneIfIdle(kbit(gb) * (mbps > 0 ? 1 : Number.NaN)),
    },
    {
      ...{ name: `DRB.IPTime${direction}`, kpis: [kpi, 'traffic_gb'], decimals: 3 },
      of: (mbps, gb) => noneIfIdle(kbit(gb) / mbps),
    },
  ];
}

const UNAVAILABLE: Counter = {
  ...{ name: 'RRU.CellUnavailableTime', kpis: ['availability_pct'], decimals: 1 },
  of: (percent, _, periodSeconds) => ((100 - percent) / 100) * periodSeconds,
};

/** What any equipment has, by vendors' names. */
const EQUIPMENT: readonly Counter[] = [
  UNAVAILABLE,
  same('L.Cell.Unavail.Dur.Sys', 'fault_unavail_s'),
  same('L.Cell.Unavail.Dur.Manual', 'planned_unavail_s'),
  same('L.Cell.Unavail.Dur.EnergySaving', 'saving_s'),
  same('L.UL.Interference.Avg', 'ul_interference_dbm', 1),
  same('PEE.AvgTemperature', 'temperature_c', 1),
  same('PEE.Voltage', 'supply_voltage_v', 1),
];

/** Who fails to get on fails at the bearer: the signalling before it succeeds. */
const LTE: readonly Counter[] = [
  same('RRC.ConnEstabAtt', 'setup_attempts'),
  same('RRC.ConnEstabSucc', 'setup_attempts'),
  same('S1SIG.ConnEstabAtt', 'setup_attempts'),
  same('S1SIG.ConnEstabSucc', 'setup_attempts'),
  same('ERAB.EstabInitAttNbr', 'setup_attempts'),
  same('ERAB.EstabInitSuccNbr', 'setup_successes'),
  same('ERAB.RelActNbr', 'abnormal_releases'),
  same('HO.OutAttTarget', 'handover_attempts'),
  same('HO.OutSuccTarget', 'handover_successes'),
  ...volumeAndTime('Dl', 'dl_throughput_mbps'),
  ...volumeAndTime('Ul', 'ul_throughput_mbps'),
  same('DRB.IPLatDl', 'latency_ms', 1),
  same('DRB.PdcpSduLossRateUl', 'packet_loss_pct', 0, PPM_PER_PERCENT),
  same('RRU.PrbTotDl', 'prb_util_pct', 1),
  same('RRC.ConnMean', 'active_users', 1),
  ...(['Dl', 'Ul'] as const).map(
    (direction): Counter => ({
      ...{ name: `DRB.PdcpSduBitrate${direction}`, kpis: ['traffic_gb'], decimals: 3 },
      of: (gb, _, periodSeconds) => ((direction === 'Dl' ? DOWNLINK : 1 - DOWNLINK) * gb * KBIT_PER_GB) / periodSeconds,
    }),
  ),
  ...EQUIPMENT,
];

/** What the central unit keeps. */
const NR_CU: readonly Counter[] = [
  same('RRC.ConnMean', 'active_users', 1),
  same('DRB.EstabAtt', 'setup_attempts'),
  same('DRB.EstabSucc', 'setup_successes'),
  same('DRB.RelActNbr', 'abnormal_releases'),
  same('MM.HoPrepInterReq', 'handover_attempts'),
  same('MM.HoPrepInterSucc', 'handover_attempts'),
  same('MM.HoExeInterReq', 'handover_attempts'),
  same('MM.HoExeInterSucc', 'handover_successes'),
  same('DRB.PdcpSduVolumeDL', 'traffic_gb', 3, DOWNLINK * MBIT_PER_GB),
  same('DRB.PdcpSduVolumeUL', 'traffic_gb', 3, (1 - DOWNLINK) * MBIT_PER_GB),
];

/** What the distributed unit keeps, next to the antenna. */
const NR_DU: readonly Counter[] = [
  same('DRB.UEThpDl', 'dl_throughput_mbps', 0, 1000),
  same('DRB.UEThpUl', 'ul_throughput_mbps', 0, 1000),
  same('DRB.AirIfDelayDl', 'latency_ms', 0, 10),
  same('DRB.PacketLossRateUl', 'packet_loss_pct', 0, PPM_PER_PERCENT),
  same('RRU.PrbTotDl', 'prb_util_pct', 1),
  ...EQUIPMENT,
];

/** `session_releases` are the setups that succeeded, by the convention of the ratio's formula. */
const TOLD = new Set<SentKpi>(['session_releases', ...[...LTE, ...NR_CU, ...NR_DU].flatMap(({ kpis }) => kpis[0])]);
const OTHERS = SENT.filter(({ kpi }) => !TOLD.has(kpi)).map(({ kpi, decimals }) => same(kpi, kpi, decimals));

const GENERIC = SENT.map(({ kpi, decimals }) => same(kpi, kpi, decimals));

/** Of a cell by its radio and duplex, first to last as they stand in a file. */
export function objectClasses({ radio, duplex }: Pick<Cell, 'radio' | 'duplex'>): readonly ObjectClass[] {
  if (radio === 'LTE') return duplex === 'TDD' ? LTE_TDD : LTE_FDD;
  if (radio === 'NR') return NR;
  return radio === 'GSM' ? GSM : UMTS;
}

const LTE_FDD: readonly ObjectClass[] = [{ object: 'ENBFunction=1,EUtranCellFDD=', counters: [...LTE, ...OTHERS] }];
const LTE_TDD: readonly ObjectClass[] = [{ object: 'ENBFunction=1,EUtranCellTDD=', counters: [...LTE, ...OTHERS] }];
const NR: readonly ObjectClass[] = [
  { object: 'GNBCUCPFunction=1,NRCellCU=', counters: NR_CU },
  { object: 'GNBDUFunction=1,NRCellDU=', counters: [...NR_DU, ...OTHERS] },
];
const GSM: readonly ObjectClass[] = [{ object: 'BssFunction=1,GsmCell=', counters: GENERIC }];
const UMTS: readonly ObjectClass[] = [{ object: 'RncFunction=1,UtranCell=', counters: GENERIC }];
