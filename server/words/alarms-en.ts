// The English sentences about equipment alarms: what the equipment says is quoted, never translated.

import type { Facts } from './facts.ts';
import { cutTo, titleOf } from './title.ts';

/** Characters of a condition beyond which a title cuts it: only what is no name but a story. */
const STORY = 80;

export const alarmsEn = {
  'title-alarm': (facts: Facts) => {
    const condition = facts.text('condition') || 'equipment alarm';
    const others = (facts.num('alarms') ?? 1) - 1;
    const more = others > 0 ? [`${condition} and ${others} more`] : [];
    return titleOf('en', facts.place(), [...more, cutTo('en', condition, STORY)]);
  },
  'equipment-alarm': (facts: Facts) => {
    const since = facts.clock('sinceMs');
    const [object, problem, cause, text] = ['object', 'problem', 'cause', 'text'].map((key) => facts.text(key));
    const others = (facts.num('alarms') ?? 1) - 1;
    const parts = [
      `${facts.text('element') || 'The equipment'} itself reports “${facts.text('condition') || 'an alarm'}”`,
      object && ` on ${object}`,
      since && ` since ${since}`,
      problem && `: ${endless(problem)}`,
      '.',
      cause && ` Cause as reported: ${endless(cause)}.`,
      text && ` It adds: ${endless(text)}.`,
      others > 0 && ` ${others === 1 ? 'One more alarm stands' : `${others} more alarms stand`} here.`,
    ];
    return parts.filter(Boolean).join('');
  },
  'alarm-cleared': (facts: Facts) => {
    const alarms = facts.num('alarms') ?? 1;
    const all = alarms === 1 ? 'the clear' : `the clear of ${alarms === 2 ? 'both' : `all ${alarms}`} alarms`;
    return `Clears when the equipment sends ${all}.`;
  },
};

/** Without a stop of its own. */
const endless = (text: string) => text.replace(/[.\s]+$/, '');
