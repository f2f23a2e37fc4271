// The Chinese sentences about equipment alarms: what the equipment says is quoted, never translated.

import type { alarmsEn } from './alarms-en.ts';
import type { Facts } from './facts.ts';
import { cutTo, titleOf } from './title.ts';

/** Width of a condition beyond which a title cuts it: only what is no name but a story. */
const STORY = 40;

export const alarmsZh: typeof alarmsEn = {
  'title-alarm': (facts: Facts) => {
    const condition = facts.text('condition') || '设备告警';
    const others = (facts.num('alarms') ?? 1) - 1;
    const more = others > 0 ? [`${condition}等 ${others + 1} 条`] : [];
    return titleOf('zh', facts.place(), [...more, cutTo('zh', condition, STORY)]);
  },
  'equipment-alarm': (facts: Facts) => {
    const since = facts.clock('sinceMs');
    const [object, problem, cause, text] = ['object', 'problem', 'cause', 'text'].map((key) => facts.text(key));
    const others = (facts.num('alarms') ?? 1) - 1;
    const parts = [
      since && `自 ${since} 起，`,
      `设备 ${facts.text('element')} 上报“${facts.text('condition') || '告警'}”`.replace('设备  ', '设备'),
      object && `（对象 ${object}）`,
      problem && `：${endless(problem)}`,
      '。',
      cause && `上报原因：${endless(cause)}。`,
      text && `附加说明：${endless(text)}。`,
      others > 0 && `此处另有 ${others} 条告警。`,
    ];
    return parts.filter(Boolean).join('');
  },
  'alarm-cleared': (facts: Facts) => {
    const alarms = facts.num('alarms') ?? 1;
    return alarms === 1 ? '设备上报恢复后解除。' : `设备上报全部 ${alarms} 条告警恢复后解除。`;
  },
};

/** Without a stop of its own. */
const endless = (text: string) => text.replace(/[.。\s]+$/, '');
