// The Chinese sentences of weak coverage.

import type { coverageSentences } from './coverage-en.ts';
import { length } from './coverage-en.ts';
import type { Facts } from './facts.ts';
import { number } from './figures.ts';
import { titleOf } from './title.ts';

const metres = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : length(value, { m: '米', km: '公里' });
};
const dbm = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : `${number(value, 0)} dBm`;
};
const percent = (facts: Facts, key: string): string | undefined => {
  const value = facts.num(key);
  return value === undefined ? undefined : `${number(value, 0)} %`;
};
const degrees = (value: number): string => value.toFixed(4).replace('-', '−');

const BEARINGS: Record<string, string> = {
  north: '北',
  'north-east': '东北',
  east: '东',
  'south-east': '东南',
  south: '南',
  'south-west': '西南',
  west: '西',
  'north-west': '西北',
};

const SCENARIOS: Record<string, string> = {
  'dense-urban': '密集城区',
  urban: '城区',
  suburb: '郊区',
  indoor: '室内',
  rural: '农村',
  highway: '公路',
  railway: '铁路',
  tunnel: '隧道',
};

/** `2,345 次测量中有 18 % `。 */
function ofMeasurements(facts: Facts): string {
  const [share, samples] = [percent(facts, 'sharePct'), facts.count('samples')];
  return `${samples ? `${samples} 次测量` : '测量'}中有 ${share ?? '许多'}`;
}

/** `渡口山 9 站以东 900 米`. */
function placeName(facts: Facts): string {
  const [site, away] = [facts.place('siteName'), metres(facts, 'awayM')];
  const bearing = BEARINGS[facts.text('bearing')];
  if (site) return away && bearing ? `${site}以${bearing} ${away}` : site;
  const [lat, lon] = [facts.num('lat'), facts.num('lon')];
  return lat === undefined || lon === undefined ? '某区域' : `${degrees(lat)}，${degrees(lon)}`;
}

const server = (facts: Facts, otherwise = '服务小区'): string => facts.place('cell') || otherwise;
const level = (facts: Facts): string => {
  const median = dbm(facts, 'levelDbm');
  return median ? `电平中位数 ${median}` : '电平偏弱';
};

function noise(facts: Facts): string {
  const [sinr, poor] = [facts.num('sinrDb'), facts.num('poorSinrDb')];
  if (sinr === undefined || poor === undefined) return '未测信噪比。';
  return sinr > poor
    ? `信噪比正常（${number(sinr, 1)} dB），是电平问题，不是干扰。`
    : `信噪比也差（${number(sinr, 1)} dB）。`;
}

function titlePhrases(facts: Facts): string[] {
  const [share, points, operator] = [percent(facts, 'sharePct'), facts.count('points'), facts.text('operator')];
  switch (facts.text('rule')) {
    case 'competitor':
      return [
        ...(operator && points ? [`${operator} 高 ${points} 个百分点`] : []),
        ...(points ? [`对手高 ${points} 个百分点`] : []),
        '弱于对手',
      ];
    case 'overlap':
      return ['信号相近的小区过多', '重叠覆盖'];
    case 'overshoot':
      return ['由过远的小区服务', '越区覆盖'];
    default:
      return share ? [`${share} 采样偏弱`, `${share} 偏弱`] : ['弱覆盖'];
  }
}

