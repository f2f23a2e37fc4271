// Which language the page speaks now, kept over visits.
// A typed dictionary by hand instead of Paraglide: its compiler wants to fetch plugins while building, and we build offline.

import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

export type Language = 'en' | 'zh';

const DICTIONARIES: Record<Language, Words> = { en, zh };
const KEPT_AS = 'cellstar.language';

let current = $state<Language>(firstLanguage());

function firstLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? window.localStorage.getItem(KEPT_AS);
  if (asked === 'en' || asked === 'zh') return asked;
  return window.navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export function language(): Language {
  return current;
}

/** The strings of the present language; reactive where it is read. */
export function words(): Words {
  return DICTIONARIES[current];
}

export function setLanguage(next: Language): void {
  current = next;
  window.localStorage.setItem(KEPT_AS, next);
}
