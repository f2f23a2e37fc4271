// The Chinese sentences about many people.

import { number, range } from './figures.ts';
import type { groupNamesEn, summaryEn } from './summary-en.ts';

const MEASURES: Record<string, string> = { network: '个人的网络得分', complaints: '是否投诉过' };
const OUTCOMES: Record<string, [told: string, count: string]> = {
  left: ['谁会离网', '离网'],
  dissatisfied: ['谁不满意', '不满意'],
};
const CLAIMS: Record<string, string> = {
  'not-shown': '未见能说明',
  weak: '只能略微说明',
  moderate: '能部分说明',
  strong: '能较好说明',
};

export const summaryZh: typeof summaryEn = {
  'link-evidence': (facts) => {
    const [told, count] = OUTCOMES[facts.text('outcome')] ?? ['结果', '属于此类'];
    const [low, high] = [facts.num('low') ?? 0, facts.num('high') ?? 1];
    const figures = `曲线下面积 ${number(facts.num('auc') ?? 0.5)}，多半在 ${range('zh', low, high, '')} 之间；0.5 等于碰运气`;
    const few = (facts.num('cases') ?? 50) < 50 ? '人数太少，尚不足以判断。' : '';
    const claim = `${MEASURES[facts.text('measure')] ?? '该指标'}${CLAIMS[facts.text('strength')] ?? CLAIMS['not-shown']}${told}`;
    return `${claim}（${figures}）。${facts.count('people') ?? '这些'} 人中 ${facts.count('cases') ?? '若干'} 人${count}。${few}`;
  },
  'risk-other': () => '没有突出的小区。',
  'risk-cell': (facts) => {
    const [share, score] = [facts.num('share'), facts.count('score')];
    const used = share === undefined ? '' : `承载此人 ${number(100 * share, 0)} % 的使用，`;
    return `${facts.place('cell') || '某小区'} ${used}当前得分 ${score ?? '偏低'}${score === undefined ? '' : ' 分'}。`;
  },
};

export const groupNamesZh: typeof groupNamesEn = {
  unplaced: '位置未知',
  other: '其余',
  none: '未知',
  unrated: '未评级',
  grid: (lat, lon) => `${coordinate(lat, '北纬', '南纬')}，${coordinate(lon, '东经', '西经')}`,
};

function coordinate(value: number, plus: string, minus: string): string {
  return `${value < 0 ? minus : plus} ${number(Math.abs(value), 1)}°`;
}
