// Every formula that ships, on numbers worked out by hand: the value, and the formula that is named for it.

import { describe, expect, it } from 'vitest';
import { lineageOf } from '../../server/intake/lineage.ts';
import { RatioSums, ratioOf } from '../../server/maths/ratio-of-sums.ts';
import { KPI_CATALOGUE } from '../../server/model/catalogue.ts';
import type { Radio } from '../../server/model/cell.ts';
import { deliver, intakeOver, reading, Shelf } from './shelf.ts';

interface Row {
  kpi: string;
  variant: string;
  given: Record<string, number>;
  is: number;
  radio?: Radio;
}

const row = (kpi: string, variant: string, given: Record<string, number>, is: number, radio?: Radio): Row => ({
  ...{ kpi, variant, given, is },
  ...(radio && { radio }),
});

const LTE_ACCESS = {
  ...{ 'RRC.ConnEstabAtt': 1000, 'RRC.ConnEstabSucc': 990, 'S1SIG.ConnEstabAtt': 900, 'S1SIG.ConnEstabSucc': 891 },
  ...{ 'ERAB.EstabInitAttNbr': 800, 'ERAB.EstabInitSuccNbr': 784 },
};
const NR_ACCESS = {
  ...{ 'RRC.ConnEstabAtt': 1000, 'RRC.ConnEstabSucc': 950, 'UECNTX.ConnEstabAtt': 900, 'UECNTX.ConnEstabSucc': 855 },
  ...{ 'DRB.EstabAtt': 800, 'DRB.EstabSucc': 760 },
};
const SIGNALLING = {
  ...{ 'RRC.ConnEstabAtt.mo-Signalling': 200, 'RRC.ConnEstabSucc.mo-Signalling': 190 },
  ...{ 'UECNTX.ConnEstabAtt.mo-Signalling': 100, 'UECNTX.ConnEstabSucc.mo-Signalling': 95 },
};
const LTE_HANDOVER = {
  ...{ 'HO.IntraEnbOutAtt': 100, 'HO.IntraEnbOutSucc': 98 },
  ...{ 'HO.InterEnbOutPrepAtt': 100, 'HO.InterEnbOutAtt': 90, 'HO.InterEnbOutSucc': 73 },
};
const NR_INTER = {
  ...{ 'MM.HoPrepInterReq': 100, 'MM.HoPrepInterSucc': 90, 'MM.HoExeInterReq': 90, 'MM.HoExeInterSucc': 81 },
};
const NR_INTRA = { 'MM.HoExeIntraReq': 110, 'MM.HoExeIntraSucc': 99 };
const NR_PREP_INTRA = { 'MM.HoPrepIntraReq': 110, 'MM.HoPrepIntraSucc': 110 };
const HUAWEI = { 'L.E-RAB.AbnormRel': 6, 'L.E-RAB.NormRel': 594 };
const SCG = { pmEndcRelUeNormal: 190, pmEndcRelUeAbnormalMenb: 4, pmEndcRelUeAbnormalSgnb: 6 };
const QCI1 = {
  ...{ 'ERAB.EstabInitAttNbr.QCI1': 10, 'ERAB.EstabInitSuccNbr.QCI1': 9 },
  ...{ 'ERAB.EstabAddAttNbr.QCI1': 190, 'ERAB.EstabAddSuccNbr.QCI1': 189, 'ERAB.RelActNbr.QCI1': 1 },
};
const QCI1_INITIAL = { 'ERAB.EstabInitAttNbr.1': 10, 'ERAB.EstabInitSuccNbr.1': 8, 'ERAB.RelActNbr.1': 2 };
const FIVE_QI1 = { 'DRB.EstabAtt.5QI1': 50, 'DRB.EstabSucc.5QI1': 40, 'DRB.RelActNbr.5QI1': 2 };
/** Seven in each bin up to 3, none above. */
const CQI = Object.fromEntries(Array.from({ length: 16 }, (_, k) => [`CARR.WBCQIDist[${k}]`, k <= 3 ? 7 : 0]));

