// The Chinese sentences of an explanation.

import type { explainEn } from './explain-en.ts';
import type { Facts } from './facts.ts';
import { number } from './figures.ts';

const percent = (facts: Facts, key: string): string => `${number(Math.abs(facts.num(key) ?? 0), 0)} %`;

function nowAndUsual(facts: Facts): string {
  const [observed, expected] = [facts.amount('observed'), facts.amount('expected')];
  const now = observed === undefined ? '偏离平时' : observed;
  return expected === undefined ? now : `${now}，平时 ${expected}`;
}

function when(facts: Facts): string {
  const [begun, lasted] = [facts.clock('sinceMs'), facts.num('lastedSeconds')];
  const span = lasted === undefined ? '仍在持续' : `持续 ${facts.duration(lasted)}`;
  return begun ? `${begun} 开始，${span}` : span;
}

const quoted = (text: string): string => `“${text.replace(/[.。\s]+$/, '')}”`;

const someCells = (facts: Facts): string => {
  const [some, all] = [facts.count('cells') ?? '多', facts.count('of')];
  return all === undefined ? `周边 ${some} 个小区` : `周边 ${all} 个小区中有 ${some} 个`;
};

const ofThese = (facts: Facts): string => {
  const [some, all] = [facts.count('cells') ?? '多', facts.count('of')];
  return all === undefined || all === some ? `所查 ${some} 个小区` : `所查 ${all} 个小区中有 ${some} 个`;
};

const either =
  (one: string, area: string, early = one) =>
  (facts: Facts): string => {
    if (facts.num('areaCells') !== undefined) return area;
    return facts.num('early') === undefined ? one : early;
  };

