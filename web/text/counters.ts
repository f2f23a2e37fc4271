// What the counters behind the formulas are called by people; a name that is not here stands as it is.

import type { Language } from './language.svelte.ts';

const NAMES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'RRC.ConnEstabAtt': ['RRC setups tried', 'RRC 建立尝试'],
  'RRC.ConnEstabSucc': ['RRC setups', 'RRC 建立成功'],
  'S1SIG.ConnEstabAtt': ['Core connections tried', '核心网连接尝试'],
  'S1SIG.ConnEstabSucc': ['Core connections', '核心网连接成功'],
  'UECNTX.ConnEstabAtt': ['Core connections tried', '核心网连接尝试'],
  'UECNTX.ConnEstabSucc': ['Core connections', '核心网连接成功'],
  'ERAB.EstabInitAttNbr': ['Bearer setups tried', '承载建立尝试'],
  'ERAB.EstabInitSuccNbr': ['Bearer setups', '承载建立成功'],
  'ERAB.RelActNbr': ['Abnormal releases', '异常释放'],
  'ERAB.SessionTimeUE': ['Seconds in session', '会话秒数'],
  'DRB.EstabAtt': ['Bearer setups tried', '承载建立尝试'],
  'DRB.EstabSucc': ['Bearer setups', '承载建立成功'],
  'DRB.RelActNbr': ['Abnormal releases', '异常释放'],
  'DRB.SessionTime': ['Seconds in session', '会话秒数'],
  'QF.RelActNbr': ['Abnormal releases of flows', '流异常释放'],
  'QF.SessionTimeUE': ['Seconds in session', '会话秒数'],
  'QF.SessionTimeQoS': ['Seconds in session, by flow', '各流会话秒数'],
  'L.E-RAB.AbnormRel': ['Abnormal releases', '异常释放'],
  'L.E-RAB.NormRel': ['Normal releases', '正常释放'],
  'L.UECNTX.AbnormRel': ['Abnormal releases of contexts', '上下文异常释放'],
  'HO.OutAttTarget': ['Handovers tried', '切换尝试'],
  'HO.OutSuccTarget': ['Handovers', '切换成功'],
  'HO.IntraEnbOutAtt': ['Handovers inside tried', '站内切换尝试'],
  'HO.IntraEnbOutSucc': ['Handovers inside', '站内切换成功'],
  'HO.InterEnbOutPrepAtt': ['Handovers out asked for', '站间切换准备'],
  'HO.InterEnbOutAtt': ['Handovers out tried', '站间切换尝试'],
  'HO.InterEnbOutSucc': ['Handovers out', '站间切换成功'],
  'MM.HoPrepInterReq': ['Handovers out asked for', '站间切换准备'],
  'MM.HoPrepInterSucc': ['Handovers out prepared', '站间切换准备成功'],
  'MM.HoPrepIntraReq': ['Handovers inside asked for', '站内切换准备'],
  'MM.HoPrepIntraSucc': ['Handovers inside prepared', '站内切换准备成功'],
  'MM.HoExeInterReq': ['Handovers out tried', '站间切换尝试'],
  'MM.HoExeInterSucc': ['Handovers out', '站间切换成功'],
  'MM.HoExeIntraReq': ['Handovers inside tried', '站内切换尝试'],
  'MM.HoExeIntraSucc': ['Handovers inside', '站内切换成功'],
  'DRB.IPVolDl': ['Downlink kbit in bursts', '下行突发数据 kbit'],
  'DRB.IPTimeDl': ['Downlink ms in bursts', '下行突发时长 ms'],
  'DRB.IPVolUl': ['Uplink kbit in bursts', '上行突发数据 kbit'],
  'DRB.IPTimeUl': ['Uplink ms in bursts', '上行突发时长 ms'],
  'DRB.UEThpDl': ['Downlink kbit/s of a user', '用户下行速率 kbit/s'],
  'DRB.UEThpUl': ['Uplink kbit/s of a user', '用户上行速率 kbit/s'],
  'DRB.PdcpSduVolumeDL': ['Downlink Mbit', '下行数据 Mbit'],
  'DRB.PdcpSduVolumeUL': ['Uplink Mbit', '上行数据 Mbit'],
  'DRB.PdcpSduBitrateDl': ['Downlink kbit/s', '下行 kbit/s'],
  'DRB.PdcpSduBitrateUl': ['Uplink kbit/s', '上行 kbit/s'],
  'RRC.ConnEstabAtt.mo-Signalling': ['RRC setups tried for signalling', '信令 RRC 建立尝试'],
  'RRC.ConnEstabSucc.mo-Signalling': ['RRC setups for signalling', '信令 RRC 建立成功'],
  'UECNTX.ConnEstabAtt.mo-Signalling': ['Core connections tried for signalling', '信令核心网连接尝试'],
  'UECNTX.ConnEstabSucc.mo-Signalling': ['Core connections for signalling', '信令核心网连接成功'],
  'RRU.CellUnavailableTime': ['seconds off air', '不可用秒数'],
  'RRU.PrbTotDl': ['Blocks used, %', 'PRB 占用 %'],
  'RRU.PrbUsedDl': ['Blocks used', '已用 PRB'],
  'RRU.PrbAvailDl': ['Blocks there', '可用 PRB'],
  'RRC.ConnMean': ['Mean users connected', '平均连接用户'],
  pmEndcSetupUeAtt: ['5G legs tried', 'EN-DC 添加尝试'],
  pmEndcSetupUeSucc: ['5G legs added', 'EN-DC 添加成功'],
  period: ['seconds of the period', '周期秒数'],
};

export function counterName(name: string, language: Language): string {
  return NAMES[name]?.[language === 'zh' ? 1 : 0] ?? name;
}

/** A counter's name in a formula, whole. */
const NAME = /[A-Za-z_][A-Za-z0-9_.]*(?:-[A-Za-z0-9_.]+)*/g;

/** A line of a formula in words: `seconds of the period − seconds off air`. */
export function spelledOut(expression: string, nameOf: (name: string) => string): string {
  return expression
    .split(/(?<=\s)-(?=\s)/)
    .map((part) => part.replace(NAME, nameOf))
    .join('−');
}

/** Bins and numbered counters in the order of their numbers: `X[2]` before `X[10]`. */
export const byName: (a: string, b: string) => number = new Intl.Collator('en', { numeric: true }).compare;
