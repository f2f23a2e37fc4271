// Dark or light, kept in this browser; told to those who draw on a canvas, for a canvas knows no tokens.

export type Theme = 'dark' | 'light';

const KEPT_AS = 'cellstar.theme';
const listeners = new Set<() => void>();

export function theme(): Theme {
  return window.localStorage.getItem(KEPT_AS) === 'light' ? 'light' : 'dark';
}

export function setTheme(next: Theme): void {
  window.localStorage.setItem(KEPT_AS, next);
  document.documentElement.dataset.theme = next;
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
