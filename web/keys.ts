// Single keys for people who work all night with this page; none while typing, and all can be switched off.

export type KeyAct =
  | 'help'
  | 'find'
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'acknowledge'
  | 'assign'
  | 'comment'
  | 'mute'
  | 'pause'
  | 'list'
  | 'nearer'
  | 'farther'
  | 'reconnect'
  | 'earlier'
  | 'later'
  | 'map'
  | 'alerts'
  | 'cells'
  | 'coverage'
  | 'stars'
  | 'capacity'
  | 'predictions'
  | 'dispatch'
  | 'calendar'
  | 'mutes'
  | 'intake';

const SINGLE: Readonly<Record<string, KeyAct>> = {
  '?': 'help',
  '/': 'find',
  j: 'next',
  k: 'previous',
  Enter: 'open',
  Escape: 'back',
  a: 'acknowledge',
  s: 'assign',
  c: 'comment',
  m: 'mute',
  p: 'pause',
  l: 'list',
  '+': 'nearer',
  '=': 'nearer',
  '-': 'farther',
  r: 'reconnect',
  '[': 'earlier',
  ']': 'later',
};

/** After `g`: which page. */
const PAGE_KEYS: Readonly<Record<string, KeyAct>> = {
  m: 'map',
  a: 'alerts',
  c: 'cells',
  o: 'coverage',
  s: 'stars',
  y: 'capacity',
  f: 'predictions',
  v: 'dispatch',
  d: 'calendar',
  u: 'mutes',
  i: 'intake',
};
const SECOND_KEY_WITHIN_MS = 1_500;
const KEPT_AS = 'cellstar.single-keys';

export function singleKeysAct(): boolean {
  return window.localStorage.getItem(KEPT_AS) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  window.localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Enter belongs to the button or link that has the focus. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(target.tagName);
}

/** Turns key events into acts; remembers a `g` for a moment. */
export function createKeyReader(now: () => number = Date.now): (event: KeyboardEvent) => KeyAct | null {
  let afterG = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
    if (isTyping(event.target)) return null;
    if (event.key === 'Enter' && isPressable(event.target)) return null;
    if (event.key !== 'Escape' && !singleKeysAct()) return null;
    const second = now() - afterG < SECOND_KEY_WITHIN_MS;
    afterG = event.key === 'g' ? now() : Number.NEGATIVE_INFINITY;
    return (second ? PAGE_KEYS[event.key] : undefined) ?? SINGLE[event.key] ?? null;
  };
}

type Handler = (act: KeyAct) => boolean | undefined;
const handlers: Handler[] = [];

/** The newest handler is asked first; one that returns true has dealt with the act. Returns how to leave. */
export function onKey(handler: Handler): () => void {
  handlers.push(handler);
  return () => {
    handlers.splice(handlers.indexOf(handler), 1);
  };
}

export function sendKey(act: KeyAct): boolean {
  for (let i = handlers.length - 1; i >= 0; i--) if (handlers[i]!(act)) return true;
  return false;
}