export const coverageSentencesZh: typeof coverageSentences = {
  'place-by-site': placeName,
  'place-at-site': placeName,
  'place-coordinates': placeName,
  'cause-fault': (facts) => {
    const [since, until] = [facts.clock('sinceMs'), facts.clock('untilMs')];
    const span = since ? (until ? `${since} 至 ${until}` : `自 ${since} 起`) : '';
    return `多数采样取自${server(facts, '附近小区')}中断或失联期间${span && `（${span}）`}。平时覆盖如何，不作判断。`;
  },
  'cause-distance': (facts) => {
    const [away, spacing] = [metres(facts, 'distanceM'), metres(facts, 'spacingM')];
    const where = SCENARIOS[facts.text('scenario')] ?? '此类场景';
    return `${server(facts)}距此${away ? ` ${away}` : '较远'}${spacing ? `，而${where}站距通常约 ${spacing}` : ''}；${level(facts)}。${noise(facts)}`;
  },
  'cause-overshoot': (facts) => {
    const [away, mean, samples] = [metres(facts, 'distanceM'), metres(facts, 'meanM'), facts.count('samples')];
    return `${server(facts, '有小区')}从${away ? ` ${away} 外` : '远处'}越区覆盖到此${mean ? `，而其平均服务距离为 ${mean}` : ''}${samples ? `（此处采样 ${samples} 个）` : ''}。`;
  },
  'cause-overlap': (facts) => {
    const [cells, within, sinr] = [facts.count('cells'), facts.count('withinDb'), facts.num('sinrDb')];
    const among = facts.place('cell') ? `，其中有 ${facts.place('cell')}` : '，没有主导小区';
    const measured = sinr === undefined ? '未测信噪比' : `信噪比 ${number(sinr, 1)} dB，彼此干扰`;
    return `${cells ? `${cells} 个` : '多个'}小区信号相近${within ? `，相差 ${within} dB 以内` : ''}${among}。电平良好（${dbm(facts, 'levelDbm') ?? '高于门限'}）；${measured}。`;
  },
  'cause-capacity': (facts) => {
    const [prb, users, rate] = [percent(facts, 'prbPct'), facts.count('users'), facts.num('dlMbps')];
    const slow = rate === undefined ? '速率偏低' : `速率中位数 ${number(rate, 1)} Mbit/s`;
    return `电平尚可（${dbm(facts, 'levelDbm') ?? '高于门限'}），但${slow}；${server(facts)}${prb ? `的 PRB 利用率 ${prb}` : '负荷已满'}${users ? `，活跃用户 ${users} 个` : ''}。`;
  },
  'cause-rival': (facts) => {
    const [operator, points] = [facts.text('operator') || '对手', facts.count('points')];
    return `${operator} 在此处达标采样比例更高${points ? `，高出 ${points} 个百分点` : ''}。我方${level(facts)}；对手为何更好，尚不清楚。`;
  },
  'cause-no-cell': (facts) => `原因未知：${level(facts)}，但采样没有说明服务小区。有小区信息的采样可以区分距离与遮挡。`,
  'cause-no-place': (facts) =>
    `原因未知：${level(facts)}，但资源表中没有${server(facts)}的位置。有了小区位置，可以区分距离与遮挡。`,
  'cause-near': (facts) => {
    const away = metres(facts, 'distanceM');
    return `原因未知：${server(facts)}${away ? `仅距 ${away}` : '很近'}，但${level(facts)}。并非距离所致，可能是墙体、地形或天线遮挡。室内外步测可以查明。`;
  },
  'cause-beside': (facts) => {
    const away = metres(facts, 'distanceM');
    return `原因未定：${server(facts)}${away ? `仅距 ${away}` : '很近'}，但天线朝向别处；${level(facts)}。该站可能没有天线朝向此处。`;
  },
  'cause-indoor': (facts) => {
    const [away, share, line] = [metres(facts, 'distanceM'), percent(facts, 'sharePct'), dbm(facts, 'weakDbm')];
    const told = share && line ? `终端上报中有 ${share} 在天线近处仍不高于 ${line}。` : '';
    return `近而弱：${server(facts)}${away ? `仅距 ${away}` : '很近'}，但${level(facts)}。${told}是墙体遮挡，并非距离所致。`;
  },
  'timing-indoor': (facts) =>
    `近而弱：${ofMeasurements(facts)}在 ${metres(facts, 'nearM') ?? '常见站距'} 以内不高于 ${dbm(facts, 'weakDbm') ?? '门限'}。用户在室内，并非距离所致。`,
  'timing-distance': (facts) =>
    `远而弱：${ofMeasurements(facts)}在 ${metres(facts, 'nearM') ?? '常见站距'} 以外不高于 ${dbm(facts, 'weakDbm') ?? '门限'}。该小区承担了超出其能力的距离。`,
  'timing-overshoot': (facts) =>
    `远而强：${ofMeasurements(facts)}在 ${metres(facts, 'farM') ?? '本区'} 以外仍高于 ${dbm(facts, 'weakDbm') ?? '门限'}，而平均距离为 ${metres(facts, 'meanM') ?? '近处'}。越区覆盖，除非有直放站拉长了路径。`,
  'timing-good': (facts) =>
    `既不弱也不过远：共 ${facts.count('samples') ?? '若干'} 次测量，平均距离 ${metres(facts, 'meanM') ?? '较近'}。`,
  'timing-few': (facts) =>
    `未知：带距离和电平的测量仅 ${facts.count('samples') ?? '少数'} 次，至少需要 ${facts.count('leastSamples') ?? '更多'} 次。`,
  'remedy-repair': (facts) => `先修复${server(facts, '该小区')}，再重新测量。`,
  'remedy-new-site': (facts) => {
    const [radius, lat, lon] = [metres(facts, 'radiusM'), facts.num('lat'), facts.num('lon')];
    const where = lat === undefined || lon === undefined ? '' : `在 ${degrees(lat)}，${degrees(lon)} 附近`;
    return `${where}新建站${radius ? `，距区域各处不超过 ${radius}` : '，可就近服务'}。先看${server(facts, '现有小区')}的下倾角和功率有无余量。`;
  },
  'remedy-low-band': (facts) =>
    `在${server(facts, '现有小区')}所在站加 1 GHz 以下载波，覆盖比现有频段更远；没有低频时，加高天线或新建站。`,
  'remedy-tilt': (facts) =>
    facts.text('cause') === 'overshoot'
      ? `逐步下压${server(facts, '越区小区')}的下倾角，并复测其本区。`
      : '让一个小区成为主导：下压其他小区的下倾角或降低功率，从最远的开始。',
  'remedy-power': (facts) => `在邻区允许的范围内提高${server(facts, '现有小区')}的功率。`,
  'remedy-azimuth': (facts) => `将${server(facts, '现有小区')}所在站的一副天线转向此区域，并核对原方向的损失。`,
  'remedy-small-cell': (facts) => {
    const radius = metres(facts, 'radiusM');
    return `在区域中部加微站${radius ? `，距各处不超过 ${radius}` : '，可就近服务'}；先检查${server(facts, '现有小区')}的下倾角和功率。`;
  },
  'remedy-indoor-system': () => '建设室内分布系统或皮站：墙体损耗 20 至 30 dB，室外天线无法弥补。',
  'remedy-linear-sites': (facts) => {
    const span = metres(facts, 'lengthM');
    return `沿线建站${span ? `，覆盖这 ${span} 弱段` : ''}，并配好沿线邻区。`;
  },
  'remedy-leaky-cable': () => '先检查隧道的射频单元，再检查泄漏电缆。',
  'remedy-capacity': (facts) => `为${server(facts)}扩容：加载波，或由邻区分担负荷。`,
  'remedy-measure': (facts) =>
    `先测量再建设：${facts.text('cause') === 'unknown' ? '带小区、信噪比和速率的步测或路测' : '步测或路测'}可以查明缺什么。`,
  'title-weak-coverage': (facts) => titleOf('zh', placeName(facts), titlePhrases(facts)),
  'weak-area': (facts) => {
    const [share, samples, line] = [percent(facts, 'sharePct'), facts.count('samples'), dbm(facts, 'weakDbm')];
    const [low, high] = [facts.num('shareLowPct'), facts.num('shareHighPct')];
    const sure =
      low === undefined || high === undefined ? '' : `（多半在 ${number(low, 0)}–${number(high, 0)} % 之间）`;
    const weak = share && samples ? `${samples} 个采样中有 ${share}${sure}` : '超出允许比例的采样';
    const size = facts.num('areaKm2');
    const rival = facts.text('operator');
    return `${weak}不高于${line ? ` ${line}` : '门限'}${size === undefined ? '' : `，面积 ${number(size, 2)} 平方公里`}；${level(facts)}。${rival ? `${rival} 在此处更好。` : ''}`;
  },
  'area-good-again': (facts) =>
    `该处有足够的新采样高于${dbm(facts, 'weakDbm') ? ` ${dbm(facts, 'weakDbm')}` : '门限'}（允许 10 % 偏弱）即清除。`,
};
