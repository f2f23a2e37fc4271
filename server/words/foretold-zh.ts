// The Chinese sentences of predictions.

import type { FaultMode } from '../model/prediction.ts';
import type { Facts } from './facts.ts';
import { type foretoldEn, isThere } from './foretold-en.ts';
import { titleOf } from './title.ts';

const TITLES: Record<FaultMode, readonly [long: string, short: string]> = {
  battery: ['蓄电池将耗尽', '将断电'],
  cooling: ['机柜将过热', '将过热'],
  feeder: ['馈线将故障', '馈线将坏'],
  optics: ['光路将中断', '光路将断'],
  backhaul: ['回传将故障', '回传将坏'],
  hardware: ['射频单元将故障', '单元将坏'],
  interference: ['上行将被干扰淹没', '上行将受扰'],
  clock: ['时钟将失步', '将失步'],
  congestion: ['将拥塞', '将拥塞'],
  other: ['将故障', '将故障'],
};

const NAMES: Record<FaultMode, string> = {
  battery: '蓄电池',
  cooling: '机柜散热',
  feeder: '馈线或接头',
  optics: '回传光路',
  backhaul: '回传',
  hardware: '射频单元',
  interference: '上行',
  clock: '时钟参考',
  congestion: '容量',
  other: '设备',
};

const CONSEQUENCES: Record<FaultMode, string> = {
  battery: '若市电不恢复又无人送电，整站将断电，站上用户全部失去服务。',
  cooling: '若不处理，射频将自行降功率，随后关闭容量载波以自保。',
  feeder: '若不处理，发射功率不足：小区边缘用户将失去覆盖，其他用户掉线增多。',
  optics: '若不处理，链路将丢包：其后所有用户变慢，通话断续。',
  backhaul: '若不处理，链路将丢包：其后所有用户变慢，通话断续。',
  hardware: '若不处理，单元重启会越来越频繁，直至停机：每次重启都使用户全部掉线。',
  interference: '若不处理，远处手机的信号将收不到：先是室内和小区边缘，呼叫失败、掉话增多。',
  clock: '若时钟参考不恢复，本站将失步，干扰周围所有小区。',
  congestion: '若不扩容，忙时用户将排队等待。',
  other: '若不处理，服务很可能变差。',
};

const REPAIRS: Record<FaultMode, string> = {
  battery: '向供电公司询问来电时间，否则及时调油机发电。',
  cooling: '检查机柜风扇、滤网、柜门和空调；备好风扇和滤网。',
  feeder: '检查馈线、跳线和接头是否进水、松动；备好天馈测试仪、接头和胶带。',
  optics: '清洁或更换光接头，测量光纤；备好光功率计和备用光模块。',
  backhaul: '检查线路及对端设备，测量链路。',
  hardware: '查看单元日志后更换；备好射频单元。',
  interference: '紧固并清洁接头和天线附近松动的金属件（无源互调）；否则用测向仪查找外部干扰源。',
  clock: '检查卫星天线及其馈线，或到时间服务器的路径。',
  congestion: '增加载波、劈裂扇区或将负荷转给邻区。',
  other: '现场检查设备。',
};

const percent = (facts: Facts): string => `${Math.round(100 * (facts.num('probability') ?? 0))} %`;
const modeOf = (facts: Facts): FaultMode => (facts.text('mode') in NAMES ? facts.text('mode') : 'other') as FaultMode;

function history(facts: Facts): string {
  const [cases, came] = [facts.count('cases'), facts.count('came')];
  return cases && came && cases !== '0' ? `本网此前 ${cases} 次类似迹象中，${came} 次或早或晚到了这一步。` : '';
}

const window = (facts: Facts): string => {
  const [earliest, latest] = [facts.clock('earliestMs'), facts.clock('latestMs')];
  return earliest && latest ? `（${earliest} 至 ${latest}）` : '';
};
const soon = (facts: Facts): string => {
  const time = facts.clock('expectedMs');
  return time ? `约 ${time} ` : '不久';
};

export const foretoldZh: typeof foretoldEn = {
  'title-foretold': (facts) => {
    const [long, short] = TITLES[modeOf(facts)];
    const time = facts.clock('expectedMs');
    const by = time ? `约 ${time} ` : '';
    return titleOf('zh', facts.place(), [`${by}${long}（${percent(facts)}）`, `${by}${short}`, short]);
  },
  'foretold-trend': (facts) => {
    const [now, usual, limit] = [facts.amount('observed'), facts.amount('expected'), facts.amount('limit')];
    const since = facts.clock('sinceMs');
    const moved = `${facts.name}${now ? `为 ${now}` : '在变化'}${usual ? `，平时为 ${usual}` : ''}${since ? `，自 ${since} 起持续变化` : ''}。`;
    if (isThere(facts))
      return `${moved}已到此类故障发生的程度：${NAMES[modeOf(facts)]}故障的可能性为 ${percent(facts)}。${history(facts)}`;
    const reaches = limit ? `照此趋势，${soon(facts)}将达到 ${limit}${window(facts)}。` : '';
    return `${moved}${reaches}届时${NAMES[modeOf(facts)]}故障的可能性为 ${percent(facts)}。${history(facts)}`;
  },
  'foretold-battery': (facts) => {
    const since = facts.clock('sinceMs');
    const volts = facts.amount('observed');
    return `${since ? `自 ${since} 起` : ''}市电中断，本站由蓄电池供电${volts ? `，现为 ${volts}` : ''}。按蓄电池通常的续航和本站已放电的情况，${soon(facts)}将耗尽${window(facts)}，除非市电先恢复：可能性 ${percent(facts)}。${history(facts)}`;
  },
  'foretold-signs': (facts) => {
    const [signs, span] = [facts.count('signs'), facts.num('spanSeconds')];
    const seen = signs
      ? `${span ? `最近 ${facts.duration(span)}内` : ''}出现 ${signs} 次${NAMES[modeOf(facts)]}异常迹象。`
      : `出现${NAMES[modeOf(facts)]}异常迹象。`;
    return `${seen}预计${soon(facts)}发生故障${window(facts)}：可能性 ${percent(facts)}。${history(facts)}`;
  },
  'foretold-clock': (facts) => {
    const since = facts.clock('sinceMs');
    return `${since ? `自 ${since} 起` : ''}时钟参考丢失，晶振可保持数小时。${soon(facts)}失步并干扰周围小区${window(facts)}的可能性为 ${percent(facts)}。${history(facts)}`;
  },
  'foretold-sequence': (facts) =>
    `设备上报“${facts.text('sign')}”。本网此类告警 ${facts.count('times') ?? '若干'} 次中有 ${facts.count('followed') ?? '若干'} 次随后发生故障，预计${soon(facts)}发生${window(facts)}：可能性 ${percent(facts)}。`,
  'foretold-clears': (facts) =>
    modeOf(facts) === 'battery'
      ? '市电恢复即撤回。'
      : modeOf(facts) === 'other'
        ? '故障出现，或最后一次此类告警两天后结束。'
        : `${facts.kpiId ? facts.name : '各项指标'}恢复平时水平或不再变化即撤回。`,
  'if-nothing': (facts) => CONSEQUENCES[modeOf(facts)],
  'repair-for': (facts) => REPAIRS[modeOf(facts)],
};
