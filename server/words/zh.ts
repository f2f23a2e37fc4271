// The Chinese sentences.

import { alarmsZh } from './alarms-zh.ts';
import { backtestZh } from './backtest-zh.ts';
import { capacityZh } from './capacity-zh.ts';
import { coverageSentencesZh } from './coverage-zh.ts';
import type { Words } from './en.ts';
import { explainZh } from './explain-zh.ts';
import type { Facts } from './facts.ts';
import { foretoldZh } from './foretold-zh.ts';
import { kpisZh } from './kpis-zh.ts';
import { namesZh } from './names-zh.ts';
import { recordZh } from './record-zh.ts';
import { starsZh } from './stars-zh.ts';
import { summaryZh } from './summary-zh.ts';
import { filled, percentOf, titleOf } from './title.ts';

/** `全部 3 个小区`, `6 个小区中有 3 个`. */
function ofSite(facts: Facts): string {
  const [some, all] = [facts.count('cells'), facts.count('siteCells')];
  if (all === undefined || some === undefined) return `${some ?? '多'} 个小区`;
  return some === all ? `全部 ${all} 个小区` : `${all} 个小区中有 ${some} 个`;
}

/** What is wrong with several cells of a site; or that the last of them is still to come back. */
function ofTogether(facts: Facts, what: string, since = 'sinceMs'): string {
  const [begin, site] = [from(facts.clock(since)), facts.place('siteName')];
  if (facts.count('cells') === '1') return `${site}有多个小区同时出现问题，其余已恢复，还剩 1 个。`;
  return `${begin && `${begin}，`}${site}${ofSite(facts)}${what}。`;
}

/** `老港 7 一带 4 个站`, `老港 7 一带 2/4 个站`. */
function areaPlace(facts: Facts): string {
  const [some = '多', all] = [facts.count('areaSites'), facts.count('areaAll')];
  return `${facts.place()}一带 ${all === undefined || all === some ? some : `${some}/${all}`} 个站`;
}

function sitePlace(facts: Facts): string {
  if (facts.num('areaSites') !== undefined) return areaPlace(facts);
  const [some, all] = [facts.count('cells'), facts.count('siteCells')];
  if (some === all) return facts.place();
  return all === undefined ? facts.place() : `${facts.place()} ${some}/${all} 小区`;
}

function inARow(facts: Facts): string {
  const spell = facts.spell();
  return `连续 ${facts.count('periods') ?? '2'} 个周期${spell ? `（${spell}）` : ''}`;
}

function whatElse(facts: Facts): string {
  const also = facts.also();
  if (!also) return '本小区其他指标正常，或另有外部原因。';
  return `${also.names}${also.count > 3 ? '等' : ''}也偏离平时。`;
}

/** `时延 84 ms（活跃用户 38 个）；此时段通常 20–30 ms。` */
function level(facts: Facts): string {
  const [observed, usual, attempts] = [facts.amount('observed'), facts.usual(), facts.count('attempts')];
  const noun = facts.kpi?.attempts === 'active_users' ? `活跃用户 ${attempts} 个` : `样本 ${attempts} 次`;
  const now = `${facts.name}${observed ?? '偏离平时'}`;
  return `${now}${attempts ? `（${noun}）` : ''}${usual ? `；此时段通常${usual}` : ''}。${whatElse(facts)}`;
}

/** `1,824 次会话中掉话 38 次（2.1 %）；此时段通常 4 至 9 次（0.2–0.5 %）。` */
function counted(facts: Facts): string {
  const failures = facts.failures();
  if (!failures) return level(facts);
  const [low, high] = failures.usualCount ?? [];
  const few = high === 0 ? '几乎没有' : low === high ? `通常约 ${low} 次` : `通常 ${low} 至 ${high} 次`;
  const usual = failures.usualCount ? `；此时段${few}（${failures.usualShare}）` : '';
  const { tried, bad } = facts.phrases ?? {};
  return `${failures.all} 次${tried}中${bad} ${failures.bad} 次（${failures.share}）${usual}。${whatElse(facts)}`;
}

function moved(facts: Facts, direction: 'above' | 'below'): string {
  const generic = `${facts.name}${direction === 'above' ? '高于平时' : '低于平时'}`;
  const phrases = [...filled(facts, direction, percentOf), ...(facts.phrases ? [] : [generic])];
  return siteTitle(
    facts,
    phrases.map((phrase) => `整站${phrase}`),
    phrases,
  );
}