export const explainZh: typeof explainEn = {
  'headline-moved': (facts) => {
    const [usual, share] = [facts.usual(), facts.num('sharePct')];
    const tried = facts.phrases?.tried ? facts.count('attempts') : undefined;
    const behind = tried ? `（共 ${tried} 次${facts.phrases?.tried}）` : '';
    const most = share === undefined ? '' : `；变化主要来自${facts.amountOf('of')}`;
    return `${facts.name} ${facts.amount('observed') ?? '偏离平时'}${behind}${usual ? `，平时 ${usual}` : ''}${most}。`;
  },
  'share-counter': (facts) => {
    const [from, to, share] = [facts.amountNumber('from'), facts.amountNumber('to'), percent(facts, 'sharePct')];
    const part = (facts.num('sharePct') ?? 0) < 0 ? `起相反作用（${share}）` : `占变化的 ${share}`;
    return `${facts.amountOf('of')}：现在 ${to}，平时 ${from}；${part}。`;
  },
  'share-together': (facts) => {
    const way = (facts.num('together') ?? 0) < 0 ? '与它反向变动' : '与它同步变动';
    return `最近几天${facts.name}${way}：现在 ${nowAndUsual(facts)}。这不等于原因。`;
  },
  'moved-up': (facts) => `${facts.name}高于平时：${nowAndUsual(facts)}。`,
  'moved-down': (facts) => `${facts.name}低于平时：${nowAndUsual(facts)}。`,
  'moved-up-area': (facts) => `${ofThese(facts)}${facts.name}高于平时；居中 ${nowAndUsual(facts)}。`,
  'moved-down-area': (facts) => `${ofThese(facts)}${facts.name}低于平时；居中 ${nowAndUsual(facts)}。`,
  'alike-mended': (facts) =>
    `${when(facts)}；${facts.text('by') || '有人'}写道${quoted(facts.text('comment') || '…')}。`,
  'alike-equipment': (facts) => `${when(facts)}；设备告警${quoted(facts.text('comment') || '…')}随之结束。`,
  'alike-unsaid': (facts) => `${when(facts)}；没有人记录如何修复。`,
  'sign-moved': (facts) => `${facts.name} ${nowAndUsual(facts)}。`,
  'sign-value': (facts) => `${facts.name} ${facts.amount('observed') ?? '未上报'}。`,
  'sign-noise-around': (facts) => `${someCells(facts)}上行噪声也升高。`,
  'sign-clock-around': (facts) => `${someCells(facts)}失去时钟基准。`,
  'sign-at-dawn': (facts) =>
    `${facts.clock('sunriseMs') ?? '此时'}日出：阳光把空气搅匀之前，暖空气可能压在冷空气之上。`,
  'sign-night-hour': (facts) =>
    `按钟点正值夜间或清晨（${facts.count('hour') ?? '1 至 9'} 时），暖空气可能压在冷空气之上。`,
  'sign-common': (facts) => `${ofThese(facts)}${facts.name}居中 ${nowAndUsual(facts)}。`,
  'sign-noise-area': (facts) => `${ofThese(facts)}上行噪声升高。`,
  'sign-tdd': () => '本小区为 TDD，收发分时进行。',
  'sign-unheard': () => '此后没有任何数据。',
  'sign-breaks': (facts) => `两天内服务中断 ${facts.count('times') ?? '多'} 次。`,
  'sign-changed': (facts) => {
    const at = facts.clock('sinceMs');
    return `${at ? `${at}，` : '不久前，'}小区资料中的${facts.text('field') || '参数'}有变更。`;
  },
  'cause-battery': either('市电中断，站点靠电池供电。', '这些站点市电中断，靠电池供电。'),
  'repair-battery': either(
    '向供电公司询问恢复时间；在电池耗尽前派发电机。',
    '向供电公司询问恢复时间；发电机先派往没有其他覆盖的站点。',
  ),
  'cause-clock': () => '失去时钟基准：收发失步，干扰周边小区。',
  'repair-clock': () => '检查本站卫星天线和时钟链路；恢复前先关闭其 TDD 小区。',
  'cause-clock-around': () => '附近站点失去时钟，在本小区接收时发射。',
  'repair-clock-around': () => '去失去时钟的站点处理，不必去本站。',
  'cause-cooling': () => '机柜过热：风扇、滤网或空调故障。',
  'repair-cooling': () => '在设备降额或关断之前，派人清洁滤网并检查风扇。',
  'cause-duct': () => '清晨区域内所有 TDD 小区噪声同时升高：远处基站信号经大气波导传来。',
  'repair-duct': () => '上站无用，上午会自行消失；若经常出现，启用远端干扰规避。',
  'cause-feeder': () => '馈线或天线反射功率：进水、接头松动或损坏。',
  'repair-feeder': () => '检查本扇区接头、跳线和天线；测量故障点距离。',
  'cause-transport': either(
    '到站点的传输丢包或时延增大，而无线正常。',
    '这些站点同时丢包或时延增大，而无线正常：多半共用一段传输。',
  ),
  'repair-transport': either(
    '与传输专业一起检查链路、光模块和负荷；不必上站查无线。',
    '与传输专业一起检查共用的环路、汇聚节点、光模块和负荷；不必上站查无线。',
  ),
  'cause-interference': either(
    '上行干扰高于用户所致：突然出现的多来自网络之外，数日内逐渐升高的多来自本站接头。',
    '这些小区同时听到更强的噪声：远处基站信号，或一个强干扰源。',
  ),
  'repair-interference': either(
    '突然出现：用测向仪沿本扇区方向排查干扰源（直放站、干扰器、故障电器）。数日内升高：派人紧固并清洁接头和天线附近松动的金属件。',
    '比较哪些扇区听到的最强，它们指向干扰源；上午自行消失的是大气波导。',
  ),
  'cause-asleep': either(
    '小区自称在服务，却无人能接入：休眠故障。',
    '这些小区都自称在服务，却无人能接入：它们背后有共同的原因。',
  ),
  'repair-asleep': either('远程闭锁再解锁小区；仍无人接入则重启设备。', '闭锁小区之前，先检查核心网和注册流程。'),
  'cause-crowd': either('用户比平时多，小区已满。', '这些小区用户都比平时多：节假日、大型活动或别处出事。'),
  'repair-crowd': () => '无需维修：与邻区分担负荷；若反复出现，交规划处理。',
  'cause-hardware': either(
    '无线、负荷和传输都没有理由，连接却失败：多半是设备本身故障。',
    '这些小区连接都失败，而无线、负荷和传输没有理由：核心网，或全网变更。',
  ),
  'repair-hardware': either(
    '读取设备错误日志；远程重启，若再出现则携备件上站。',
    '对比当时在这些小区上做过的变更，先查软件版本，并撤销。',
  ),
  'cause-outage': either(
    '已中断，而供电、温度和传输都没有异常：设备或其软件故障。',
    '这些站点同时中断：共用的供电或传输，或天气。',
    '已中断；尚未查看供电、温度和传输。',
  ),
  'repair-outage': either(
    '远程重启设备；若仍中断则派送备件。',
    '派人去某一站之前，先检查它们共用的供电和传输节点。',
    '先查看站点的供电、温度和传输；若均正常，远程重启设备。',
  ),
  'cause-unheard': either(
    '收不到任何数据：供电、传输或采集，尚不清楚是哪一个。',
    '收不到这些站点的任何数据：共用的供电、传输或采集，尚不清楚是哪一个。',
  ),
  'repair-unheard': either('派人之前，先用其他方式联系站点。', '派人之前，先用其他方式联系其中一个站点。'),
  'cause-antenna': either(
    '馈线正常，但用户接收信号比平时弱：下倾、方位或功率与原来不同。',
    '这些小区的用户接收信号都比平时弱：天气，或统一改过功率。',
  ),
  'repair-antenna': either(
    '将下倾、方位和功率与规划对比；撤销最近一次改动。',
    '将功率和设置与规划对比；撤销最近一次统一改动。',
  ),
  'cause-parameter': either(
    '只有接入或切换失败，无线、负荷和传输正常：多半是参数设置有误。',
    '这些小区只有接入或切换失败：核心网，或统一改过的参数。',
  ),
  'repair-parameter': either(
    '与昨天的参数和邻区表对比；撤销最近一次变更。',
    '与昨天对比这些小区统一改过什么；撤销最近一次变更。',
  ),
  'cause-light': () => '光模块收光变弱：光纤弯折、脏污或损伤。',
  'repair-light': () => '在链路中断之前清洁并测量光纤。',
  'cause-unknown': () => '没有已知的规律与这些变化相符。',
  'repair-unknown': () => '看看同时变化的指标，以及类似的告警。',
};
