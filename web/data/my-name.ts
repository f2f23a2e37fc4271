// The name under which a person acts, asked for once and kept in this browser.

const KEPT_AS = 'cellstar.name';

/** Empty until it was given. */
export function myName(): string {
  return window.localStorage.getItem(KEPT_AS) ?? '';
}

export function setMyName(name: string): void {
  window.localStorage.setItem(KEPT_AS, name.trim());
}
