// The Chinese sentences of the record of predictions and of visits.

import type { Facts } from './facts.ts';
import { number } from './figures.ts';
import type { recordEn } from './record-en.ts';

const percent = (value: number | undefined) => `${number(100 * (value ?? 0), 0)} %`;
const count = (facts: Facts, key: string): string => facts.count(key) ?? '0';

export const recordZh: typeof recordEn = {
  'record-running': (facts: Facts) => {
    const [settled, came] = [facts.num('settled') ?? 0, facts.count('cameTrue')];
    const lead = facts.num('leadSeconds');
    if (settled === 0) return '此类预警尚无结果，准确程度未知。';
    return `最近 ${facts.count('settled')} 次同类预警中 ${came} 次应验${lead === undefined ? '' : `，提前量中位数 ${facts.duration(lead)}`}。`;
  },
  'support-few': (facts: Facts) =>
    `发布：评判需要 ${count(facts, 'least')} 个结果，目前已知 ${count(facts, 'of')} 个。`,
  'support-given': (facts: Facts) =>
    `发布：最近 ${count(facts, 'of')} 次平均声称 ${percent(facts.num('claimed'))}，实际结果与之相符（上限 ${percent(facts.num('most'))}）。`,
  'support-lost': (facts: Facts) =>
    `不发布：最近 ${count(facts, 'of')} 次平均声称 ${percent(facts.num('claimed'))}，实际结果最多支持 ${percent(facts.num('most'))}。预测仍在后台进行并计分，好转后恢复发布。`,
  'visit-worth': (facts: Facts) => {
    const people = facts.count('people');
    const parts = [
      percent(facts.num('probability')),
      people ? `${people} 人` : `${facts.count('cells') ?? '1'} 个小区`,
      `${percent(facts.num('loss'))} 的服务`,
      `提前 ${number(facts.num('hours') ?? 0, 0)} 小时`,
      `修复率 ${percent(facts.num('mends'))}`,
    ];
    return `${parts.join(' × ')} = ${number(facts.num('saved') ?? 0, 0)} ${people ? '人时' : '小区时'}`;
  },
  'visit-fault': () => '到现场检查供电、射频单元和传输线路；重启或更换单元。',
  'visit-silent': () => '到现场检查站点是否有电、传输是否正常。',
};
