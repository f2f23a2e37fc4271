// What the page says around an explanation, Chinese.

import type { explainEn } from './explain-en.ts';

export const explainZh: typeof explainEn = {
  what: '告警解释',
  cause: '可能原因',
  firstStep: '第一步',
  restsOn: (signs: string) => `依据：${signs}`,
  because: '变化来源',
  becauseHint: '占变化的份额',
  together: '同步变动',
  togetherHint: '最近几天的关联，不等于原因',
  fromTo: (from: string, to: string) => `${from} → ${to}`,
  alsoMoved: '同时变化',
  onSome: (some: number, all: number) => `所查 ${all} 个小区中有 ${some} 个；数值为居中的小区`,
  alsoMovedHint: '同一周期偏离平时',
  nothingMoved: '其他指标均在平时范围内。',
  up: '高于平时',
  down: '低于平时',
  alike: '类似的告警',
  alikeHint: '相似度',
  noneAlike: '以前没有很相似的告警。',
  loading: '正在查看同时的变化',
};
