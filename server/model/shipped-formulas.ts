// The formulas that ship, by KPI, best first: the first whose counters a reading has makes the value.

import type { Formula } from './kpi.ts';

/** Formulas of TS 32.450 over counters of TS 32.425, and of TS 28.554 over counters of TS 28.552. */
const LTE = (clause: string, expression: string, variant = 'lte-3gpp'): Formula => ({
  variant,
  source: `3GPP TS 32.450 ${clause}, counters TS 32.425`,
  expression,
});
const NR = (clause: string, expression: string, variant = 'nr-3gpp'): Formula => ({
  variant,
  source: `3GPP TS 28.554 ${clause}, counters TS 28.552`,
  expression,
});
const STANDARD = (variant: string, source: string, expression: string): Formula => ({
  variant,
  source: `3GPP ${source}`,
  expression,
});
const CONVENTION = (variant: string, expression: string): Formula => ({ variant, source: 'convention', expression });
const VENDOR = (variant: string, expression: string): Formula => ({ variant, source: 'vendor counter', expression });
const COUNTS = (expression: string): Formula => CONVENTION('counts', expression);
/** Of means and levels. */
const whole = (formula: Formula): Formula => ({ ...formula, whole: true });

/** Mean of a distribution whose bin k stands for `first + k * step`. */
export function meanOfBins(counter: string, first: number, step: number, bins: number): string {
  const of = (write: (bin: string, k: number) => string) =>
    Array.from({ length: bins }, (_, k) => write(`${counter}.Bin${k}`, k)).join(' + ');
  return `(${of((bin, k) => `${first + k * step} * ${bin}`)}) / (${of((bin) => bin)})`.replaceAll('+ -', '- ');
}

/** RRC, then the signalling connection to the core, without those who only wanted signalling (28.554 6.2.4). */
const NR_ACCESS = ['RRC.ConnEstab', 'UECNTX.ConnEstab']
  .map((of) => `((${of}Succ - ${of}Succ.mo-Signalling) / (${of}Att - ${of}Att.mo-Signalling))`)
  .join(' * ');

/** Handovers inside a base station need no preparation where it is not split: they count as prepared. */
const LTE_HANDOVER_TRIES = 'HO.IntraEnbOutAtt + HO.InterEnbOutPrepAtt';
const NR_HANDOVER_TRIES = 'MM.HoExeIntraReq + MM.HoPrepInterReq';

const HUAWEI_RELEASES = 'L.E-RAB.AbnormRel + L.E-RAB.NormRel';
const ERICSSON_SCG_ABNORMAL = 'pmEndcRelUeAbnormalMenb + pmEndcRelUeAbnormalSgnb';
const ERICSSON_SCG_RELEASES = `pmEndcRelUeNormal + ${ERICSSON_SCG_ABNORMAL}`;
/** Voice bearers mostly come in addition to one that stands. */
const QCI1_SETUPS = 'ERAB.EstabInitSuccNbr.QCI1 + ERAB.EstabAddSuccNbr.QCI1';
const QCI1_TRIES = 'ERAB.EstabInitAttNbr.QCI1 + ERAB.EstabAddAttNbr.QCI1';

