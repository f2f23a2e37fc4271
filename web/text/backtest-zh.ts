// The Chinese texts of “would it have fired?”.

import type { backtestEn } from './backtest-en.ts';

export const backtestZh: typeof backtestEn = {
  title: '当时会告警吗？',
  kpi: '指标',
  sign: '触发条件',
  signs: { '>': '高于', '<': '低于' },
  line: '门限',
  lineOf: (unit) => (unit ? `门限（${unit}）` : '门限'),
  need: '越限周期数',
  outOf: '统计周期数',
  often: (need, outOf) => (outOf === 1 ? '立即触发' : `最近 ${outOf} 个周期中有 ${need} 个`),
  limit: (sign, value) => `${sign} ${value}`,
  running: '正在读取历史',
  waiting: '另一个回测正在进行，本次在等待。',
  none: '不会触发。',
  fired: (n, aDay) => `会触发 ${n} 次，每天 ${aDay} 次。`,
  met: (n) => (n === 0 ? '没有一次与实际告警同时。' : `其中 ${n} 次与实际告警同时。`),
  extra: (n) => (n === 0 ? '' : `${n} 次当时没有告警。`),
  missed: (n) => (n === 0 ? '不会漏掉任何实际告警。' : `会漏掉 ${n} 条实际告警。`),
  basis: (days, readings) => `共 ${days} 天数据，${readings} 条读数。`,
  late: (n) => `其中 ${n} 条迟到，当时未参与判断。`,
  would: '会触发',
  worst: '最差值',
  did: '实际告警',
  nothing: '无',
  still: '仍在持续',
  more: (n) => `另有 ${n} 行未显示。`,
  command: '对应的命令',
};
