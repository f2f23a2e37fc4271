// The section `poll`: good addresses are understood, wrong ones are refused with file and line, and no header is repeated.

import { describe, expect, it } from 'vitest';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';
import { readPolls } from '../../server/config/poll.ts';

const read = (text: string) => readPolls(readConfigFile(text, 'cellstar.yaml').map(['poll']).get('poll'));

describe('addresses to poll', () => {
  it('are read with what they leave out', () => {
    const text = `poll:
  - url: https://oss.example.net/pm/latest.xml?key=1#part
    every: 15m
  - {url: "http://10.0.0.1:8086/x", every: 60s, source: probe, timeout: 5s, headers: {Authorization: Bearer abc}}
  - {url: "http://10.0.0.2", every: PT1H}
`;
    expect(read(text)).toEqual([
      {
        url: 'https://oss.example.net/pm/latest.xml?key=1',
        everyMs: 900_000,
        source: 'oss.example.net/pm/latest.xml',
        headers: {},
        timeoutMs: 30_000,
      },
      {
        url: 'http://10.0.0.1:8086/x',
        everyMs: 60_000,
        source: 'probe',
        headers: { Authorization: 'Bearer abc' },
        timeoutMs: 5000,
      },
      { url: 'http://10.0.0.2/', everyMs: 3_600_000, source: '10.0.0.2/', headers: {}, timeoutMs: 30_000 },
    ]);
  });

  it('are none without the section', () => {
    expect(readPolls(undefined)).toEqual([]);
    expect(read('poll:\n')).toEqual([]);
  });

  it.each([
    ['poll: here', /line 1: poll must be a list/],
    ['poll:\n  - every: 60s', /line 2: .*needs url/],
    ['poll:\n  - url: http://a', /line 2: .*needs every/],
    ['poll:\n  - url: ftp://a\n    every: 60s', /line 2: .*http or https/],
    ['poll:\n  - url: http://me:secret@a\n    every: 60s', /line 2: .*no password/],
    ['poll:\n  - url: http://a\n    every: 10ms', /line 3: .*60s or 15m/],
    ['poll:\n  - url: http://a\n    every: 2d', /line 3: .*60s or 15m/],
    ['poll:\n  - url: http://a\n    every: 60s\n    timeout: 20m', /line 4: .*timeout/],
    ['poll:\n  - url: http://a\n    every: 60s\n    headers:\n      "Bad Name": x', /line 5: .*no name of a header/],
    ['poll:\n  - url: http://a\n    every: 60s\n    headers:\n      Host: x', /line 5: .*set here already/],
    [
      'poll:\n  - url: http://a\n    every: 60s\n    headers:\n      Authorization: "secret\\nX: y"',
      /line 5: .*characters/,
    ],
    ['poll:\n  - url: http://a\n    every: 60s\n    colour: red', /line 4: .*not known here/],
    ['poll:\n  - {url: "http://a", every: 1m}\n  - {url: "http://a?x", every: 1m}', /line 3: .*same source/],
  ])('that are wrong are refused at their line: %j', (text, message) => {
    const run = () => read(text);
    expect(run).toThrow(ConfigError);
    expect(run).toThrow(message);
    try {
      run();
    } catch (error) {
      expect((error as Error).message).not.toContain('secret');
    }
  });
});
