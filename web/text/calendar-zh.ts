// The strings of the page of special days in Chinese.

import type { calendarEn } from './calendar-en.ts';

export const calendarZh: typeof calendarEn = {
  link: '特殊日期',
  back: '数据接入',
  headline: (n) => `未来 12 个月有 ${n} 个特殊日期`,
  nothing: '未来 12 个月没有特殊日期',
  lead: '节假日按周日的规律比较，调休上班日按工作日比较；节假日和活动期间的数据不会被当作平时的规律来学习。',
  nothingNext:
    '请加入即将到来的法定节假日、调休上班日和大型活动，否则节假日的清闲可能被看成故障。可以在右侧逐日添加，也可以用 CSV 文件一次送入整份日历：',
  more: (n) => `只显示前 ${n} 个；GET /api/calendar 可列出全部。`,
  past: '也显示过去一年',
  date: '日期',
  type: '类型',
  area: '区域',
  name: '名称',
  everywhere: '全网',
  types: { holiday: '节假日', workday: '调休上班', event: '活动' },
  lived: { holiday: '按周日比较', workday: '按工作日比较', event: '按当天星期比较，不学习' },
  takeBack: '撤回',
  takeBackDay: (day) => `撤回 ${day}`,
  tookBack: (day) => `${day} 恢复为普通日期。`,
  undo: '撤销',

  addTitle: '添加一天',
  areaHint: '与小区清单一致；可留空',
  nameHint: '通常的叫法',
  add: '添加',
  added: (day) => `${day} 已加入日历。`,

  manyTitle: '一次添加多天',
  paste: '粘贴 CSV，表头为 date,type,area,name',
  whole: '这是整份日历：撤回其他所有日期',
  send: '发送',
  choose: '选择 CSV 文件',
  took: (n) => `已接收 ${n} 天。`,
  refused: (n) => `拒收 ${n} 条：`,
  removed: (n) => `已撤回 ${n} 天。`,
  unknown: (areas) => `目前台账中还没有属于 ${areas} 的小区。`,
  next: '此后的判断将按这些日期进行；已有的告警不会重新判断。',
};
