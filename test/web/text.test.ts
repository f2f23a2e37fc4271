// Both languages say the same things, and no page writes HTML by hand.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { HEALTHS, SEVERITIES } from '../../server/model/health.ts';
import { en } from '../../web/text/en.ts';
import { zh } from '../../web/text/zh.ts';

type Tree = { [key: string]: unknown };

/** Paths of all entries, with what kind each is. */
function entries(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null) return entries(value as Tree, here);
    return [`${here} ${typeof value}`];
  });
}

/** Every string and every sentence with sample values put in. */
function sentences(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => {
    if (typeof value === 'function') return [String(value('3', 2))];
    if (typeof value === 'object' && value !== null) return sentences(value as Tree);
    return [String(value)];
  });
}

describe('the dictionary', () => {
  it('has the same entries in English and Chinese', () => {
    expect(entries(zh)).toEqual(entries(en));
  });

  it('leaves nothing empty in either language', () => {
    for (const words of [en, zh]) expect(sentences(words).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('has a word for every state and severity', () => {
    for (const state of [...HEALTHS, ...SEVERITIES]) {
      expect(en.states[state]).toBeTruthy();
      expect(zh.states[state]).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('keeps to the rules of writing: no 您, no exclamation mark, no half-width stops between Chinese', () => {
    for (const text of [...sentences(en), ...sentences(zh)]) expect(text).not.toMatch(/您|[!！]/);
    for (const text of sentences(zh)) expect(text).not.toMatch(/[\u4e00-\u9fff][,;?][\u4e00-\u9fff]/);
  });
});

interface Node {
  type: string;
  key?: unknown;
}

/** Every node of a component's tree. */
function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesOf);
  return 'type' in value && typeof value.type === 'string' ? [value as Node, ...inside] : inside;
}

const web = join(import.meta.dirname, '../../web');
const components = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

describe('the components', () => {
  it('are found', () => {
    expect(components.length).toBeGreaterThan(20);
  });

  it.each(components)('%s writes no raw HTML and keys every each', (file) => {
    const { fragment } = parse(readFileSync(join(web, file), 'utf8'), { modern: true });
    const nodes = nodesOf(fragment);
    expect(nodes.filter((node) => node.type === 'HtmlTag')).toEqual([]);
    expect(nodes.filter((node) => node.type === 'EachBlock' && !node.key)).toEqual([]);
  });
});

it('the page of visits says which of the alerts that it counts are not in the number of the bar', () => {
  expect(en.dispatch.others(2, 0, null)).toBe('2 alerts stand that no visit mends.');
  expect(en.dispatch.others(2, 1, '40')).toBe(
    '2 alerts stand that no visit mends, 1 of them for planners and not counted in the bar above; 40 people are on their cells.',
  );
  expect(en.dispatch.others(1, 1, null)).toBe(
    '1 alert stands that no visit mends, for planners and not counted in the bar above.',
  );
  expect(zh.dispatch.others(2, 1, null)).toBe('有 2 条告警无需上站，其中 1 条由规划处理，不计入上方导航栏。');
});
