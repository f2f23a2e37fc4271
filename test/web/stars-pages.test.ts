// The pages of stars as a person uses them: the typed number goes out once and stays nowhere, small groups stay small, nothing is claimed.

import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Api, createApi } from '../../web/data/api.ts';
import { createNetwork } from '../../web/data/network.ts';
import { parseRoute } from '../../web/routes.ts';
import { setLanguage } from '../../web/text/language.svelte.ts';
import Frame from './StarsFrame.svelte';
import { sampleAlert } from './sample-alert.ts';
import { PSEUDONYM_OF_ONE, sampleGroup, samplePerson, sampleSummary } from './sample-stars.ts';

const RAW_ID = '13800138000';
const cellRow = {
  ...{ id: 'harbour-7-b', index: 0, siteId: 'harbour-7', name: 'Old Harbour 7-B', radio: 'LTE' as const },
  ...{ lat: 1, lon: 1, health: 'ok' as const, at: null, kpis: {} },
};

let page: ReturnType<typeof mount> | undefined;
let asked: { path: string; body: string }[] = [];
let answers: Record<string, [number, unknown]> = {};

/** The doors, answered from a table by the path's end; what was sent is kept. */
const fetchFake: typeof fetch = async (input, init) => {
  const path = String(input);
  asked.push({ path, body: String(init?.body ?? '') });
  const found = Object.entries(answers).find(([part]) => path.split('?')[0]!.endsWith(part));
  const [status, body] = found?.[1] ?? [404, { title: 'Not found', detail: 'nobody is known by this id' }];
  return new Response(JSON.stringify(body), { status });
};

const text = () => document.body.textContent?.replace(/\s+/g, ' ') ?? '';
const field = () => document.querySelector('form input') as HTMLInputElement;
const see = (said: string) => vi.waitFor(() => expect(text()).toContain(said));

function show(hash: string): void {
  window.location.hash = hash;
  const api: Api = createApi(() => 'en', fetchFake);
  const live = { api, dataAt: 1, stale: false, alerts: new Map(), network: createNetwork([cellRow], null) };
  page = mount(Frame, { target: document.body, props: { live } });
  flushSync();
}

function type(id: string): void {
  field().value = id;
  field().dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  field().form?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  flushSync();
}

/** A DOM without a screen has no sizes to watch. */
class NoSizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  window.ResizeObserver = NoSizes;
  setLanguage('en');
  asked = [];
  answers = {
    '/api/stars/summary': [200, sampleSummary()],
    '/api/stars/at-risk': [200, { at: null, people: 0, before: null, groups: [] }],
    '/api/subscribers/find': [200, { subscriber: PSEUDONYM_OF_ONE }],
    [`/api/subscribers/${PSEUDONYM_OF_ONE}/star`]: [200, samplePerson()],
  };
});

afterEach(() => {
  if (page) void unmount(page);
  page = undefined;
});