export const SHIPPED_FORMULAS: Readonly<Record<string, readonly Formula[]>> = {
  // What people feel.
  availability_pct: [
    LTE('6.4.1', '100 * (period - RRU.CellUnavailableTime) / period'),
    CONVENTION('downtime', '100 * (period - fault_unavail_s - planned_unavail_s) / period'),
  ],
  setup_success_pct: [
    LTE(
      '6.1.1',
      '100 * (RRC.ConnEstabSucc / RRC.ConnEstabAtt) * (S1SIG.ConnEstabSucc / S1SIG.ConnEstabAtt) * (ERAB.EstabInitSuccNbr / ERAB.EstabInitAttNbr)',
    ),
    NR('6.2.4', `100 * ${NR_ACCESS} * (DRB.EstabSucc / DRB.EstabAtt)`),
    CONVENTION(
      'nr-all-causes',
      '100 * (RRC.ConnEstabSucc / RRC.ConnEstabAtt) * (UECNTX.ConnEstabSucc / UECNTX.ConnEstabAtt) * (DRB.EstabSucc / DRB.EstabAtt)',
    ),
    CONVENTION('lte-erab-only', '100 * ERAB.EstabInitSuccNbr / ERAB.EstabInitAttNbr'),
    CONVENTION('nr-drb-only', '100 * DRB.EstabSucc / DRB.EstabAtt'),
    CONVENTION('rrc-only', '100 * RRC.ConnEstabSucc / RRC.ConnEstabAtt'),
    COUNTS('100 * setup_successes / setup_attempts'),
  ],
  // The standards know releases a second of use (`retainability_per_s`); a percentage is the operators' own.
  drop_rate_pct: [
    CONVENTION('lte-by-setups', '100 * ERAB.RelActNbr / ERAB.EstabInitSuccNbr'),
    CONVENTION('nr-by-setups', '100 * DRB.RelActNbr / DRB.EstabSucc'),
    VENDOR('huawei-by-releases', `100 * L.E-RAB.AbnormRel / (${HUAWEI_RELEASES})`),
    COUNTS('100 * abnormal_releases / session_releases'),
  ],
  handover_success_pct: [
    LTE('6.5.1', '100 * HO.OutSuccTarget / HO.OutAttTarget'),
    LTE(
      '6.5.1',
      `100 * ((HO.IntraEnbOutAtt + HO.InterEnbOutAtt) / (${LTE_HANDOVER_TRIES})) * ((HO.IntraEnbOutSucc + HO.InterEnbOutSucc) / (HO.IntraEnbOutAtt + HO.InterEnbOutAtt))`,
      'lte-intra-inter',
    ),
    NR(
      '6.6.1',
      '100 * ((MM.HoPrepInterSucc + MM.HoPrepIntraSucc) / (MM.HoPrepInterReq + MM.HoPrepIntraReq)) * ((MM.HoExeInterSucc + MM.HoExeIntraSucc) / (MM.HoExeInterReq + MM.HoExeIntraReq))',
    ),
    NR(
      '6.6.1',
      `100 * ((MM.HoExeIntraReq + MM.HoPrepInterSucc) / (${NR_HANDOVER_TRIES})) * ((MM.HoExeInterSucc + MM.HoExeIntraSucc) / (MM.HoExeInterReq + MM.HoExeIntraReq))`,
      'nr-intra-unprepared',
    ),
    CONVENTION(
      'nr-inter-only',
      '100 * (MM.HoPrepInterSucc / MM.HoPrepInterReq) * (MM.HoExeInterSucc / MM.HoExeInterReq)',
    ),
    CONVENTION('nr-intra-only', '100 * MM.HoExeIntraSucc / MM.HoExeIntraReq'),
    COUNTS('100 * handover_successes / handover_attempts'),
  ],
  // kbit over ms are Mbit/s.
  dl_throughput_mbps: [LTE('6.3.1', 'DRB.IPVolDl / DRB.IPTimeDl'), whole(NR('6.3.6', 'DRB.UEThpDl / 1000'))],
  ul_throughput_mbps: [LTE('6.3.1', 'DRB.IPVolUl / DRB.IPTimeUl'), whole(NR('6.3.6', 'DRB.UEThpUl / 1000'))],
  latency_ms: [
    whole(LTE('6.3.2', 'DRB.IPLatDl')),
    // One name, two units: ms in TS 32.425, tenths of a millisecond in TS 28.552.
    { ...whole(STANDARD('lte-pdcp', 'TS 32.425 4.4.3.1, ms', 'DRB.PdcpSduDelayDl')), radio: 'LTE' },
    whole(
      NR('6.3.1.2', '(DRB.PdcpSduDelayDl + DRB.PdcpF1DelayDl + DRB.RlcSduDelayDl + DRB.AirIfDelayDl) / 10', 'nr-ran'),
    ),
    whole(STANDARD('nr-air', 'TS 28.552 5.1.1.1.1, tenths of ms', 'DRB.AirIfDelayDl / 10')),
  ],
  packet_loss_pct: [
    whole(STANDARD('lte-3gpp', 'TS 32.425 4.4.4, parts per million', 'DRB.PdcpSduLossRateUl / 10000')),
    whole(STANDARD('nr-3gpp', 'TS 28.552 5.1.3.1.1, parts per million', 'DRB.PacketLossRateUl / 10000')),
  ],
  // Load.
  prb_util_pct: [
    STANDARD('used-of-available', 'TS 28.552 5.1.1.2.5 and 5.1.1.2.6', '100 * RRU.PrbUsedDl / RRU.PrbAvailDl'),
    whole(STANDARD('prb-total', 'TS 32.425 4.5.3, TS 28.552 5.1.1.2.1', 'RRU.PrbTotDl')),
  ],
  active_users: [
    whole(STANDARD('rrc-connected', 'TS 32.425 4.1.3, TS 28.552 5.1.1.4.1', 'RRC.ConnMean')),
    whole(STANDARD('drb-active', 'TS 28.552 5.1.1.23.1', 'DRB.MeanActiveUeDl')),
  ],
  traffic_gb: [
    STANDARD('pdcp-volume', 'TS 28.552 5.1.2.1, Mbit', '(DRB.PdcpSduVolumeDL + DRB.PdcpSduVolumeUL) / 8000'),
    STANDARD(
      'pdcp-bit-rate',
      'TS 32.425 4.4.1, kbit/s',
      '(DRB.PdcpSduBitrateDl + DRB.PdcpSduBitrateUl) * period / 8000000',
    ),
  ],
  // Radio. Bins of L1M.SS-RSRP are each vendor's own (TS 28.552 5.1.1.22): a deployment that knows them adds the mean.
  ul_interference_dbm: [whole(VENDOR('huawei', 'L.UL.Interference.Avg'))],
  // Voice: QCI 1 of LTE, 5QI 1 of NR.
  voice_setup_success_pct: [
    LTE('6.1.1 for QCI 1', `100 * (${QCI1_SETUPS}) / (${QCI1_TRIES})`, 'lte-qci1'),
    CONVENTION('lte-qci1-initial', '100 * ERAB.EstabInitSuccNbr.QCI1 / ERAB.EstabInitAttNbr.QCI1'),
    NR('6.2.4, DRBs of 5QI 1', '100 * DRB.EstabSucc.5QI1 / DRB.EstabAtt.5QI1', 'nr-5qi1'),
  ],
  voice_drop_pct: [
    CONVENTION('lte-qci1-by-setups', `100 * ERAB.RelActNbr.QCI1 / (${QCI1_SETUPS})`),
    CONVENTION('lte-qci1-by-initial-setups', '100 * ERAB.RelActNbr.QCI1 / ERAB.EstabInitSuccNbr.QCI1'),
    CONVENTION('nr-5qi1-by-setups', '100 * DRB.RelActNbr.5QI1 / DRB.EstabSucc.5QI1'),
  ],
  voice_loss_pct: [
    whole(STANDARD('lte-qci1', 'TS 32.425 4.4.4, parts per million', 'DRB.PdcpSduLossRateUl.QCI1 / 10000')),
    whole(STANDARD('nr-5qi1', 'TS 28.552 5.1.3.1.1, parts per million', 'DRB.PacketLossRateUl.5QI1 / 10000')),
  ],
  // By handover; fallback by redirection leaves no trace of its success in the cell that it left.
  epsfb_success_pct: [
    STANDARD(
      'nr-by-handover',
      'TS 28.552 5.1.1.6.3.10 and 5.1.1.6.3.13',
      '100 * MM.HoOutExe5gsToEpsFallbackSucc / MM.HoOut5gsToEpsFallbackPrepReq',
    ),
  ],
  // Non-standalone: no clause counts additions of a 5G leg by LTE; vendors do.
  endc_setup_success_pct: [VENDOR('ericsson', '100 * pmEndcSetupUeSucc / pmEndcSetupUeAtt')],
  scg_drop_pct: [VENDOR('ericsson', `100 * (${ERICSSON_SCG_ABNORMAL}) / (${ERICSSON_SCG_RELEASES})`)],
  // Hardware, of the unit that carries the cell.
  temperature_c: [whole(STANDARD('pee', 'TS 28.552 5.1.1.19.4.1', 'PEE.AvgTemperature'))],
  supply_voltage_v: [whole(STANDARD('pee', 'TS 28.552 5.1.1.19.5', 'PEE.Voltage'))],
  // Downtime, split by cause.
  fault_unavail_s: [VENDOR('huawei', 'L.Cell.Unavail.Dur.Sys'), VENDOR('ericsson', 'pmCellDowntimeAuto')],
  planned_unavail_s: [VENDOR('huawei', 'L.Cell.Unavail.Dur.Manual'), VENDOR('ericsson', 'pmCellDowntimeMan')],
  saving_s: [VENDOR('huawei', 'L.Cell.Unavail.Dur.EnergySaving'), VENDOR('ericsson', 'pmCellSleepTime')],
  // Shown beside those that are judged.
  retainability_per_s: [
    LTE('6.2.1 (R2)', 'ERAB.RelActNbr / ERAB.SessionTimeUE'),
    NR('6.5.1 (R2)', 'QF.RelActNbr / QF.SessionTimeUE'),
    NR('6.5.1 (R1) over all classes', 'QF.RelActNbr / QF.SessionTimeQoS', 'nr-flows'),
    NR('6.5.2', 'DRB.RelActNbr / DRB.SessionTime', 'nr-drb'),
  ],
  cqi_mean: [STANDARD('lte-wideband', 'TS 32.425 4.10.1', meanOfBins('CARR.WBCQIDist', 0, 1, 16))],
  // Counts behind ratios.
  setup_attempts: [
    STANDARD('lte-3gpp', 'TS 32.425 4.2.1', 'ERAB.EstabInitAttNbr'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.10.1', 'DRB.EstabAtt'),
    STANDARD('rrc', 'TS 32.425 4.1.1, TS 28.552 5.1.1.15.1', 'RRC.ConnEstabAtt'),
  ],
  setup_successes: [
    STANDARD('lte-3gpp', 'TS 32.425 4.2.1', 'ERAB.EstabInitSuccNbr'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.10.2', 'DRB.EstabSucc'),
    STANDARD('rrc', 'TS 32.425 4.1.1, TS 28.552 5.1.1.15.2', 'RRC.ConnEstabSucc'),
  ],
  session_releases: [
    CONVENTION('lte-by-setups', 'ERAB.EstabInitSuccNbr'),
    CONVENTION('nr-by-setups', 'DRB.EstabSucc'),
    VENDOR('huawei-by-releases', HUAWEI_RELEASES),
  ],
  abnormal_releases: [
    STANDARD('lte-3gpp', 'TS 32.425 4.2.2', 'ERAB.RelActNbr'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.10.3', 'DRB.RelActNbr'),
    VENDOR('huawei-by-releases', 'L.E-RAB.AbnormRel'),
    VENDOR('huawei-contexts', 'L.UECNTX.AbnormRel'),
  ],
  // Executions: they are counted by every sender, preparations are not.
  handover_attempts: [
    STANDARD('lte-3gpp', 'TS 32.425 4.3.1.3', 'HO.OutAttTarget'),
    STANDARD('lte-intra-inter', 'TS 32.425 4.3.1.1 and 4.3.1.2', 'HO.IntraEnbOutAtt + HO.InterEnbOutAtt'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.6', 'MM.HoExeInterReq + MM.HoExeIntraReq'),
    STANDARD('nr-inter-only', 'TS 28.552 5.1.1.6.1', 'MM.HoExeInterReq'),
    STANDARD('nr-intra-only', 'TS 28.552 5.1.1.6.2', 'MM.HoExeIntraReq'),
  ],
  handover_successes: [
    STANDARD('lte-3gpp', 'TS 32.425 4.3.1.3', 'HO.OutSuccTarget'),
    STANDARD('lte-intra-inter', 'TS 32.425 4.3.1.1 and 4.3.1.2', 'HO.IntraEnbOutSucc + HO.InterEnbOutSucc'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.6', 'MM.HoExeInterSucc + MM.HoExeIntraSucc'),
    STANDARD('nr-inter-only', 'TS 28.552 5.1.1.6.1', 'MM.HoExeInterSucc'),
    STANDARD('nr-intra-only', 'TS 28.552 5.1.1.6.2', 'MM.HoExeIntraSucc'),
  ],
  voice_setup_attempts: [
    STANDARD('lte-qci1', 'TS 32.425 4.2.1', QCI1_TRIES),
    STANDARD('lte-qci1-initial', 'TS 32.425 4.2.1', 'ERAB.EstabInitAttNbr.QCI1'),
    STANDARD('nr-5qi1', 'TS 28.552 5.1.1.10.1', 'DRB.EstabAtt.5QI1'),
  ],
  voice_releases: [
    CONVENTION('lte-qci1-by-setups', QCI1_SETUPS),
    CONVENTION('lte-qci1-by-initial-setups', 'ERAB.EstabInitSuccNbr.QCI1'),
    CONVENTION('nr-5qi1-by-setups', 'DRB.EstabSucc.5QI1'),
  ],
  epsfb_attempts: [STANDARD('nr-by-handover', 'TS 28.552 5.1.1.6.3.10', 'MM.HoOut5gsToEpsFallbackPrepReq')],
  endc_setup_attempts: [VENDOR('ericsson', 'pmEndcSetupUeAtt')],
  scg_releases: [VENDOR('ericsson', ERICSSON_SCG_RELEASES)],
  session_time_s: [
    STANDARD('lte-3gpp', 'TS 32.425 4.2.4.1', 'ERAB.SessionTimeUE'),
    STANDARD('nr-3gpp', 'TS 28.552 5.1.1.13.2.2', 'QF.SessionTimeUE'),
    STANDARD('nr-flows', 'TS 28.552 5.1.1.13.2.1', 'QF.SessionTimeQoS'),
    STANDARD('nr-drb', 'TS 28.552 5.1.1.10.4', 'DRB.SessionTime'),
  ],
};
