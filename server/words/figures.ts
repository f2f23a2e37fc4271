// Figures as people read them: true minus, ranges, durations and clock times, in English and Chinese.

export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

const MINUS = '−';
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Decimals that give two figures below ten and three above, never more than `most`; one figure rather than a false zero. */
function decimalsFor(value: number, most: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  const magnitude = Math.floor(Math.log10(size));
  const wanted = magnitude >= 1 ? 2 - magnitude : 1 - magnitude;
  const decimals = Math.max(0, Math.min(wanted, most));
  return size >= 0.5 * 10 ** -decimals ? decimals : Math.min(12, -magnitude);
}

/** `1824` → `1,824`, `-98.4` → `−98.4`: fixed decimals, thousands by commas, true minus. */
function fixed(value: number, decimals: number): string {
  const [whole = '0', part = ''] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part && `.${part}`);
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
}

const withoutTail = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** A number with two or three significant figures and at most `mostDecimals` decimals, unless `leastDecimals` are wanted; integers keep all their digits. */
export function number(value: number, mostDecimals = 2, leastDecimals = 0): string {
  return withoutTail(fixed(value, Math.max(leastDecimals, decimalsFor(value, mostDecimals))));
}

/** What is estimated in two significant figures: `1,473.2` → `1,500`, `3.46` → `3.5`. */
export function roughly(value: number): string {
  return number(Number(value.toPrecision(2)), 1);
}

/** Decimals that keep a value beyond a range from being written like the bound that it passed; 0 where the usual ones do. */
export function decimalsApart(value: number, low: number, high: number, mostDecimals = 2): number {
  if (value >= low && value <= high) return 0;
  const bound = value > high ? high : low;
  const isTold = (decimals: number) => number(value, mostDecimals, decimals) !== number(bound, mostDecimals, decimals);
  let decimals = 0;
  while (decimals <= mostDecimals && !isTold(decimals)) decimals++;
  return decimals;
}

/** A unit stands a space after its number, `%` as well; a bare ratio has none. */
export function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}

/** `0.2–0.5 %`, `−112 to −108 dBm` (`−112 至 −108 dBm`), `0.5 %` when both round to the same. */
export function range(
  lang: Lang,
  low: number,
  high: number,
  unit: string,
  mostDecimals = 2,
  leastDecimals = 0,
): string {
  const decimals = Math.max(leastDecimals, decimalsFor(low, mostDecimals), decimalsFor(high, mostDecimals));
  const [from, to] = [fixed(low, decimals), fixed(high, decimals)].map(withoutTail);
  if (from === to) return withUnit(from ?? '', unit);
  const joint = low < 0 || high < 0 ? { en: ' to ', zh: ' 至 ' }[lang] : '–';
  return withUnit(`${from}${joint}${to}`, unit);
}

/** `40 s`, `9 min`, `1.5 h`, `3 d`; Chinese `9 分钟`. */
export function duration(lang: Lang, seconds: number): string {
  const units = { en: ['s', 'min', 'h', 'd'], zh: ['秒', '分钟', '小时', '天'] }[lang];
  const [size, unit] =
    seconds < MINUTE
      ? [1, units[0]]
      : seconds < HOUR
        ? [MINUTE, units[1]]
        : seconds < 2 * DAY
          ? [HOUR, units[2]]
          : [DAY, units[3]];
  return `${number(seconds / size, size >= HOUR ? 1 : 0)} ${unit}`;
}

interface Moment {
  time: string;
  day: string;
  weekday: string;
  month: string;
  monthNumber: string;
  year: string;
}

function momentIn(zone: string, at: number): Moment {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    day: 'numeric',
    weekday: 'short',
    month: 'short',
    year: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const monthNumber = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'numeric' }).format(at);
  return {
    time: `${part('hour')}:${part('minute')}`,
    day: part('day'),
    weekday: part('weekday'),
    month: part('month'),
    monthNumber,
    year: part('year'),
  };
}

/** `21:12` in the network's zone, with the day before it when that is not the day of `near` or of the reader, and the year when it is not the reader's. */
export function clock(lang: Lang, zone: string, at: number, near = at, reader = near): string {
  const moment = momentIn(zone, at);
  const isOfDay = (other: number) => dayOf(moment) === dayOf(momentIn(zone, other));
  if (isOfDay(near) && isOfDay(reader)) return moment.time;
  const isOfYear = moment.year === momentIn(zone, reader).year;
  if (lang === 'zh') {
    return `${isOfYear ? '' : `${moment.year} 年 `}${moment.monthNumber} 月 ${moment.day} 日 ${moment.time}`;
  }
  return `${moment.weekday} ${moment.day} ${moment.month} ${isOfYear ? '' : `${moment.year} `}${moment.time}`;
}

const dayOf = ({ day, monthNumber, year }: Moment) => `${year}-${monthNumber}-${day}`;

/** `5` of `5× as often`: whole from three on, one decimal below. */
export function times(ratio: number): string {
  return number(ratio, ratio >= 3 ? 0 : 1);
}

/** Items joined as people do: `a, b and c`; `a、b 和 c`. */
export function listing(lang: Lang, items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  const head = items.slice(0, -1);
  return lang === 'en' ? `${head.join(', ')} and ${last}` : `${head.join('、')}和${last}`;
}

const HAN = '\\u3400-\\u9fff';
const BEFORE_HALF = new RegExp(`([${HAN}])([A-Za-z0-9−+])`, 'gu');
const AFTER_HALF = new RegExp(`([A-Za-z0-9%°])([${HAN}])`, 'gu');

/** Chinese text with a space wherever a 汉字 touches a half-width letter, digit or sign. */
export function spaced(text: string): string {
  return text.replace(BEFORE_HALF, '$1 $2').replace(AFTER_HALF, '$1 $2');
}
