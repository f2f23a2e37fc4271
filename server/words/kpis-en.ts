// English phrasings for every KPI of the catalogue.

import type { KpiPhrases } from './kpi-phrases.ts';

export const kpisEn = {
  availability_pct: {
    name: 'availability',
    above: ['on air more than usual'],
    below: ['off air {failing} of the time', 'often off air'],
  },
  setup_success_pct: {
    name: 'setup success',
    above: ['setups succeed more often'],
    below: ['{failing} of setups fail', 'setups often fail'],
    tried: 'setups',
    bad: 'failed',
  },
  drop_rate_pct: {
    name: 'drop rate',
    above: ['calls drop {times}× as often', 'calls drop more often'],
    below: ['fewer calls drop than usual', 'fewer calls drop'],
    tried: 'sessions',
    bad: 'dropped',
  },
  handover_success_pct: {
    name: 'handover success',
    above: ['handovers succeed more often'],
    below: ['{failing} of handovers fail', 'handovers often fail'],
    tried: 'handovers',
    bad: 'failed',
  },
  dl_throughput_mbps: {
    name: 'downlink speed',
    above: ['downlink faster than usual', 'downlink faster'],
    below: [
      'downlink speed at {share} of usual',
      'downlink at {share} of usual',
      'downlink slower than usual',
      'downlink slow',
    ],
  },
  ul_throughput_mbps: {
    name: 'uplink speed',
    above: ['uplink faster than usual', 'uplink faster'],
    below: [
      'uplink speed at {share} of usual',
      'uplink at {share} of usual',
      'uplink slower than usual',
      'uplink slow',
    ],
  },
  latency_ms: {
    name: 'delay',
    above: ['delay {times}× the usual', 'delay longer than usual', 'long delay'],
    below: ['delay shorter than usual', 'short delay'],
  },
  rtt_ms: {
    name: 'round trip',
    above: ['round trip {times}× the usual', 'round trip longer than usual', 'slow round trip'],
    below: ['round trip shorter than usual', 'short round trip'],
  },
  packet_loss_pct: {
    name: 'packet loss',
    above: ['{observed} of packets lost', 'more packets lost'],
    below: ['fewer packets lost than usual', 'fewer packets lost'],
  },
  prb_util_pct: {
    name: 'use of radio blocks',
    above: ['{observed} of radio blocks in use', 'radio blocks nearly full'],
    below: ['radio blocks unusually idle'],
  },
  active_users: {
    name: 'number of active users',
    above: ['{times}× as many users as usual', 'more users than usual', 'more users'],
    below: ['users down to {share} of usual', 'fewer users than usual', 'fewer users'],
  },
  traffic_gb: {
    name: 'traffic',
    above: ['traffic {times}× the usual', 'traffic above usual'],
    below: ['traffic down to {share} of usual', 'traffic below usual'],
  },
  rsrp_dbm: {
    name: 'signal level',
    above: ['signal {by} stronger than usual', 'signal stronger'],
    below: ['signal {by} weaker than usual', 'signal weaker'],
  },
  sinr_db: {
    name: 'signal quality',
    above: ['signal quality {by} above usual', 'signal cleaner'],
    below: ['signal quality {by} below usual', 'signal quality poor'],
  },
  ul_interference_dbm: {
    name: 'uplink noise',
    above: ['uplink noise up by {by}', 'uplink noise up'],
    below: ['uplink noise down by {by}', 'uplink noise down'],
  },
  voice_setup_success_pct: {
    name: 'voice setup success',
    above: ['voice setups succeed more often'],
    below: ['{failing} of voice setups fail', 'voice setups fail'],
    tried: 'voice setups',
    bad: 'failed',
  },
  voice_setup_time_s: {
    name: 'voice setup time',
    above: ['voice setup takes {observed}', 'voice setup slow'],
    below: ['voice setup faster than usual', 'voice setup faster'],
  },
  voice_drop_pct: {
    name: 'voice drop rate',
    above: ['voice calls drop {times}× as often', 'voice calls drop more'],
    below: ['fewer voice calls drop'],
    tried: 'voice calls',
    bad: 'dropped',
  },
  voice_loss_pct: {
    name: 'voice packet loss',
    above: ['{observed} of voice packets lost', 'voice breaks up'],
    below: ['fewer voice packets lost'],
  },
  epsfb_success_pct: {
    name: 'success of fallback to LTE voice',
    above: ['voice fallback succeeds more'],
    below: ['{failing} of voice fallbacks fail', 'voice fallback fails'],
    tried: 'fallbacks to LTE voice',
    bad: 'failed',
  },
  endc_setup_success_pct: {
    name: 'success of adding 5G',
    above: ['5G is added more often'],
    below: ['{failing} of 5G additions fail', '5G additions fail'],
    tried: '5G additions',
    bad: 'failed',
  },
  scg_drop_pct: {
    name: '5G leg drop rate',
    above: ['5G legs drop {times}× as often', '5G legs drop more'],
    below: ['fewer 5G legs drop'],
    tried: '5G legs',
    bad: 'dropped',
  },
  temperature_c: {
    name: 'cabinet temperature',
    above: ['cabinet at {observed}, too warm', 'cabinet too warm'],
    below: ['cabinet at {observed}, too cold', 'cabinet too cold'],
  },
  vswr_ratio: {
    name: 'antenna line VSWR',
    above: ['antenna line VSWR up to {observed}', 'antenna VSWR high'],
    below: ['antenna line VSWR low', 'antenna VSWR low'],
  },
  supply_voltage_v: {
    name: 'supply voltage',
    above: ['supply voltage up to {observed}', 'supply voltage high'],
    below: ['supply voltage down to {observed}', 'supply voltage low'],
  },
  mains_on: {
    name: 'mains power',
    above: ['mains power is back'],
    below: ['mains off, runs on battery', 'mains off'],
    states: ['off', 'on'],
  },
  optical_rx_dbm: {
    name: 'optical level',
    above: ['optical level {by} above usual', 'optical level high'],
    below: ['optical level {by} below usual', 'optical level low'],
  },
  sync_ok: {
    name: 'clock',
    above: ['clock in sync again'],
    below: ['clock has lost its sync', 'clock sync lost'],
    states: ['out of sync', 'in sync'],
  },
  fault_unavail_s: {
    name: 'time down by fault',
    above: ['off air by fault for {observed}', 'off air by fault'],
    below: ['less time off air', 'less off air'],
  },
  planned_unavail_s: {
    name: 'time down by plan',
    above: ['off air by plan for {observed}', 'off air by plan'],
    below: ['less planned time off air', 'less off air'],
  },
  saving_s: {
    name: 'time asleep to save energy',
    above: ['asleep to save energy longer', 'asleep longer'],
    below: ['asleep to save energy less', 'asleep less'],
  },
  setup_attempts: {
    name: 'number of setup attempts',
    above: ['{times}× as many setup attempts', 'more setup attempts'],
    below: ['setup attempts at {share} of usual', 'fewer setup attempts'],
  },
  setup_successes: {
    name: 'number of setups',
    above: ['{times}× as many setups', 'more setups'],
    below: ['setups at {share} of usual', 'fewer setups'],
  },
  session_releases: {
    name: 'number of sessions ended',
    above: ['{times}× as many sessions ended', 'more sessions ended'],
    below: ['sessions at {share} of usual', 'fewer sessions'],
  },
  abnormal_releases: {
    name: 'number of sessions dropped',
    above: ['{times}× as many sessions dropped', 'more sessions dropped'],
    below: ['fewer sessions dropped'],
  },
  handover_attempts: {
    name: 'number of handover attempts',
    above: ['{times}× as many handover attempts', 'more handover attempts'],
    below: ['handover attempts at {share} of usual', 'fewer handovers tried'],
  },
  handover_successes: {
    name: 'number of handovers',
    above: ['{times}× as many handovers', 'more handovers'],
    below: ['handovers at {share} of usual', 'fewer handovers'],
  },
  retainability_per_s: {
    name: 'releases a second of use',
    above: ['sessions break off {times}× as often', 'sessions break off more often'],
    below: ['sessions break off less often'],
  },
  cqi_mean: {
    name: 'mean CQI',
    above: ['CQI better than usual'],
    below: ['CQI worse than usual'],
  },
  session_time_s: {
    name: 'time in session',
    above: ['{times}× as much time in session', 'more time in session'],
    below: ['time in session at {share} of usual', 'less time in session'],
  },
  voice_setup_attempts: {
    name: 'number of voice setup attempts',
    above: ['{times}× as many voice setup attempts', 'more voice setups tried'],
    below: ['voice setup attempts at {share} of usual', 'fewer voice setups tried'],
  },
  voice_releases: {
    name: 'number of voice sessions ended',
    above: ['{times}× as many voice sessions', 'more voice sessions'],
    below: ['voice sessions at {share} of usual', 'fewer voice sessions'],
  },
  epsfb_attempts: {
    name: 'number of fallback attempts',
    above: ['{times}× as many fallback attempts', 'more fallbacks tried'],
    below: ['fallback attempts at {share} of usual', 'fewer fallbacks tried'],
  },
  endc_setup_attempts: {
    name: 'number of 5G add attempts',
    above: ['{times}× as many 5G add attempts', 'more 5G adds tried'],
    below: ['5G add attempts at {share} of usual', 'fewer 5G adds tried'],
  },
  scg_releases: {
    name: 'number of 5G legs ended',
    above: ['{times}× as many 5G legs ended', 'more 5G legs ended'],
    below: ['5G legs at {share} of usual', 'fewer 5G legs'],
  },
} satisfies Record<string, KpiPhrases>;

export type KnownKpi = keyof typeof kpisEn;