describe('the care view', () => {
  it('turns the typed number into a pseudonym and keeps the number nowhere', async () => {
    show('#/star');
    type(RAW_ID);
    expect(field().value).not.toContain(RAW_ID);
    await see('61 of 100, likely 58–64');
    expect(parseRoute(window.location.hash).id).toBe(PSEUDONYM_OF_ONE);
    expect(field().value).toBe(PSEUDONYM_OF_ONE);
    expect(text()).toContain('turned into this pseudonym and not kept');
    expect(asked.filter(({ path }) => path.includes(RAW_ID))).toEqual([]);
    expect(asked.filter(({ body }) => body.includes(RAW_ID))).toHaveLength(1);
    expect(
      document.documentElement.outerHTML + window.location.href + JSON.stringify({ ...localStorage }),
    ).not.toContain(RAW_ID);
  });

  it('takes a number out of an address that was written by hand, and looks it up', async () => {
    show(`#/star/${RAW_ID}`);
    await see('61 of 100');
    expect(window.location.href).not.toContain(RAW_ID);
  });

  it('says in place that nobody has the number', async () => {
    answers = { '/api/stars/summary': [200, sampleSummary()] };
    show('#/star');
    type(RAW_ID);
    await see('Nobody has this number.');
    expect(field().value).toBe('');
  });

  it('says which role sees single people', async () => {
    answers[`/api/subscribers/${PSEUDONYM_OF_ONE}/star`] = [403, { title: 'Forbidden', detail: 'needs the role care' }];
    show(`#/star/${PSEUDONYM_OF_ONE}`);
    await see('Your role does not see single people');
    expect(text()).toContain('The care role does.');
  });

  it('gives reasons whose cells are links, and says what is missing where nothing is known', async () => {
    show(`#/star/${PSEUDONYM_OF_ONE}`);
    await see('Why 3.0 stars');
    const link = document.querySelector('[data-dimension="network"] a');
    expect(link?.getAttribute('href')).toBe('#/cell/harbour-7-b');
    expect(document.querySelector('[data-dimension="usage"]')?.textContent).toContain('it takes two months');
    expect(document.querySelector('[data-dimension="usage"]')?.textContent).toContain('does not count');
  });

  it('says plainly that the end of a fault is not known, and promises no minute', async () => {
    answers[`/api/subscribers/${PSEUDONYM_OF_ONE}/star`] = [200, samplePerson({ now: [sampleAlert()] })];
    show(`#/star/${PSEUDONYM_OF_ONE}`);
    await see('Wrong there now');
    expect(text()).toContain('Not known. Nobody has given a time');
    expect(text()).toContain('No exact minute.');
  });
});

describe('the stars of all people', () => {
  it('shows areas by tier, with small groups unnumbered', async () => {
    const area = {
      ...sampleGroup('Kestrel Ridge', 3.4),
      across: [
        { key: 'unrated', people: 'hidden' as const, stars: null },
        { key: 'gold', people: 461, stars: 3.6 },
        { key: 'diamond', people: '<10' as const, stars: null },
      ],
    };
    answers['/api/stars/summary'] = [200, sampleSummary({ groups: [area] })];
    show('#/stars');
    await see('Kestrel Ridge');
    const cells = [...document.querySelectorAll('tbody td')]
      .slice(2)
      .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
    expect(cells).toEqual(['hidden', '3.6 461', '<10']);
  });

  it('sorts by a head of a column and keeps that in the address', async () => {
    show('#/stars');
    await see('Saltmarsh');
    [...document.querySelectorAll('th button')]
      .find((head) => head.textContent === 'Area')
      ?.dispatchEvent(new Event('click', { bubbles: true }));
    flushSync();
    expect(parseRoute(window.location.hash).query.get('sort')).toBe('name');
  });

  it('says that the strength of its evidence is not known, instead of nothing', async () => {
    show('#/stars');
    await see('they do not say who will leave');
  });

  it('leads to single people only where the server names them', async () => {
    answers['/api/stars/at-risk'] = [
      200,
      {
        ...{ at: null, people: 12, before: null, groups: [] },
        subscribers: [
          { subscriber: PSEUDONYM_OF_ONE, tier: 'gold', stars: 2.1, outlookScore: 37, priority: 1, why: 'Off air' },
        ],
      },
    ];
    show('#/stars');
    await see('Most urgent people');
    expect(document.querySelector(`a[href="#/star/${PSEUDONYM_OF_ONE}"]`)).not.toBeNull();
  });

  it('says what to send while nobody is known, with commands for this very address', async () => {
    answers['/api/stars/summary'] = [200, sampleSummary({ people: 0, groups: [] })];
    show('#/stars');
    await see('No people are known yet');
    expect(text()).toContain(
      `curl -H 'Content-Type: text/csv' --data-binary @people.csv ${window.location.origin}/ingest/subscribers`,
    );
  });

  it('says in place what could not be fetched, with the id to quote', async () => {
    answers['/api/stars/summary'] = [500, { title: 'Broken', detail: 'It broke.', instance: 'e-17' }];
    show('#/stars');
    await see('The stars could not be fetched.');
    expect(text()).toContain('Quote e-17');
  });
});
