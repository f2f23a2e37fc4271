// Numbers as tables write them: decimal point or comma, thousands apart; what a text proves by itself and what only its column can tell.

export type DecimalSign = '.' | ',';

/** No number is written longer. */
const LONGEST_NUMBER = 60;
const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);
const MOST_EXACT_DIGITS = 15;
const [MINUS, COMMA, POINT] = [0x2d, 0x2c, 0x2e];

/**
 * Digits with at most one sign before decimals, point or comma, as most values are. Exact: the digits and the power of
 * ten are exact in a double, and one division rounds once. NaN for every other form.
 */
export function plainNumber(text: string): number {
  const { length } = text;
  const negative = text.charCodeAt(0) === MINUS;
  const from = negative ? 1 : 0;
  if (length === from || length - from > MOST_EXACT_DIGITS) return Number.NaN;
  let digits = 0;
  let sign = -1;
  for (let i = from; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits = digits * 10 + code - 0x30;
    else if ((code === POINT || code === COMMA) && sign < 0) sign = i;
    else return Number.NaN;
  }
  if (sign >= 0 && length - from === 1) return Number.NaN;
  const value = sign < 0 ? digits : digits / POWERS[length - sign - 1]!;
  return negative ? -value : value;
}

/** Of a plain number: the sign in it, `open` where it may as well part thousands, `any` where there is none. */
export function plainSign(text: string): DecimalSign | 'any' | 'open' {
  const from = text.charCodeAt(0) === MINUS ? 1 : 0;
  const point = text.indexOf('.');
  const at = point < 0 ? text.indexOf(',') : point;
  if (at < 0) return 'any';
  const mayPartThousands = text.length - at === 4 && at > from && at - from <= 3 && text[from] !== '0';
  return mayPartThousands ? 'open' : point < 0 ? ',' : '.';
}

/** Spaces of every width, and apostrophes, only ever part thousands. */
const GROUPS = /(?<=\d)[ \u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d))/g;
const GROUPED = new RegExp(GROUPS.source);
const SHAPE = /^[+\-−]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?$/;

/** What the text says of its own decimal sign: proof for one, `any` where it has none, `open` where `1,234` may be either. */
export function provenSign(text: string): DecimalSign | 'any' | 'open' | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  if (!Number.isNaN(plainNumber(text))) return plainSign(text);
  const [, body, exponent] = SHAPE.exec(text.replaceAll(GROUPS, '')) ?? [];
  if (body === undefined) return undefined;
  const signs = body.replaceAll(/\d/g, '');
  if (signs === '') return 'any';
  if (new Set(signs).size === 2) return signs.at(-1) as DecimalSign;
  if (signs.length > 1) return repeated(signs[0] === ',' ? '.' : ',', body);
  const isOpen = exponent === undefined && plainSign(body) === 'open' && !GROUPED.test(text);
  return isOpen ? 'open' : (signs as DecimalSign);
}

/** A sign that stands twice can only part thousands, and only where they are: `17.03.2026` is no number. */
const repeated = (sign: DecimalSign, body: string) => (WELL_GROUPED[sign].test(body) ? sign : undefined);

const WELL_GROUPED = { '.': /^\d{1,3}(,\d{3})+$|^\d*$/, ',': /^\d{1,3}(\.\d{3})+$|^\d*$/ } as const;

/** The number that `text` is where `sign` stands before decimals; NaN when it is none. */
export function numberWith(text: string, sign: DecimalSign): number {
  if (text.length > LONGEST_NUMBER) return Number.NaN;
  const [, body, exponent = ''] = SHAPE.exec(text.replaceAll(GROUPS, '')) ?? [];
  if (body === undefined) return Number.NaN;
  const [whole = '', decimals = '', ...more] = body.split(sign);
  if (more.length > 0 || !/^\d*$/.test(decimals) || !WELL_GROUPED[sign].test(whole)) return Number.NaN;
  const value = Number(`${whole.replaceAll(/[.,]/g, '') || '0'}.${decimals || '0'}${exponent}`);
  if (!Number.isFinite(value)) return Number.NaN;
  return /^[-−]/.test(text) ? -value : value;
}