const ROWS: readonly Row[] = [
  row('availability_pct', 'lte-3gpp', { 'RRU.CellUnavailableTime': 90 }, 90),
  row('availability_pct', 'downtime', { 'L.Cell.Unavail.Dur.Sys': 90, 'L.Cell.Unavail.Dur.Manual': 45 }, 85),
  // 0.99 · 0.99 · 0.98
  row('setup_success_pct', 'lte-3gpp', LTE_ACCESS, 96.0498),
  // 760/800 · 760/800 · 760/800
  row('setup_success_pct', 'nr-3gpp', { ...NR_ACCESS, ...SIGNALLING }, 85.7375),
  row('setup_success_pct', 'nr-all-causes', NR_ACCESS, 85.7375),
  row('setup_success_pct', 'lte-erab-only', { 'ERAB.EstabInitAttNbr': 800, 'ERAB.EstabInitSuccNbr': 784 }, 98),
  row('setup_success_pct', 'nr-drb-only', { 'DRB.EstabAtt': 800, 'DRB.EstabSucc': 760 }, 95),
  row('setup_success_pct', 'rrc-only', { 'RRC.ConnEstabAtt': 200, 'RRC.ConnEstabSucc': 199 }, 99.5),
  row('setup_success_pct', 'counts', { setup_attempts: 40, setup_successes: 39 }, 97.5),
  row(
    'drop_rate_pct',
    'lte-by-setups',
    { 'ERAB.RelActNbr.3': 3, 'ERAB.RelActNbr.9': 1, 'ERAB.EstabInitSuccNbr': 800 },
    0.5,
  ),
  row('drop_rate_pct', 'nr-by-setups', { 'DRB.RelActNbr': 3, 'DRB.EstabSucc': 400 }, 0.75),
  row('drop_rate_pct', 'huawei-by-releases', HUAWEI, 1),
  row('drop_rate_pct', 'counts', { abnormal_releases: 3, session_releases: 200 }, 1.5),
  row('handover_success_pct', 'lte-3gpp', { 'HO.OutAttTarget': 200, 'HO.OutSuccTarget': 194 }, 97),
  // 190/200 · 171/190
  row('handover_success_pct', 'lte-intra-inter', LTE_HANDOVER, 85.5),
  // 200/210 · 180/200
  row('handover_success_pct', 'nr-3gpp', { ...NR_INTER, ...NR_INTRA, ...NR_PREP_INTRA }, 85.714286),
  row('handover_success_pct', 'nr-intra-unprepared', { ...NR_INTER, ...NR_INTRA }, 85.714286),
  row('handover_success_pct', 'nr-inter-only', NR_INTER, 81),
  row('handover_success_pct', 'nr-intra-only', NR_INTRA, 90),
  row('handover_success_pct', 'counts', { handover_attempts: 50, handover_successes: 49 }, 98),
  // 90,000 kbit in 6,000 ms
  row('dl_throughput_mbps', 'lte-3gpp', { 'DRB.IPVolDl': 90_000, 'DRB.IPTimeDl': 6000 }, 15),
  row('dl_throughput_mbps', 'nr-3gpp', { 'DRB.UEThpDl': 85_000 }, 85),
  row('ul_throughput_mbps', 'lte-3gpp', { 'DRB.IPVolUl': 9000, 'DRB.IPTimeUl': 6000 }, 1.5),
  row('ul_throughput_mbps', 'nr-3gpp', { 'DRB.UEThpUl': 12_500 }, 12.5),
  row('latency_ms', 'lte-3gpp', { 'DRB.IPLatDl': 21 }, 21),
  row('latency_ms', 'lte-pdcp', { 'DRB.PdcpSduDelayDl': 18 }, 18, 'LTE'),
  row(
    ...(['latency_ms', 'nr-ran'] as const),
    { 'DRB.PdcpSduDelayDl': 10, 'DRB.PdcpF1DelayDl': 20, 'DRB.RlcSduDelayDl': 30, 'DRB.AirIfDelayDl': 65 },
    ...([12.5, 'NR'] as const),
  ),
  row('latency_ms', 'nr-air', { 'DRB.AirIfDelayDl': 65 }, 6.5),
  row('packet_loss_pct', 'lte-3gpp', { 'DRB.PdcpSduLossRateUl': 2500 }, 0.25),
  row('packet_loss_pct', 'nr-3gpp', { 'DRB.PacketLossRateUl': 1200 }, 0.12),
  row('prb_util_pct', 'used-of-available', { 'RRU.PrbUsedDl': 68, 'RRU.PrbAvailDl': 272 }, 25),
  row('prb_util_pct', 'prb-total', { 'RRU.PrbTotDl': 63 }, 63),
  row('active_users', 'rrc-connected', { 'RRC.ConnMean': 374 }, 374),
  row('active_users', 'drb-active', { 'DRB.MeanActiveUeDl': 31 }, 31),
  // 16,000 Mbit down, 800 Mbit up, of two filters each
  row(
    ...(['traffic_gb', 'pdcp-volume'] as const),
    {
      ...{ 'DRB.PdcpSduVolumeDL_46000.5QI9': 15_000, 'DRB.PdcpSduVolumeDL_46000.5QI1': 1000 },
      'DRB.PdcpSduVolumeUL': 800,
    },
    2.1,
  ),
  // 40,000 kbit/s over 900 s
  row('traffic_gb', 'pdcp-bit-rate', { 'DRB.PdcpSduBitrateDl.9': 36_000, 'DRB.PdcpSduBitrateUl.9': 4000 }, 4.5),
  row('ul_interference_dbm', 'huawei', { 'L.UL.Interference.Avg': -112 }, -112),
  row('voice_setup_success_pct', 'lte-qci1', QCI1, 99),
  row('voice_setup_success_pct', 'lte-qci1-initial', QCI1_INITIAL, 80),
  row('voice_setup_success_pct', 'nr-5qi1', FIVE_QI1, 80),
  row('voice_drop_pct', 'lte-qci1-by-setups', QCI1, 0.505051),
  row('voice_drop_pct', 'lte-qci1-by-initial-setups', QCI1_INITIAL, 25),
  row('voice_drop_pct', 'nr-5qi1-by-setups', FIVE_QI1, 5),
  row('voice_loss_pct', 'lte-qci1', { 'DRB.PdcpSduLossRateUl.QCI1': 800 }, 0.08),
  row('voice_loss_pct', 'nr-5qi1', { 'DRB.PacketLossRateUl.5QI1': 800 }, 0.08),
  row(
    ...(['epsfb_success_pct', 'nr-by-handover'] as const),
    { 'MM.HoOut5gsToEpsFallbackPrepReq': 40, 'MM.HoOutExe5gsToEpsFallbackSucc': 39 },
    97.5,
  ),
  row('endc_setup_success_pct', 'ericsson', { pmEndcSetupUeAtt: 200, pmEndcSetupUeSucc: 196 }, 98),
  row('scg_drop_pct', 'ericsson', SCG, 5),
  row('temperature_c', 'pee', { 'PEE.AvgTemperature': 33.5 }, 33.5),
  row('supply_voltage_v', 'pee', { 'PEE.Voltage': 53.2 }, 53.2),
  row('fault_unavail_s', 'huawei', { 'L.Cell.Unavail.Dur.Sys': 120 }, 120),
  row('fault_unavail_s', 'ericsson', { pmCellDowntimeAuto: 60 }, 60),
  row('planned_unavail_s', 'huawei', { 'L.Cell.Unavail.Dur.Manual': 300 }, 300),
  row('planned_unavail_s', 'ericsson', { pmCellDowntimeMan: 900 }, 900),
  row('saving_s', 'huawei', { 'L.Cell.Unavail.Dur.EnergySaving': 600 }, 600),
  row('saving_s', 'ericsson', { pmCellSleepTime: 30 }, 30),
  row('retainability_per_s', 'lte-3gpp', { 'ERAB.RelActNbr': 4, 'ERAB.SessionTimeUE': 8000 }, 0.0005),
  row('retainability_per_s', 'nr-3gpp', { 'QF.RelActNbr.sum': 3, 'QF.SessionTimeUE': 6000 }, 0.0005),
  row('retainability_per_s', 'nr-flows', { 'QF.RelActNbr.9': 3, 'QF.SessionTimeQoS.9': 1500 }, 0.002),
  row('retainability_per_s', 'nr-drb', { 'DRB.RelActNbr': 1, 'DRB.SessionTime': 1000 }, 0.001),
  row('cqi_mean', 'lte-wideband', CQI, 1.5),
  row('setup_attempts', 'lte-3gpp', LTE_ACCESS, 800),
  row('setup_attempts', 'nr-3gpp', { 'DRB.EstabAtt.5QI9': 7, 'DRB.EstabAtt.5QI1': 2, 'DRB.EstabAtt.SNSSAI1': 9 }, 9),
  row('setup_attempts', 'rrc', { 'RRC.ConnEstabAtt.mo-Data': 6, 'RRC.ConnEstabAtt.mt-Access': 4 }, 10),
  row('setup_successes', 'lte-3gpp', LTE_ACCESS, 784),
  row('setup_successes', 'nr-3gpp', NR_ACCESS, 760),
  row('setup_successes', 'rrc', { 'RRC.ConnEstabSucc': 9 }, 9),
  row('session_releases', 'lte-by-setups', LTE_ACCESS, 784),
  row('session_releases', 'nr-by-setups', NR_ACCESS, 760),
  row('session_releases', 'huawei-by-releases', HUAWEI, 600),
  row('abnormal_releases', 'lte-3gpp', { 'ERAB.RelActNbr': 4 }, 4),
  row('abnormal_releases', 'nr-3gpp', { 'DRB.RelActNbr': 3 }, 3),
  row('abnormal_releases', 'huawei-by-releases', HUAWEI, 6),
  row('abnormal_releases', 'huawei-contexts', { 'L.UECNTX.AbnormRel': 5 }, 5),
  row('handover_attempts', 'lte-3gpp', { 'HO.OutAttTarget': 200 }, 200),
  row('handover_attempts', 'lte-intra-inter', LTE_HANDOVER, 190),
  row('handover_attempts', 'nr-3gpp', { ...NR_INTER, ...NR_INTRA }, 200),
  row('handover_attempts', 'nr-inter-only', { 'MM.HoExeInterReq': 90, 'MM.HoExeInterReq.TimeMean': 40 }, 90),
  row('handover_attempts', 'nr-intra-only', NR_INTRA, 110),
  row('handover_successes', 'lte-3gpp', { 'HO.OutSuccTarget': 194 }, 194),
  row('handover_successes', 'lte-intra-inter', LTE_HANDOVER, 171),
  row('handover_successes', 'nr-3gpp', { ...NR_INTER, ...NR_INTRA }, 180),
  row('handover_successes', 'nr-inter-only', NR_INTER, 81),
  row('handover_successes', 'nr-intra-only', NR_INTRA, 99),
  row('voice_setup_attempts', 'lte-qci1', QCI1, 200),
  row('voice_setup_attempts', 'lte-qci1-initial', QCI1_INITIAL, 10),
  row('voice_setup_attempts', 'nr-5qi1', FIVE_QI1, 50),
  row('voice_releases', 'lte-qci1-by-setups', QCI1, 198),
  row('voice_releases', 'lte-qci1-by-initial-setups', QCI1_INITIAL, 8),
  row('voice_releases', 'nr-5qi1-by-setups', FIVE_QI1, 40),
  row('epsfb_attempts', 'nr-by-handover', { 'MM.HoOut5gsToEpsFallbackPrepReq': 40 }, 40),
  row('endc_setup_attempts', 'ericsson', { pmEndcSetupUeAtt: 200 }, 200),
  row('scg_releases', 'ericsson', SCG, 200),
  row('session_time_s', 'lte-3gpp', { 'ERAB.SessionTimeUE': 8000 }, 8000),
  row('session_time_s', 'nr-3gpp', { 'QF.SessionTimeUE': 6000 }, 6000),
  row('session_time_s', 'nr-flows', { 'QF.SessionTimeQoS.5': 500, 'QF.SessionTimeQoS.9': 1000 }, 1500),
  row('session_time_s', 'nr-drb', { 'DRB.SessionTime': 1000 }, 1000),
];

