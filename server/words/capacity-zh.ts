// The Chinese sentences about full cells.

import type { capacityEn } from './capacity-en.ts';
import type { Facts } from './facts.ts';
import { titleOf } from './title.ts';

const STEPS: Record<string, string> = {
  carrier: '在本扇区增加一个载波',
  split: '把扇区一分为二',
  site: '在附近新建站点',
};

const hour = (facts: Facts): string => {
  const from = facts.num('busyHour') ?? 0;
  return `${from}–${(from + 1) % 24} 时`;
};
const percent = (facts: Facts): string => `${Math.round(100 * (facts.num('probability') ?? 0))} %`;
const count = (facts: Facts, key: string): string => facts.count(key) ?? '0';

function when(facts: Facts): string {
  const [expected, earliest, latest] = ['expectedMs', 'earliestMs', 'latestMs'].map((key) => facts.clock(key));
  return expected ? `，预计在 ${expected} 前后（${earliest} 至 ${latest}）` : '';
}

export const capacityZh: typeof capacityEn = {
  'title-crowded': (facts) => titleOf('zh', facts.place(), ['忙时反复满载', '忙时满载']),
  'congestion-growth': (facts) => {
    const growth = facts.num('growth') ?? 0;
    const users = `忙时（${hour(facts)}）约有 ${count(facts, 'users')} 个用户，每周增长 ${growth.toFixed(1)} %。`;
    const fills =
      facts.text('limit') === 'speed'
        ? `到 ${count(facts, 'fillUsers')} 个用户时速率过低`
        : `${count(facts, 'fillUsers')} 个用户即满载`;
    return `${users}${fills}${when(facts)}，概率 ${percent(facts)}。`;
  },
  'congestion-clears': () => '增长停止或重新有余量时撤回。',
  'congestion-if-nothing': (facts) => `如不扩容，一周中多数日子的忙时（${hour(facts)}）用户需要等待。`,
  'congestion-step': (facts) => {
    const until = facts.clock('untilMs');
    const helps = until ? `可推迟到 ${until} 前后` : '可推迟半年以上';
    if (facts.text('step') === 'none') return '单一措施都不够，请规划人员组合考虑。';
    const beside = facts.text('with').split(' ').filter(Boolean).join('、');
    const step = facts.text('step') === 'balance' ? `把用户均衡到有余量的邻区（${beside}）` : STEPS[facts.text('step')];
    return `${step ?? '扩容'}，${helps}。`;
  },
  'crowded-again': (facts) => {
    const since = facts.clock('sinceMs');
    return `${since ? `自 ${since} 起，` : ''}忙时（${hour(facts)}）满载：最近七个工作日中有 ${count(facts, 'days')} 天，无线资源块占用 ${facts.amount('blocks') ?? '很高'}。`;
  },
  'crowded-clears': () => '七个工作日中满载不超过一天时清除。',
};
