// The Chinese sentences of the record of predictions and of visits.

import type { Facts } from './facts.ts';
import { number, roughly } from './figures.ts';
import type { recordEn } from './record-en.ts';

const percent = (value: number | undefined) => `${number(100 * (value ?? 0), 0)} %`;
const count = (facts: Facts, key: string): string => facts.count(key) ?? '0';

const comparedZh = (facts: Facts) =>
  `从 ${count(facts, 'learned')} 个案例中学习；在未见过的最新 ${count(facts, 'held')} 个案例上（其中 ${count(facts, 'came')} 个发生故障）对数评分为 ${number(facts.num('after') ?? 0, 3)}`;

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
  'model-untrained': (facts: Facts) => `模型 ${count(facts, 'version')}：尚未进行过训练。`,
  'model-replaced': (facts: Facts) =>
    `模型 ${count(facts, 'version')} 已取代之前的模型。${comparedZh(facts)}，之前为 ${number(facts.num('before') ?? 0, 3)}，越小越好。`,
  'model-kept': (facts: Facts) =>
    `模型 ${count(facts, 'version')} 继续使用：模型 ${count(facts, 'candidate')} 并不更好。${comparedZh(facts)}，模型 ${count(facts, 'version')} 为 ${number(facts.num('before') ?? 0, 3)}，越小越好。`,
  'model-too-few': (facts: Facts) =>
    `模型 ${count(facts, 'version')} 继续使用：可供学习的 ${count(facts, 'learned')} 个较早案例和可供比较的 ${count(facts, 'held')} 个较新案例太少。`,
  'model-chosen': (facts: Facts) => `模型 ${count(facts, 'version')} 由人工选定：只有此后结束的案例才能换用其他模型。`,
  'visit-worth': (facts: Facts) => {
    const people = facts.count('people');
    const parts = [
      percent(facts.num('probability')),
      people ? `${people} 人` : `${facts.count('cells') ?? '1'} 个小区`,
      `${percent(facts.num('loss'))} 的服务`,
      `提前 ${number(facts.num('hours') ?? 0, 0)} 小时`,
      `修复率 ${percent(facts.num('mends'))}`,
    ];
    return `${parts.join(' × ')} = ${roughly(facts.num('saved') ?? 0)} ${people ? '人时' : '小区时'}`;
  },
  'visit-fault': () => '到现场检查供电、射频单元和传输线路；重启或更换单元。',
  'visit-silent': () => '到现场检查站点是否有电、传输是否正常。',
};