async function taken(given: Record<string, number>, radio?: Radio): Promise<Record<string, number>> {
  const shelf = new Shelf();
  const intake = intakeOver(shelf, { radioOf: () => radio ?? null });
  await deliver(intake, shelf, [reading({ counters: given })]);
  return { ...given, ...shelf.kpisOf('a') };
}

describe('a shipped formula', () => {
  it.each(ROWS)('makes $kpi by $variant: $is', async ({ kpi, variant, given, is, radio }) => {
    const values = await taken(given, radio);
    expect(values[kpi]).toBeCloseTo(is, 5);
    const lineage = lineageOf(kpi, { periodSeconds: 900, values, radio: radio ?? null });
    expect(lineage?.variant).toBe(variant);
  });

  it('has a row above, each of them', () => {
    const shipped = KPI_CATALOGUE.flatMap(({ id, formulas }) => formulas.map(({ variant }) => `${id} ${variant}`));
    expect(new Set(shipped).size).toBe(shipped.length);
    expect(ROWS.map(({ kpi, variant }) => `${kpi} ${variant}`).sort()).toEqual(shipped.sort());
  });

  const ratios = KPI_CATALOGUE.filter(({ aggregation }) => aggregation === 'ratio-of-sums').flatMap(
    ({ id, formulas }) => formulas.map((formula) => ({ id, ...formula })),
  );
  it.each(ratios)(
    'of the ratio $id by $variant pools as a ratio of sums',
    async ({ id, variant, expression, radio }) => {
      const { given, is } = ROWS.find((one) => one.kpi === id && one.variant === variant)!;
      const values = { ...(await taken(given, radio)), period: 900 };
      const { counters } = lineageOf(id, { periodSeconds: 900, values, radio: radio ?? null })!;
      const sums = new RatioSums(ratioOf(expression)!);
      // Twice the same cell, once ten times as busy: the ratio is the same, by its sums.
      for (const busy of [1, 10]) sums.add((name) => busy * counters[name]!);
      expect(sums.value()).toBeCloseTo(is, 5);
    },
  );
});

describe('counters that are means or levels', () => {
  it('are never added up over classes of service', async () => {
    const kpis = await taken({ 'DRB.UEThpDl.5QI1': 100, 'DRB.UEThpDl.5QI9': 85_000, 'DRB.AirIfDelayDl.5QI9': 40 });
    expect(kpis).not.toHaveProperty('dl_throughput_mbps');
    expect(kpis).not.toHaveProperty('latency_ms');
  });

  it('of one name and two units wait until the radio of the cell is known', async () => {
    expect(await taken({ 'DRB.PdcpSduDelayDl': 180 })).not.toHaveProperty('latency_ms');
    expect(await taken({ 'DRB.PdcpSduDelayDl': 180 }, 'NR')).not.toHaveProperty('latency_ms');
  });
});
