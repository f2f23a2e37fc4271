// A title: the place, then what is wrong, never longer than a row of the list.

import type { Facts } from './facts.ts';
import { type Lang, number, spaced, times } from './figures.ts';

/** Longest title: characters in English, widths of a 汉字 in Chinese (a letter or digit is half of one). */
export const TITLE_MAXIMUM: Record<Lang, number> = { en: 52, zh: 20 };

/** So much of a place is always shown: a phrase that the equipment made is not cut for it, and the title then longer. */
const LEAST_PLACE: Record<Lang, number> = { en: 14, zh: 7 };

const WIDE = /[⺀-￯]/u;

/** Length as the reader sees it, in the measure of `TITLE_MAXIMUM`. */
export function titleLength(lang: Lang, text: string): number {
  const characters = [...text];
  if (lang === 'en') return characters.length;
  return characters.reduce((sum, each) => sum + (WIDE.test(each) ? 1 : 0.5), 0);
}

/**
 * `place: phrase` with the first phrase that fits, best first. When none does, the place loses its middle, for both
 * ends of a cell's name tell more than what stands between.
 */
export function titleOf(lang: Lang, place: string, phrases: readonly string[]): string {
  const joint = lang === 'en' ? ': ' : '：';
  const written = lang === 'en' ? phrases : phrases.map(spaced);
  const last = written.at(-1) ?? '';
  for (const phrase of written) {
    if (titleLength(lang, place + joint + phrase) <= TITLE_MAXIMUM[lang]) return place + joint + phrase;
  }
  const room = Math.max(LEAST_PLACE[lang], TITLE_MAXIMUM[lang] - titleLength(lang, joint + last) - 1);
  if (titleLength(lang, place) <= room) return place + joint + last;
  return `${shortened(lang, place, room)}${joint}${last}`;
}

function shortened(lang: Lang, place: string, room: number): string {
  const characters = [...place];
  let [head, tail] = [Math.ceil(characters.length / 2), Math.floor(characters.length / 2)];
  const kept = () => characters.slice(0, head).join('') + characters.slice(characters.length - tail).join('');
  while (head > 1 && titleLength(lang, kept()) > room) {
    if (head >= tail) head -= 1;
    else tail -= 1;
  }
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** At most so long, in the measure of `TITLE_MAXIMUM`; what is cut ends with a sign. */
export function cutTo(lang: Lang, text: string, most: number): string {
  if (titleLength(lang, text) <= most) return text;
  const characters = [...text];
  while (titleLength(lang, characters.join('')) > most - 1) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Fills the figures into the phrasings; those that lack one of theirs are left out. */
export function filled(facts: Facts, direction: 'above' | 'below', shareOf: (ratio: number) => string): string[] {
  const ratio = facts.ratio();
  const figures: Record<string, string | undefined> = {
    observed: facts.amount('observed'),
    by: facts.away(),
    failing: facts.failing(),
    times: ratio !== undefined && ratio >= 1.5 ? times(ratio) : undefined,
    share: ratio !== undefined && ratio <= 0.75 ? shareOf(ratio) : undefined,
  };
  const filledIn = (facts.phrases?.[direction] ?? []).map((phrase) => {
    const names = [...phrase.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    if (names.some((name) => figures[name] === undefined)) return '';
    return phrase.replace(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? '');
  });
  return filledIn.filter(Boolean);
}

/** `22 %`, never a rounded zero. */
export function percentOf(ratio: number): string {
  return `${number(Math.max(ratio * 100, 1), 0)} %`;
}