function siteTitle(facts: Facts, whole: string[], part: string[]): string {
  const all = facts.num('siteCells');
  const isWhole = all !== undefined && all === facts.num('cells');
  return isWhole ? titleOf('zh', facts.place(), whole) : titleOf('zh', sitePlace(facts), part);
}

const from = (time: string | undefined): string => (time ? `自 ${time} 起` : '');

/** 单个数值都在范围内，合起来却不是。 */
function shifted(facts: Facts, direction: string): string {
  const [observed, usual] = [facts.amount('observed'), facts.usual()];
  const now = observed ? `现为 ${observed}${usual ? `，仍在 ${usual} 之内` : ''}。` : '';
  return `${facts.name}数小时来一直${direction}平时，单次偏离都不大。${now}${whatElse(facts)}`;
}

/** 数天至数周内逐日变差。 */
function crept(facts: Facts): string {
  const [before, now, days, alike] = [
    facts.amount('from'),
    facts.amount('observed'),
    facts.count('days'),
    facts.count('alike'),
  ];
  const way = before && now ? `由 ${before} 变为 ${now}` : '持续变差';
  const asThey = facts.amount('expected');
  const theirs = asThey === undefined || asThey === before ? '没有这样变化' : `的变化相当于 ${asThey}`;
  const others = alike ? `，${alike} 个同类小区${theirs}` : '';
  return `${facts.name}${days ? ` ${days} 天内` : ''}逐日${way}${others}。${whatElse(facts)}`;
}

function creptTitle(facts: Facts, direction: string): string {
  const now = facts.amount('observed');
  const whole = now && facts.num('siteCells') === undefined ? [`${facts.name}逐日${direction}到 ${now}`] : [];
  return titleOf('zh', sitePlace(facts), [...whole, `${facts.name}逐日${direction}`, `逐日${direction}`]);
}

/** 一片小区同时变化，通常是什么原因。 */
const WIDE_CAUSES: Record<string, string> = {
  ul_interference_dbm: '清晨出现多为大气波导，会自行消失，无需派人上站。',
  active_users: '节假日和大型活动多是如此。',
  traffic_gb: '节假日和大型活动多是如此。',
};
const SHARED_CAUSE = '多个小区同时变化，多半有共同原因：核心网、传输或全网变更。';

function wide(facts: Facts, direction: string): string {
  const [observed, usual] = [facts.amount('observed'), facts.usual()];
  const beside = facts.isWithin() ? '，仍在平时范围' : '，平时';
  const middle = observed ? `，居中的小区为 ${observed}${usual ? `${beside} ${usual}` : ''}` : '';
  const cause = WIDE_CAUSES[facts.kpiId] ?? SHARED_CAUSE;
  return `${facts.count('cells') ?? '多'} 个小区的${facts.name}同时${direction}平时${middle}。${cause}`;
}

function wideTitle(facts: Facts, direction: string): string {
  return titleOf('zh', `${facts.count('cells') ?? '多'} 个小区`, [
    `${facts.name}同时${direction}平时`,
    `同时${direction}平时`,
  ]);
}

