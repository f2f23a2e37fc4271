// Chinese phrasings for every KPI of the catalogue.

import type { KpiPhrases } from './kpi-phrases.ts';
import type { KnownKpi } from './kpis-en.ts';

export const kpisZh: Record<KnownKpi, KpiPhrases> = {
  availability_pct: { name: '可用率', above: ['可用率高于平时'], below: ['{failing} 的时间不在服务', '可用率偏低'] },
  setup_success_pct: {
    name: '接通率',
    above: ['接通率高于平时'],
    below: ['{failing} 的接入失败', '接入常失败'],
    tried: '接入',
    bad: '失败',
  },
  drop_rate_pct: {
    name: '掉话率',
    above: ['掉话率为平时的 {times} 倍', '掉话率偏高'],
    below: ['掉话率低于平时'],
    tried: '会话',
    bad: '掉话',
  },
  handover_success_pct: {
    name: '切换成功率',
    above: ['切换成功率高于平时'],
    below: ['{failing} 的切换失败', '切换常失败'],
    tried: '切换',
    bad: '失败',
  },
  dl_throughput_mbps: {
    name: '下行速率',
    above: ['下行速率高于平时'],
    below: ['下行速率降至平时的 {share}', '下行变慢'],
  },
  ul_throughput_mbps: {
    name: '上行速率',
    above: ['上行速率高于平时'],
    below: ['上行速率降至平时的 {share}', '上行变慢'],
  },
  latency_ms: { name: '时延', above: ['时延为平时的 {times} 倍', '时延偏高'], below: ['时延低于平时'] },
  rtt_ms: { name: '往返时延', above: ['往返时延为平时的 {times} 倍', '往返时延偏高'], below: ['往返时延低于平时'] },
  packet_loss_pct: { name: '丢包率', above: ['丢包 {observed}', '丢包偏多'], below: ['丢包少于平时'] },
  prb_util_pct: { name: 'PRB 利用率', above: ['PRB 利用率达 {observed}', 'PRB 利用率偏高'], below: ['PRB 利用率偏低'] },
  active_users: {
    name: '活跃用户数',
    above: ['用户数为平时的 {times} 倍', '用户数偏多'],
    below: ['用户数降至平时的 {share}', '用户数偏少'],
  },
  traffic_gb: {
    name: '流量',
    above: ['流量为平时的 {times} 倍', '流量偏高'],
    below: ['流量降至平时的 {share}', '流量偏低'],
  },
  rsrp_dbm: {
    name: '信号强度',
    above: ['信号比平时强 {by}', '信号偏强'],
    below: ['信号比平时弱 {by}', '信号偏弱'],
  },
  sinr_db: {
    name: '信噪比',
    above: ['信噪比高出平时 {by}', '信噪比偏高'],
    below: ['信噪比低于平时 {by}', '信噪比偏低'],
  },
  ul_interference_dbm: {
    name: '上行干扰',
    above: ['上行干扰升高 {by}', '上行干扰偏高'],
    below: ['上行干扰降低 {by}', '上行干扰偏低'],
  },
  voice_setup_success_pct: {
    name: '语音接通率',
    above: ['语音接通率高于平时'],
    below: ['{failing} 的语音接续失败', '语音常接不通'],
    tried: '语音接续',
    bad: '失败',
  },
  voice_setup_time_s: {
    name: '语音接续时长',
    above: ['语音接续长达 {observed}', '语音接续变慢'],
    below: ['语音接续快于平时'],
  },
  voice_drop_pct: {
    name: '语音掉话率',
    above: ['语音掉话率为平时的 {times} 倍', '语音掉话偏多'],
    below: ['语音掉话少于平时'],
    tried: '语音通话',
    bad: '掉话',
  },
  voice_loss_pct: { name: '语音丢包率', above: ['语音丢包 {observed}', '语音断续'], below: ['语音丢包少于平时'] },
  epsfb_success_pct: {
    name: 'EPS 回落成功率',
    above: ['EPS 回落成功率高于平时'],
    below: ['{failing} 的 EPS 回落失败', 'EPS 回落常失败'],
    tried: ' EPS 回落',
    bad: '失败',
  },
  endc_setup_success_pct: {
    name: '5G 添加成功率',
    above: ['5G 添加成功率高于平时'],
    below: ['{failing} 的 5G 添加失败', '5G 添加常失败'],
    tried: ' 5G 添加',
    bad: '失败',
  },
  scg_drop_pct: {
    name: '5G 辅站掉线率',
    above: ['5G 辅站掉线率为平时的 {times} 倍', '5G 辅站掉线偏多'],
    below: ['5G 辅站掉线少于平时'],
    tried: ' 5G 辅站连接',
    bad: '掉线',
  },
  temperature_c: {
    name: '机柜温度',
    above: ['机柜温度升至 {observed}', '机柜温度偏高'],
    below: ['机柜温度降至 {observed}', '机柜温度偏低'],
  },
  vswr_ratio: { name: '天馈驻波比', above: ['驻波比升至 {observed}', '驻波比偏高'], below: ['驻波比偏低'] },
  supply_voltage_v: {
    name: '供电电压',
    above: ['供电电压升至 {observed}', '供电电压偏高'],
    below: ['供电电压降至 {observed}', '供电电压偏低'],
  },
  mains_on: {
    name: '市电',
    above: ['市电已恢复'],
    below: ['市电中断，电池供电', '市电中断'],
    states: ['中断', '正常'],
  },
  optical_rx_dbm: {
    name: '收光功率',
    above: ['收光功率高出平时 {by}', '收光偏强'],
    below: ['收光功率低于平时 {by}', '收光偏弱'],
  },
  sync_ok: { name: '时钟', above: ['时钟已同步'], below: ['时钟失步'], states: ['失步', '同步'] },
  fault_unavail_s: {
    name: '故障中断时长',
    above: ['故障中断 {observed}', '故障中断'],
    below: ['故障中断少于平时'],
  },
  planned_unavail_s: {
    name: '计划中断时长',
    above: ['计划中断 {observed}', '计划中断'],
    below: ['计划中断少于平时'],
  },
  saving_s: { name: '节能休眠时长', above: ['节能休眠长于平时'], below: ['节能休眠短于平时'] },
  setup_attempts: {
    name: '接入尝试次数',
    above: ['接入尝试为平时的 {times} 倍', '接入尝试偏多'],
    below: ['接入尝试降至平时的 {share}', '接入尝试偏少'],
  },
  setup_successes: {
    name: '接入成功次数',
    above: ['接入次数为平时的 {times} 倍', '接入次数偏多'],
    below: ['接入次数降至平时的 {share}', '接入次数偏少'],
  },
  session_releases: {
    name: '会话释放次数',
    above: ['会话数为平时的 {times} 倍', '会话数偏多'],
    below: ['会话数降至平时的 {share}', '会话数偏少'],
  },
  abnormal_releases: {
    name: '异常释放次数',
    above: ['异常释放为平时的 {times} 倍', '异常释放偏多'],
    below: ['异常释放少于平时'],
  },
  handover_attempts: {
    name: '切换尝试次数',
    above: ['切换尝试为平时的 {times} 倍', '切换尝试偏多'],
    below: ['切换尝试降至平时的 {share}', '切换尝试偏少'],
  },
  handover_successes: {
    name: '切换成功次数',
    above: ['切换次数为平时的 {times} 倍', '切换次数偏多'],
    below: ['切换次数降至平时的 {share}', '切换次数偏少'],
  },
  retainability_per_s: {
    name: '每秒异常释放',
    above: ['会话中断为平时的 {times} 倍', '会话中断偏多'],
    below: ['会话中断少于平时'],
  },
  cqi_mean: {
    name: '平均 CQI',
    above: ['CQI 好于平时'],
    below: ['CQI 差于平时'],
  },
  session_time_s: {
    name: '会话时长',
    above: ['会话时长为平时的 {times} 倍', '会话时长偏长'],
    below: ['会话时长降至平时的 {share}', '会话时长偏短'],
  },
  voice_setup_attempts: {
    name: '语音接入尝试次数',
    above: ['语音接入尝试为平时的 {times} 倍', '语音接入尝试偏多'],
    below: ['语音接入尝试降至平时的 {share}', '语音接入尝试偏少'],
  },
  voice_releases: {
    name: '语音释放次数',
    above: ['语音会话为平时的 {times} 倍', '语音会话偏多'],
    below: ['语音会话降至平时的 {share}', '语音会话偏少'],
  },
  epsfb_attempts: {
    name: '回落尝试次数',
    above: ['回落尝试为平时的 {times} 倍', '回落尝试偏多'],
    below: ['回落尝试降至平时的 {share}', '回落尝试偏少'],
  },
  endc_setup_attempts: {
    name: 'EN-DC 添加尝试次数',
    above: ['EN-DC 添加尝试为平时的 {times} 倍', 'EN-DC 添加尝试偏多'],
    below: ['EN-DC 添加尝试降至平时的 {share}', 'EN-DC 添加尝试偏少'],
  },
  scg_releases: {
    name: 'SCG 释放次数',
    above: ['SCG 释放为平时的 {times} 倍', 'SCG 释放偏多'],
    below: ['SCG 释放降至平时的 {share}', 'SCG 释放偏少'],
  },
};
