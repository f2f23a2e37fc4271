// Reads one counter value as a PM file writes it: a number, nothing, or text that is no single number.

import type { CounterValue } from '../model/sent.ts';

const ABSENT = /^(?:nil|null|nan)?$/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Integers of up to 15 digits are exact in a double and read without a regular expression. */
const MAX_PLAIN_DIGITS = 15;
/** No number is written longer; a longer text would be looked at for every way to split its digits. */
const LONGEST_NUMBER = 400;

/**
 * A number where the whole text is one; null for an empty value, NIL, NULL and NaN (nothing was measured); else the
 * trimmed text. A comma list is a distribution (TS 32.435 4.2.3) and stays text: its first bin is not its value.
 */
export function readCounterValue(text: string): CounterValue {
  const plain = readPlainInteger(text);
  if (plain !== undefined) return plain;
  const trimmed = text.trim();
  if (ABSENT.test(trimmed)) return null;
  const value = trimmed.length <= LONGEST_NUMBER && NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : trimmed;
}

function readPlainInteger(text: string): number | undefined {
  const length = text.length;
  if (length === 0 || length > MAX_PLAIN_DIGITS) return undefined;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