export const zh: Words = {
  kpis: kpisZh,
  sentences: {
    'above-usual': level,
    'below-usual': level,
    'ratio-above': counted,
    'ratio-below': counted,
    down: (facts) => {
      const [down, period] = [facts.num('downSeconds'), facts.num('periodSeconds')];
      const span = period === undefined ? '最近一个周期' : `最近 ${facts.duration(period)}`;
      if (down !== undefined && period !== undefined && down >= period) {
        return `小区在${span}内一直中断。按故障计，计划施工和节能休眠不算在内。`;
      }
      const part = down === undefined ? '有中断' : `中断 ${facts.duration(down)}`;
      return `小区在${span}内${part}。按故障计，计划施工和节能休眠不算在内。`;
    },
    sleeping: (facts) => {
      const users = facts.count('usualUsers');
      const usual = users ? `，而此时段通常有 ${users} 个用户` : '';
      return `${from(facts.clock('sinceMs'))}无人使用本小区${usual}。设备有应答，可能是休眠故障。`;
    },
    'wide-above': (facts) => wide(facts, '高于'),
    'wide-below': (facts) => wide(facts, '低于'),
    'wide-over': (facts) => `这些小区的${facts.name}大多恢复平时水平即清除。`,
    'shift-above': (facts) => shifted(facts, '高于'),
    'shift-below': (facts) => shifted(facts, '低于'),
    'crept-above': crept,
    'crept-below': crept,
    'stands-still': (facts) => {
      const [observed, times] = [facts.amount('observed'), facts.count('times')];
      return `${facts.name}${times ? `连续 ${times} 次` : '一直'}为${observed ? ` ${observed}` : '同一数值'}，而平时总有变化，可能已停止测量。${whatElse(facts)}`;
    },
    overslept: (facts) => {
      const [overdue, wake] = [facts.num('overdueSeconds'), facts.minuteOfDay('wakeMinute')];
      const usual = wake ? `平时约 ${wake} 唤醒` : '平时此时已唤醒';
      const late = overdue === undefined ? '' : `，已晚 ${facts.duration(overdue)}`;
      return `载波仍处于节能休眠。${usual}${late}，其用户由其余载波分担。`;
    },
    'shared-gap': (facts) => {
      const [sites, missed] = [facts.count('sites'), facts.num('missedSeconds')];
      const of = sites ? `${sites} 个站点的 ` : '';
      const span = missed === undefined ? '' : `，已 ${facts.duration(missed)}`;
      return `${from(facts.clock('lastAt'))}${of}${facts.count('cells') ?? '多'} 个小区没有数据${span}，而${facts.text('source') ? `数据源 ${facts.text('source')} ` : '其数据源'}仍在上报其他小区。它们停在同一周期，多半是采集中断，而不是小区故障。`;
    },
    'no-readings': (facts) => {
      const [last, missed, periods] = [facts.clock('lastAt'), facts.num('missedSeconds'), facts.count('periods')];
      const heard = last ? `最近一次数据为 ${last}，` : '';
      const span = missed === undefined ? '' : `（${facts.duration(missed)}）`;
      return `${heard}此后缺 ${periods ?? '数'} 个周期${span}，而同一数据源仍在上报其他小区。用户是否受影响尚不清楚。`;
    },
    'site-down': (facts) => ofTogether(facts, '同时中断。多个小区一起中断，原因多半相同：供电、传输或共用设备'),
    'site-asleep': (facts) => ofTogether(facts, '无人使用，而平时有人。设备有应答，可能是同一故障导致休眠'),
    'site-overslept': (facts) => ofTogether(facts, '仍在节能休眠，而平时此时已唤醒'),
    'site-silent': (facts) =>
      ofTogether(facts, '没有数据，而同一数据源仍在上报其他站点。是中断还是仅失联，尚不清楚', 'lastAt'),
    'site-worse': (facts) =>
      ofTogether(facts, `同时偏离平时${facts.kpiId ? `，首先是${facts.name}` : ''}。多个小区一起变差，原因多半相同`),
    'area-down': (facts: Facts) =>
      `${from(facts.clock('sinceMs'))}${areaPlace(facts)}几乎同时停止服务。相邻多站同时出现，多半是共用的电源、传输或天气原因。`,
    'area-worse': (facts: Facts) =>
      `${from(facts.clock('sinceMs'))}${areaPlace(facts)}几乎同时偏离平时${facts.kpiId ? `，首先是${facts.name}` : ''}。相邻多站同时出现，多半有共同原因。`,
    'area-link': (facts: Facts) =>
      `${from(facts.clock('sinceMs'))}${areaPlace(facts)}的时延、丢包或速率几乎同时变差，无线正常：多半共用一条通往核心网的传输。`,
    'area-clock': (facts: Facts) =>
      `${from(facts.clock('sinceMs'))}${facts.place()}失去时钟同步，在周围站接收时发射，周围的干扰由它引起。应去该站处理，不必去周围各站。`,
    'came-and-went': (facts: Facts) => {
      const well = facts.clock('wellMs', 'sinceMs');
      const now = well ? `，${well} 以来正常` : '';
      return `${from(facts.clock('sinceMs'))}时好时坏，已出现 ${facts.count('times') ?? '多'} 次${now}。`;
    },
    'source-quiet': (facts) => {
      const seconds = facts.num('usualSeconds');
      const rhythm = seconds === undefined ? '' : `，平时每 ${facts.duration(seconds)}一次`;
      const known = facts.count('cells');
      return `${from(facts.clock('lastAt'))}数据源 ${facts.text('source')} 没有数据${rhythm}。其${known ? ` ${known} 个` : ''}小区状态未知，未知不等于正常。`;
    },
    'back-in-range': (facts) => {
      const line = facts.clearsAt();
      const words = { 'at-most': '不高于', 'at-least': '不低于', within: '在' };
      const target =
        !line || facts.phrases?.states ? `恢复${line?.text ?? '平时水平'}` : `${words[line.side]} ${line.text}`;
      const { tried = '尝试', bad = '失败' } = facts.phrases ?? {};
      const fewer = facts.count('fewer');
      const counts = fewer && `：${facts.count('attempts')} 次${tried}中少 ${fewer} 次${bad}即可`;
      return `${facts.name}${inARow(facts)}${target}${line?.side === 'within' && !facts.phrases?.states ? '之内' : ''}即清除${counts ?? ''}。`;
    },
    'crept-back': (facts) => {
      const value = facts.amount('value');
      const side = facts.text('side') === 'most' ? '不高于' : '不低于';
      const back = value ? `${side} ${value}` : '恢复一半';
      return `${facts.name}数日平均${back}，或约 ${facts.count('weeks') ?? '4'} 周不再变化即清除。`;
    },
    'varies-again': (facts) => `${facts.name}再有变化即清除。`,
    'available-again': (facts) => `小区${inARow(facts)}无中断即清除。`,
    'used-again': (facts) => (facts.count('periods') ? `${inARow(facts)}有人使用即清除。` : '重新有人使用即清除。'),
    'awake-again': (facts) => `载波${inARow(facts)}处于唤醒状态即清除。`,
    'gap-ends': () => '这些小区全部恢复上报即清除。',
    'reading-arrives': () => '收到该小区的下一次数据即清除。',
    'site-back': (facts) =>
      `${facts.count('cells') === '1' ? '最后 1 个小区' : `${facts.count('cells') ?? '各'} 个小区全部`}${inARow(facts)}正常即清除。`,
    'area-back': (facts: Facts) => `各站${inARow(facts)}正常时清除。`,
    'stays-well': (facts: Facts) => {
      const time = facts.clock('untilMs');
      return `${time ? `到 ${time} ` : ''}一直正常时清除。`;
    },
    'source-speaks': () => '数据源恢复上报即清除。',
    'title-above': (facts) => moved(facts, 'above'),
    'title-below': (facts) => moved(facts, 'below'),
    'title-crept-above': (facts) => creptTitle(facts, '升高'),
    'title-crept-below': (facts) => creptTitle(facts, '下降'),
    'title-down': (facts) => siteTitle(facts, ['整站中断'], ['中断']),
    'title-partly-down': (facts) => siteTitle(facts, ['整站时断时续'], ['时断时续']),
    'title-asleep': (facts) => siteTitle(facts, ['整站无人使用'], ['无人使用，疑似休眠故障', '无人使用']),
    'title-wide-above': (facts) => wideTitle(facts, '高于'),
    'title-wide-below': (facts) => wideTitle(facts, '低于'),
    'title-stands-still': (facts) => titleOf('zh', sitePlace(facts), [`${facts.name}读数不变`, '读数不变']),
    'title-overslept': (facts) => siteTitle(facts, ['整站未按时唤醒'], ['未按时唤醒，仍在节能休眠', '未按时唤醒']),
    'title-shared-gap': (facts) =>
      titleOf('zh', `${facts.count('cells') ?? '多'} 个小区无数据`, [
        `${from(facts.clock('lastAt'))}，疑似采集中断`,
        '疑似采集中断',
      ]),
    'title-silent': (facts) => {
      const since = from(facts.clock('lastAt'));
      return siteTitle(facts, [`${since}整站无数据`, '整站无数据'], [`${since}无数据`, '无数据']);
    },
    'title-source-quiet': (facts) =>
      titleOf('zh', `${facts.text('source')} 数据源中断`, [
        facts.count('cells') ? `${facts.count('cells')} 个小区状态未知` : '小区状态未知',
        '小区未知',
      ]),
    ...alarmsZh,
    ...explainZh,
    ...backtestZh,
    ...coverageSentencesZh,
    ...foretoldZh,
    ...capacityZh,
    ...recordZh,
    ...summaryZh,
    ...starsZh,
  },
  ...namesZh,
};
