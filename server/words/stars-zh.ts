// The Chinese sentences of a star score.

import type { Facts } from './facts.ts';
import { number } from './figures.ts';
import type { starsEn } from './stars-en.ts';

const DIMENSIONS: Record<string, string> = {
  network: '网络',
  service: '投诉处理',
  usage: '使用量',
  plan: '套餐',
  satisfaction: '调查反馈',
};

function span(facts: Facts): string {
  const [from, to] = [facts.clock('fromMs'), facts.clock('toMs', 'fromMs')];
  return from && to ? `，${from}–${to}` : '';
}

const percent = (share: number | undefined): string => `${number(100 * (share ?? 0), 0)} %`;
const share = (facts: Facts): string =>
  facts.num('share') === undefined ? '' : `该用户 ${percent(facts.num('share'))} 的使用在此小区。`;

export const starsZh = {
  'star-off-air': (facts: Facts) => `曾由中断的小区服务：${facts.place('cell')}${span(facts)}。${share(facts)}`,
  'star-poor-kpi': (facts: Facts) =>
    `曾由质量差的小区服务：${facts.place('cell')}${span(facts)}；${facts.name}为 ${facts.amount('observed') ?? '差'}。${share(facts)}`,
  'star-poor': (facts: Facts) => `曾由质量差的小区服务：${facts.place('cell')}${span(facts)}。${share(facts)}`,
  'star-no-network': () => '未知：没有数据说明该用户使用哪些小区。',
  'star-no-hours': () => '未知：该用户常用的小区没有测量数据。',
  'star-network-well': (facts: Facts) => `查看了 ${facts.count('days') ?? '若干'} 天，常用小区没有差的时段。`,
  'star-unknown-hours': (facts: Facts) =>
    `其中 ${percent(facts.num('share'))} 的时段没有数据。区间因此变宽，分数不因此降低。`,
  'star-drops-counted': (facts: Facts) =>
    `按运营商统计，${facts.count('calls') ?? '全部'} 次通话中 ${facts.count('dropped') ?? '若干'} 次提前结束；由哪些小区服务不详。`,
  'star-no-plan': () => '未知：没有套餐价格，也没有使用量。',
  'star-plan-bill': (facts: Facts) => {
    const ratio = facts.num('ratio') ?? 1;
    if (Math.abs(ratio - 1) < 0.05) return '账单与套餐价格一致。';
    return ratio > 1 ? `账单比套餐价格高 ${percent(ratio - 1)}。` : `账单比套餐价格低 ${percent(1 - ratio)}。`;
  },
  'star-plan-use': (facts: Facts) => {
    const ratio = facts.num('ratio') ?? 1;
    if (ratio >= 0.95) return '同样花费下，使用量不低于同套餐多数人。';
    return `同样花费下，使用量为同套餐中间水平的 ${percent(ratio)}。`;
  },
  'star-no-survey': () => '未知：没有回答过调查。',
  'star-survey': (facts: Facts) =>
    `${facts.clock('surveyMs') ?? '此前'}评分 ${number(facts.num('score') ?? 0)}（满分 ${number(facts.num('most') ?? 10)}）。新的回答会缩小区间。`,
  'star-no-complaint': (facts: Facts) => `未知：最近 ${facts.count('days') ?? '90'} 天没有需要处理的投诉。`,
  'star-complaint-waits': (facts: Facts) =>
    `${facts.clock('complaintMs') ?? '此前'}的投诉已等待 ${facts.duration(facts.num('seconds') ?? 0)}。计入的是处理得如何，而不是是否投诉。`,
  'star-complaint-answered': (facts: Facts) =>
    `${facts.clock('complaintMs') ?? '此前'}的投诉在 ${facts.duration(facts.num('seconds') ?? 0)} 内得到答复。计入的是处理得如何，而不是是否投诉。`,
  'star-no-usage': () => '未知：需要该用户自己两个月的使用量。',
  'star-usage': (facts: Facts) => usage(facts),
  'star-usage-excused': (facts: Facts) => `${usage(facts)}当时网络差，因此不计入。`,
  'star-nothing-known': () => '对该用户还没有可以评分的数据。',
  'star-change-unknown': () => '一周前的分数未知。',
  'star-change-none': () => '与一周前基本相同。',
  'star-fell': (facts: Facts) =>
    `比一周前低 ${points(facts)}，主要由于${DIMENSIONS[facts.text('dimension')] ?? '多种因素'}。`,
  'star-rose': (facts: Facts) =>
    `比一周前高 ${points(facts)}，主要由于${DIMENSIONS[facts.text('dimension')] ?? '多种因素'}。`,
  'star-outlook-same': () => '如果保持现状，一周内变化不大。',
  'star-outlook-falls': (facts: Facts) =>
    `如果${facts.place('cell') || '某小区'}的问题持续一周，分数将降到约 ${number(facts.num('score') ?? 0, 0)} 分（${number(facts.num('stars') ?? 0, 1)} 星）。`,
} satisfies Record<keyof typeof starsEn, (facts: Facts) => string>;

function usage(facts: Facts): string {
  const ratio = facts.num('ratio') ?? 1;
  if (Math.abs(ratio - 1) < 0.05) return '与前几个月相当。';
  return ratio < 1 ? `比自己前几个月少 ${percent(1 - ratio)}。` : `比自己前几个月多 ${percent(ratio - 1)}。`;
}

const points = (facts: Facts): string => `${number(facts.num('points') ?? 0, 0)} 分`;
