// Short names of rules, causes, remedies, kinds of samples and scenarios, as tables and legends show them.

import type { CoverageCause, CoverageRemedy, CoverageRule } from '../model/coverage.ts';
import type { SampleKind } from '../model/sample.ts';

export interface CoverageNames {
  rules: Record<CoverageRule, string>;
  causes: Record<CoverageCause, string>;
  remedies: Record<CoverageRemedy, string>;
  kinds: Record<SampleKind, string>;
  /** Scenarios of the profile; a deployment's own keep their key. */
  scenarios: Record<string, string>;
}

export const coverageNamesEn: CoverageNames = {
  rules: {
    cluster: 'cluster',
    grid: 'grid',
    line: 'line',
    cell: 'cell',
    competitor: 'rival',
    overlap: 'overlap',
    overshoot: 'overshoot',
  },
  causes: {
    fault: 'a cell is down',
    distance: 'distance',
    overshoot: 'overshoot',
    indoor: 'walls',
    overlap: 'cells alike',
    capacity: 'load',
    unknown: 'not known',
  },
  remedies: {
    repair: 'repair first',
    'new-site': 'new site',
    'low-band': 'low band',
    tilt: 'tilt',
    power: 'power',
    azimuth: 'azimuth',
    'small-cell': 'small cell',
    'indoor-system': 'indoor system',
    'linear-sites': 'sites along the line',
    'leaky-cable': 'leaky cable',
    capacity: 'more capacity',
    measure: 'measure there',
  },
  kinds: { mr: 'measurement reports', mdt: 'MDT', drive: 'drive test', app: 'app samples' },
  scenarios: {
    'dense-urban': 'dense urban',
    urban: 'urban',
    suburb: 'suburb',
    indoor: 'indoor',
    rural: 'rural',
    highway: 'highway',
    railway: 'railway',
    tunnel: 'tunnel',
  },
};

export const coverageNamesZh: CoverageNames = {
  rules: {
    cluster: '连片',
    grid: '栅格',
    line: '线路',
    cell: '小区',
    competitor: '弱于对手',
    overlap: '重叠覆盖',
    overshoot: '越区覆盖',
  },
  causes: {
    fault: '有小区中断',
    distance: '距离远',
    overshoot: '越区',
    indoor: '墙体遮挡',
    overlap: '信号相近',
    capacity: '负荷高',
    unknown: '未知',
  },
  remedies: {
    repair: '先修复故障',
    'new-site': '新建站',
    'low-band': '低频段',
    tilt: '调下倾角',
    power: '调功率',
    azimuth: '调方位角',
    'small-cell': '微站',
    'indoor-system': '室内分布',
    'linear-sites': '沿线布站',
    'leaky-cable': '泄漏电缆',
    capacity: '扩容',
    measure: '补测',
  },
  kinds: { mr: '测量报告', mdt: 'MDT', drive: '路测', app: '应用采样' },
  scenarios: {
    'dense-urban': '密集城区',
    urban: '城区',
    suburb: '郊区',
    indoor: '室内',
    rural: '农村',
    highway: '公路',
    railway: '铁路',
    tunnel: '隧道',
  },
};
