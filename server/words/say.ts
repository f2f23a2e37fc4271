// The front door of words: from codes and values to sentences in the reader's language.

import { findKpi } from '../model/catalogue.ts';
import type { Said } from '../model/finding.ts';
import { en, type SaidCode, type Words } from './en.ts';
import { Facts, type SayContext } from './facts.ts';
import { LANGS, type Lang, spaced } from './figures.ts';
import { zh } from './zh.ts';

export type { SayContext } from './facts.ts';
export type { Lang } from './figures.ts';

/** All words of each language: names of severities, states, kinds, reasons, events. */
export const WORDS: Record<Lang, Words> = { en, zh };

/** The sentence for a code. A code that this version does not know is shown as it stands, with its values. */
export function sayIn(lang: Lang, said: Said, context: SayContext): string {
  const words = WORDS[lang];
  if (Object.hasOwn(words.sentences, said.code)) {
    const sentence = words.sentences[said.code as SaidCode](new Facts(lang, words.kpis, said, context));
    return lang === 'zh' ? spaced(sentence) : sentence;
  }
  const values = Object.entries(said.values).map(([key, value]) => `${key} ${value}`);
  return values.length === 0 ? said.code : `${said.code}: ${values.join(', ')}`;
}

/** The name of a KPI as it heads a chart or a column: `Drop rate (QCI 1)`; the id itself when it is not in the catalogue. */
export function kpiName(lang: Lang, id: string): string {
  const name = findKpi(id)?.name[lang];
  const [, kind, level] = /\.(qci|5qi)(\d+)$/.exec(id) ?? [];
  return name === undefined ? id : kind ? `${name} (${kind.toUpperCase()} ${level})` : name;
}

/** The reader's language: what was asked for (`?lang=`), else the first that an Accept-Language header names and we speak. */
export function languageFor(asked: string | undefined, acceptLanguage: string | undefined): Lang {
  const wanted = [asked, ...ranked(acceptLanguage ?? '')];
  const found = wanted.map((each) => LANGS.find((lang) => each?.trim().toLowerCase().split('-')[0] === lang));
  return found.find((lang) => lang !== undefined) ?? 'en';
}

/** Languages of an Accept-Language header (RFC 9110, 12.5.4), best first; `q=0` means never. */
function ranked(header: string): string[] {
  const wishes = header.split(',').map((each) => {
    const [tag = '', ...parameters] = each.split(';');
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
  });
  return wishes
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((wish) => wish.tag);
}
