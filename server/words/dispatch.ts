// The words of the dispatch list and of the record: modes, outcomes, parts, and the printed list; English and Chinese.

import type { FaultMode } from '../model/prediction.ts';
import type { Outcome } from '../model/prediction-record.ts';
import type { Part } from '../model/visit.ts';
import type { Lang } from './figures.ts';

export interface DispatchWords {
  brand: string;
  subject: string;
  modes: Record<FaultMode, string>;
  outcomes: Record<Outcome, string>;
  parts: Record<Part, string>;
  comma: string;
  /** The title is the finding. */
  title(visits: number, saved: string, isPeopled: boolean, ofAll: number): string;
  lead(isPeopled: boolean): string;
  none: string;
  columns: Record<'site' | 'reasons' | 'people' | 'saved' | 'when' | 'parts', string>;
  bring: string;
  repair: string;
  why: string;
  record: string;
  has(team: string): string;
  expected(earliest: string, expected: string, latest: string, percent: string): string;
  since(time: string): string;
  noPeople: string;
  found: string;
  foundBoxes: readonly [yes: string, no: string];
  method(hours: number): string;
}

const en: DispatchWords = {
  brand: 'Cellstar',
  subject: 'Visits of the day',
  modes: {
    battery: 'battery',
    cooling: 'cooling',
    feeder: 'feeder',
    optics: 'optical line',
    backhaul: 'backhaul',
    hardware: 'radio unit',
    interference: 'uplink noise',
    clock: 'clock',
    congestion: 'congestion',
    other: 'other',
  },
  outcomes: {
    hit: 'came true',
    late: 'came too soon after the warning',
    false: 'did not come',
    confirmed: 'confirmed on the spot',
    'nothing-found': 'nothing found on the spot',
    withdrawn: 'taken back',
  },
  parts: {
    generator: 'generator and fuel',
    fan: 'fan',
    filter: 'air filter',
    analyser: 'antenna analyser',
    connectors: 'connectors and sealing tape',
    'power-meter': 'optical power meter',
    transceiver: 'spare transceiver',
    'link-tester': 'link tester',
    'radio-unit': 'spare radio unit',
    'clock-antenna': 'satellite antenna and cable',
    laptop: 'laptop with console cable',
  },
  comma: ', ',
  title: (visits, saved, isPeopled, ofAll) => {
    if (visits === 0) return 'Nobody needs to drive out';
    const sites = visits === 1 ? 'One visit saves' : `${visits} visits save`;
    const rest = ofAll > visits ? `; ${ofAll - visits} more could wait` : '';
    return `${sites} about ${saved} ${isPeopled ? 'person-hours' : 'cell-hours'} of service${rest}`;
  },
  lead: (isPeopled) =>
    isPeopled
      ? 'Ranked by probability × people × service lost × hours saved × how often such a visit mends it. One visit a site, for all its reasons.'
      : 'No people are known yet, so cells stand for them. Ranked by probability × cells × service lost × hours saved × how often such a visit mends it.',
  none: 'No open fault and no prediction calls for a visit on this day.',
  columns: { site: 'Site', reasons: 'Why', people: 'People', saved: 'Saves, h', when: 'When', parts: 'Bring' },
  bring: 'Bring',
  repair: 'Do',
  why: 'Why',
  record: 'Record',
  has: (team) => `${team} has it`,
  expected: (earliest, expected, latest, percent) =>
    `${percent} by ${latest}; most likely ${expected}, not before ${earliest}`,
  since: (time) => `there since ${time}`,
  noPeople: 'not known',
  found: 'Found on the spot',
  foundBoxes: ['the cause', 'nothing'],
  method: (hours) =>
    `Hours saved: of the next ${hours} hours, those in which the trouble is expected to be there if nobody goes. Shares of service lost and of visits that mend are practice, not measurements. The same list: dispatch.csv.`,
};

const zh: DispatchWords = {
  brand: 'Cellstar',
  subject: '今日上站清单',
  modes: {
    battery: '电池',
    cooling: '散热',
    feeder: '馈线',
    optics: '光路',
    backhaul: '回传',
    hardware: '射频单元',
    interference: '上行干扰',
    clock: '时钟',
    congestion: '拥塞',
    other: '其他',
  },
  outcomes: {
    hit: '应验',
    late: '预警过晚',
    false: '未发生',
    confirmed: '现场确认',
    'nothing-found': '现场未发现',
    withdrawn: '已撤回',
  },
  parts: {
    generator: '发电机和燃油',
    fan: '风扇',
    filter: '空气滤网',
    analyser: '天馈分析仪',
    connectors: '接头和防水胶带',
    'power-meter': '光功率计',
    transceiver: '备用光模块',
    'link-tester': '链路测试仪',
    'radio-unit': '备用射频单元',
    'clock-antenna': '卫星天线和线缆',
    laptop: '笔记本和调试线',
  },
  comma: '、',
  title: (visits, saved, isPeopled, ofAll) => {
    if (visits === 0) return '今天无需上站';
    const rest = ofAll > visits ? `；另有 ${ofAll - visits} 个站点可以稍后` : '';
    return `${visits} 次上站可挽回约 ${saved} ${isPeopled ? '人时' : '小区时'}的服务${rest}`;
  },
  lead: (isPeopled) =>
    isPeopled
      ? '按“概率 × 人数 × 服务损失 × 挽回小时数 × 修复率”排序。每站一次上站，处理全部问题。'
      : '尚无用户数据，以小区数代替。按“概率 × 小区数 × 服务损失 × 挽回小时数 × 修复率”排序。',
  none: '当天没有故障或预测需要上站。',
  columns: { site: '站点', reasons: '原因', people: '人数', saved: '挽回（时）', when: '时间', parts: '携带' },
  bring: '携带',
  repair: '处理',
  why: '依据',
  record: '记录',
  has: (team) => `${team} 已接手`,
  expected: (earliest, expected, latest, percent) =>
    `${latest} 前发生的概率 ${percent}；最可能在 ${expected}，不早于 ${earliest}`,
  since: (time) => `自 ${time} 起`,
  noPeople: '未知',
  found: '现场结果',
  foundBoxes: ['找到原因', '未发现'],
  method: (hours) =>
    `挽回小时数：未来 ${hours} 小时内，若无人上站预计存在问题的时长。服务损失与修复率为通行经验值，并非实测。同一清单：dispatch.csv。`,
};

export const DISPATCH_WORDS: Record<Lang, DispatchWords> = { en, zh };
