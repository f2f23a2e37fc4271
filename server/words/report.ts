// The words of the planner's report: its title is the finding, its foot the method and the limits; English and Chinese.

import { type CoverageNames, coverageNamesEn, coverageNamesZh } from './coverage-names.ts';
import { type Lang, number } from './figures.ts';

const sampleCount = (count: string) => `${count} ${count === '1' ? 'sample' : 'samples'}`;

/** What the title and the lead are made from. */
export interface ReportFacts {
  areas: number;
  /** People in all areas whose number may be shown; undefined while no people are known. */
  people?: number;
  /** The fewest areas, taken from the top, that hold two thirds of these people. */
  areasOfTwoThirds?: number;
  samples: number;
  hexagonsUnknown: number;
  hexagonsNotJudged: number;
  /** Weak line, dBm, already as text. */
  line: string;
  /** The first area, by name, and what would mend it. */
  first?: { name: string; remedy: string };
}

export interface ReportWords {
  names: CoverageNames;
  brand: string;
  subject: string;
  /** Between the items of a list. */
  comma: string;
  title(facts: ReportFacts): string;
  lead(facts: ReportFacts): string;
  columns: Record<
    'place' | 'rules' | 'share' | 'interval' | 'median' | 'people' | 'complaints' | 'cause' | 'remedy',
    string
  >;
  /** Of several lines, the lowest to the highest. */
  byScenario(lines: string): string;
  legend(line: string): string;
  under: (share: string) => string;
  over: (share: string) => string;
  few: string;
  notJudged: string;
  cause: string;
  remedy: string;
  servedBy: string;
  rival(name: string, points: string): string;
  samplesOf(count: string, unmeasured: string): string;
  peopleOf(people: string, complaints: string): string;
  noPeople: string;
  method(facts: { slice: string; samples: string; unmeasured: string; line: string; least: string }): string;
  limits: string;
  mapOf(count: number): string;
  none: string;
  operator: { ours: string; all: string };
  anyRadio: string;
  anyKind: string;
}

const COUNTS = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];
const inWords = (count: number) => COUNTS[count] ?? number(count);
const weakAreas = (count: number) => `${inWords(count)} weak ${count === 1 ? 'area' : 'areas'}`;
/** Large numbers read best rounded: `1.92 million`. */
const millions = (count: number) => (count >= 1e6 ? `${number(count / 1e6)} million` : number(count));

