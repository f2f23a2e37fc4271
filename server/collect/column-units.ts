// Units as headings and mapping files write them, and what takes a value from one to another.

/** value · times / per + plus; two whole factors, so that 1234.5 kbit/s comes to 1.2345 Mbit/s and not to a neighbour of it. */
export interface Conversion {
  times: number;
  per: number;
  plus: number;
}

interface Unit extends Conversion {
  quantity: string;
}

const unit = (quantity: string, times = 1, per = 1, plus = 0): Unit => ({ quantity, times, per, plus });

/** To the first unit of each quantity. Names in lower case without spaces; bits and bytes follow below, for their case matters. */
const UNITS: Readonly<Record<string, Unit>> = {
  ...all(['%', 'percent', 'percentage', 'pct', '％', '百分比'], unit('ratio')),
  ...all(['fraction', '0-1', '0..1', '小数'], unit('ratio', 100)),
  ...all(['‰', 'permille', 'permil'], unit('ratio', 1, 10)),
  ...all(['ppm'], unit('ratio', 1, 10_000)),
  ...all(['s', 'sec', 'secs', 'second', 'seconds', '秒'], unit('time')),
  ...all(['ms', 'msec', 'millisecond', 'milliseconds', '毫秒'], unit('time', 1, 1000)),
  ...all(['us', 'µs', 'μs', 'usec', 'microsecond', 'microseconds', '微秒'], unit('time', 1, 1_000_000)),
  ...all(['min', 'mins', 'minute', 'minutes', '分钟', '分'], unit('time', 60)),
  ...all(['h', 'hr', 'hrs', 'hour', 'hours', '小时'], unit('time', 3600)),
  ...all(['d', 'day', 'days', '天'], unit('time', 86_400)),
  ...all(['dbm'], unit('level')),
  ...all(['db'], unit('relative level')),
  ...all(['v', 'volt', 'volts'], unit('voltage')),
  ...all(['mv', 'millivolt'], unit('voltage', 1, 1000)),
  ...all(['°c', 'c', 'degc', 'celsius', '℃'], unit('temperature')),
  ...all(['°f', 'f', 'degf', 'fahrenheit'], unit('temperature', 5, 9, -160 / 9)),
  ...all(['', '#', '-', 'none', 'number', 'num', 'count', 'times', 'users', '次', '个', '无'], unit('count')),
};

function all(names: readonly string[], one: Unit): Record<string, Unit> {
  return Object.fromEntries(names.map((name) => [name, one]));
}

/** Powers of ten: data rates and volumes count in thousands (kbit/s of TS 32.450 are 1000 bit/s); `Ki` counts in 1024. */
const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const AMOUNT = /^([kmgt]?)(i?)(bits?|bytes?|b)(\/s|\/sec|ps|persec)?$/i;

/** Undefined where `b` may be bits or bytes: a rate in `Mbps` is bits by custom, a volume in `mb` may be either. */
function amount(text: string): Unit | undefined {
  const [, prefix = '', binary, word = '', perSecond] = AMOUNT.exec(text) ?? [];
  if (word === '') return undefined;
  const isRate = perSecond !== undefined;
  const isShort = word.length === 1;
  const isByte = isShort ? word === 'B' && !(isRate && perSecond === 'PS') : /^byte/i.test(word);
  if (isShort && !isRate && word === 'b' && /^[a-z]?$/.test(prefix) && prefix !== 'k') return undefined;
  const scale = binary
    ? 1024 ** ['', 'k', 'm', 'g', 't'].indexOf(prefix.toLowerCase())
    : PREFIXES[prefix.toLowerCase()]!;
  const bits = isByte ? scale * 8 : scale;
  return isRate ? unit('rate', bits, 1e6) : unit('volume', bits, 8e9);
}

export function unitNamed(text: string): Unit | undefined {
  const compact = text.replaceAll(/\s+/g, '');
  const known = UNITS[compact.toLowerCase()];
  return known && Object.hasOwn(UNITS, compact.toLowerCase()) ? known : amount(compact);
}

/** Whether a text speaks of a unit, also where it leaves open which, as `mb` does. */
export function isUnitLike(text: string): boolean {
  return unitNamed(text) !== undefined || AMOUNT.test(text.replaceAll(/\s+/g, ''));
}

/** What takes a value in `from` to `to`; undefined when one of them is not known or they measure different things. */
export function conversion(from: string, to: string): Conversion | undefined {
  const [a, b] = [unitNamed(from), unitNamed(to)];
  if (!a || !b || a.quantity !== b.quantity) return undefined;
  const times = a.times * b.per;
  const per = a.per * b.times;
  const divisor = gcd(times, per);
  return { times: times / divisor, per: per / divisor, plus: ((a.plus - b.plus) * b.per) / b.times };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export const convert = (value: number, { times, per, plus }: Conversion): number => (value * times) / per + plus;
export const isIdentity = ({ times, per, plus }: Conversion): boolean => times === per && plus === 0;
