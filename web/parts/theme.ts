// Dark or light: what was chosen in this browser, else what suits the page; told to those who draw on a canvas, for a canvas knows no tokens.

export type Theme = 'dark' | 'light';

const KEPT_AS = 'cellstar.theme';
const listeners = new Set<() => void>();
let usual: Theme = 'dark';

export function theme(): Theme {
  const kept = window.localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : usual;
}

/** Keeps a choice for all pages. */
export function setTheme(next: Theme): void {
  window.localStorage.setItem(KEPT_AS, next);
  show();
}

/** What suits the present page, where nothing was chosen. */
export function setUsualTheme(next: Theme): void {
  usual = next;
  show();
}

/** Paper is light, whatever the page is. */
export function lightOnPaper(): void {
  window.addEventListener('beforeprint', () => {
    document.documentElement.dataset.theme = 'light';
  });
  window.addEventListener('afterprint', show);
}

function show(): void {
  if (document.documentElement.dataset.theme === theme()) return;
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The present value of a colour token, by its name without the dashes. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