const en: ReportWords = {
  names: coverageNamesEn,
  brand: 'Cellstar',
  subject: 'Coverage report for the planning meeting',
  comma: ', ',
  title: ({ areas, people, areasOfTwoThirds, samples }) => {
    if (areas === 0) return `No weak area in ${sampleCount(millions(samples))}`;
    if (!people || !areasOfTwoThirds || areasOfTwoThirds >= areas)
      return `${weakAreas(areas)} in ${sampleCount(millions(samples))}`;
    const holders = inWords(areasOfTwoThirds).toLowerCase();
    const verb = areasOfTwoThirds === 1 ? 'holds' : 'hold';
    return `${weakAreas(areas)}; ${holders} of them ${verb} two thirds of the people affected`;
  },
  lead: ({ areas, people, line, first, hexagonsUnknown, hexagonsNotJudged }) =>
    [
      people === undefined
        ? `Weak means: more than one sample in ten is at or below ${line}.`
        : `About ${number(people)} people are usually served where more than one sample in ten is at or below ${line}.`,
      areas > 0 && first ? `First on the list: ${first.name}; remedy: ${first.remedy}.` : '',
      hexagonsUnknown > 0 ? `${number(hexagonsUnknown)} hexagons have too few samples to say.` : '',
      hexagonsNotJudged > 0 ? `${number(hexagonsNotJudged)} were not judged: a cell there was down.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  columns: {
    place: 'Place',
    rules: 'Rule broken',
    share: 'Weak share',
    interval: '95 % interval',
    median: 'Median, dBm',
    people: 'People',
    complaints: 'Complaints',
    cause: 'Cause',
    remedy: 'Remedy',
  },
  byScenario: (lines) => `${lines} (by scenario)`,
  legend: (line) => `Samples at or below ${line}`,
  under: (share) => `under ${share}`,
  over: (share) => `over ${share}`,
  few: 'too few samples to say',
  notJudged: 'fault, not judged',
  cause: 'Cause.',
  remedy: 'Remedy.',
  servedBy: 'Served by',
  rival: (name, points) => `${name} is better there by ${points} points.`,
  samplesOf: (count, unmeasured) =>
    unmeasured === '0' ? sampleCount(count) : `${sampleCount(count)}, ${unmeasured} more without a level`,
  peopleOf: (people, complaints) =>
    `${people} ${people === '1' ? 'person' : 'people'} · ${complaints} ${complaints === '1' ? 'complaint' : 'complaints'}`,
  noPeople: 'Not known: people have not been loaded.',
  method: ({ slice, samples, unmeasured, line, least }) =>
    `${slice}, ${sampleCount(samples)} (${unmeasured} more without a level); kinds and technologies are not pooled. Weak: at or below ${line}; under ${least} samples is not known, never good. WGS 84.`,
  limits:
    'Limits are practice, not a standard, and part of the configuration. People are estimated from the cells they use; groups under 10 are not shown. The same list: report.csv, report.geojson.',
  mapOf: (count) => `Map of ${number(count)} hexagons with the weak areas by number`,
  none: 'No area is weak by any rule with enough samples.',
  operator: { ours: 'own network', all: 'all operators' },
  anyRadio: 'technology not named',
  anyKind: 'kind not named',
};

const zh: ReportWords = {
  names: coverageNamesZh,
  brand: 'Cellstar',
  subject: '规划会议覆盖报告',
  comma: '、',
  title: ({ areas, people, areasOfTwoThirds, samples }) => {
    if (areas === 0) return `${number(samples)} 个样本中没有弱覆盖区域`;
    if (!people || !areasOfTwoThirds || areasOfTwoThirds >= areas)
      return `${number(samples)} 个样本中有 ${areas} 个弱覆盖区域`;
    return `${areas} 个弱覆盖区域，其中 ${areasOfTwoThirds} 个集中了三分之二的受影响用户`;
  },
  lead: ({ areas, people, line, first, hexagonsUnknown, hexagonsNotJudged }) =>
    [
      people === undefined
        ? `弱覆盖：电平不高于 ${line} 的样本超过十分之一。`
        : `约 ${number(people)} 人通常在电平不高于 ${line} 的样本超过十分之一的地方使用网络。`,
      areas > 0 && first ? `首位：${first.name}；措施：${first.remedy}。` : '',
      hexagonsUnknown > 0 ? `${number(hexagonsUnknown)} 个栅格样本太少，无法判断。` : '',
      hexagonsNotJudged > 0 ? `${number(hexagonsNotJudged)} 个栅格因小区中断未作判断。` : '',
    ].join(''),
  columns: {
    place: '地点',
    rules: '违反规则',
    share: '弱覆盖比例',
    interval: '95 % 区间',
    median: '中位电平 dBm',
    people: '人数',
    complaints: '投诉',
    cause: '原因',
    remedy: '措施',
  },
  byScenario: (lines) => `${lines}（按场景）`,
  legend: (line) => `电平不高于 ${line} 的样本比例`,
  under: (share) => `低于 ${share}`,
  over: (share) => `高于 ${share}`,
  few: '样本太少，无法判断',
  notJudged: '有故障，未判断',
  cause: '原因：',
  remedy: '措施：',
  servedBy: '服务小区',
  rival: (name, points) => `${name} 在此处高 ${points} 个百分点。`,
  samplesOf: (count, unmeasured) =>
    unmeasured === '0' ? `${count} 个样本` : `${count} 个样本，另有 ${unmeasured} 个没有电平`,
  peopleOf: (people, complaints) => `${people} 人 · ${complaints} 件投诉`,
  noPeople: '未知：尚未导入用户数据。',
  method: ({ slice, samples, unmeasured, line, least }) =>
    `${slice}，${samples} 个样本（另有 ${unmeasured} 个没有电平）；不同来源和制式不混合统计。弱覆盖：不高于 ${line}；少于 ${least} 个样本为未知，不算良好。WGS 84 坐标。`,
  limits:
    '门限为通行做法而非标准，可在配置中修改。人数由用户常用小区估算；少于 10 人的群体不显示。同一清单：report.csv、report.geojson。',
  mapOf: (count) => `${number(count)} 个栅格的地图，弱覆盖区域以数字标出`,
  none: '没有区域在样本足够时违反任何规则。',
  operator: { ours: '本网', all: '全部运营商' },
  anyRadio: '未注明制式',
  anyKind: '未注明来源',
};

export const REPORT_WORDS: Record<Lang, ReportWords> = { en, zh };
