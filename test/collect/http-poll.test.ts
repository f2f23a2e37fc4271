// Polling: addresses of a real server are fetched at their rhythm, only news is taken, and what fails is told and asked again.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArrivedFile } from '../../server/collect/source.ts';
import { HttpPoll, type PollTarget } from '../../server/collect/sources/http-poll.ts';
import type { Receipt, Rejection } from '../../server/model/rejection.ts';
import { zipOf } from './packed.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer;
let server: Server;
let url: string;
let poll: HttpPoll | undefined;
let requests: IncomingMessage[];
const taken: ArrivedFile[] = [];
const refused: [string, Rejection][] = [];
const logged: string[] = [];

async function listen(answerWith: Answer): Promise<{ server: Server; url: string }> {
  const one = createServer(answerWith);
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return { server: one, url: `http://127.0.0.1:${(one.address() as AddressInfo).port}` };
}

beforeEach(async () => {
  requests = [];
  taken.length = 0;
  refused.length = 0;
  logged.length = 0;
  ({ server, url } = await listen((request, response) => {
    requests.push(request);
    answer(request, response);
  }));
});
afterEach(async () => {
  await poll?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const GOOD: Receipt = { accepted: 1, rejected: 0, rejections: [] };

function start(
  target: Partial<PollTarget> = {},
  receive: (file: ArrivedFile) => Promise<Receipt> = async () => GOOD,
  maxBytes = 100_000,
) {
  poll = new HttpPoll({
    targets: [
      { url: `${url}/pm/latest.xml?key=secret`, source: 'oss', everyMs: 20, headers: {}, timeoutMs: 5000, ...target },
    ],
    receive: async (file) => {
      const receipt = await receive(file);
      taken.push(file);
      return receipt;
    },
    refuse: (source, rejection) => refused.push([source, rejection]),
    fetch,
    maxBytes,
    now: Date.now,
    random: () => 0.5,
    log: (line) => logged.push(line),
  });
  poll.start();
}

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const texts = () => taken.map(({ bytes }) => Buffer.from(bytes).toString());
const status = () => poll!.status()[0]!;

describe('an address that is polled', () => {
  it('gives its body to be read, with its type, under its own sender, and the headers of the deployment are sent', async () => {
    answer = (_, response) => response.setHeader('Content-Type', 'Application/XML; charset=utf-8').end('<a/>');
    start({ headers: { Authorization: 'Bearer x' } });
    await eventually(() => expect(taken).toHaveLength(1));
    expect(taken[0]).toMatchObject({
      name: 'latest.xml',
      type: 'application/xml',
      from: { door: 'poll', sender: 'oss' },
    });
    expect(requests[0]!.headers.authorization).toBe('Bearer x');
    expect(requests[0]!.url).toBe('/pm/latest.xml?key=secret');
  });

  it('is asked only for news, by ETag and date, and 304 brings nothing', async () => {
    answer = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.setHeader('ETag', '"1"').setHeader('Last-Modified', 'Mon, 01 Jan 2024 00:00:00 GMT').end('one');
    };
    start();
    await eventually(() => expect(requests.length).toBeGreaterThan(3));
    expect(texts()).toEqual(['one']);
    expect(requests[1]!.headers['if-modified-since']).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
    expect(status()).toMatchObject({ source: 'poll/oss', failures: 0, problem: null, everySeconds: 0.02 });
    expect(status().answeredAt).toBeGreaterThanOrEqual(status().newAt!);
  });

  it('that knows no such thing is read again only when its content has changed', async () => {
    answer = (_, response) => response.end(requests.length < 4 ? 'one' : 'two');
    start();
    await eventually(() => expect(requests.length).toBeGreaterThan(6));
    expect(texts()).toEqual(['one', 'two']);
  });

  it('may answer as gzip, be a gzip file, or an archive of several', async () => {
    const bodies = ['plain', gzipSync('file'), zipOf({ a: 'first', b: 'second' })];
    answer = (_, response) => {
      const body = bodies[Math.min(requests.length, bodies.length) - 1]!;
      if (typeof body === 'string') response.setHeader('Content-Encoding', 'gzip').end(gzipSync(body));
      else response.end(body);
    };
    start();
    await eventually(() => expect(taken).toHaveLength(4));
    expect(texts()[0]).toBe('plain');
    expect(taken[1]!.bytes[0]).toBe(0x1f);
    expect(taken.slice(2).map(({ name, from }) => [name, from!.sender])).toEqual([
      ['latest.xml/a', 'oss'],
      ['latest.xml/b', 'oss'],
    ]);
  });

  it('is followed to another path of its own host', async () => {
    answer = (request, response) => {
      if (request.url === '/moved') response.end('here');
      else response.writeHead(302, { Location: '/moved' }).end();
    };
    start({ headers: { Authorization: 'Bearer x' } });
    await eventually(() => expect(texts()).toEqual(['here']));
    expect(requests[1]!.headers.authorization).toBe('Bearer x');
  });

  it('whose news finds no room waits with it, and takes it once', async () => {
    let full = 2;
    answer = (_, response) => response.end('one');
    start({}, async () => {
      if (full-- > 0) throw Object.assign(new Error('full'), { retryAfterSeconds: 0.01 });
      return GOOD;
    });
    await eventually(() => expect(requests.length).toBeGreaterThan(2));
    expect(texts()).toEqual(['one']);
  });
});

describe('an address that fails', () => {
  const failsWith = async (text: RegExp) => {
    await eventually(() => expect(refused.length).toBeGreaterThan(0));
    const [source, { reason, detail }] = refused[0]!;
    expect([source, reason]).toEqual(['poll/oss', 'cannot-fetch']);
    expect(detail).toMatch(text);
    expect(detail + logged.join()).not.toContain('secret');
    expect(status()).toMatchObject({ problem: expect.stringMatching(text), answeredAt: null });
    expect(status().failures).toBeGreaterThan(0);
    expect(taken).toEqual([]);
  };

  it.each([500, 404, 410, 401])('with %i is told as a rejection and in the status', async (code) => {
    answer = (_, response) => response.writeHead(code).end('x'.repeat(1000));
    start();
    await failsWith(new RegExp(`answered ${code}`));
  });

  it('to answer in time', async () => {
    answer = (_, response) => response.write('begins …');
    start({ timeoutMs: 50 });
    await failsWith(/within 0\.05 s/);
  });

  it('with a body that never ends, or a small one that inflates, is left at the bound', async () => {
    let sent = 0;
    answer = (request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      request.on('close', () => response.destroy());
      more();
    };
    start();
    await failsWith(/more than 100000 bytes/);
    expect(sent).toBeLessThan(20_000_000);
    await poll!.stop();
    refused.length = 0;
    answer = (_, response) => response.setHeader('Content-Encoding', 'gzip').end(gzipSync(Buffer.alloc(1 << 20)));
    start();
    await failsWith(/more than 100000 bytes/);
  });

  it('by sending us to another host, which gets no request and no password', async () => {
    const asked: IncomingMessage[] = [];
    const other = await listen((request, response) => {
      asked.push(request);
      response.end('from elsewhere');
    });
    answer = (_, response) => response.writeHead(302, { Location: `${other.url}/x` }).end();
    start({ headers: { Authorization: 'Bearer x' } });
    await failsWith(/another host/);
    expect(asked).toEqual([]);
    other.server.close();
  });

  it('by sending us round in a circle', async () => {
    answer = (_, response) => response.writeHead(301, { Location: '/pm/latest.xml' }).end();
    start();
    await failsWith(/more than 5 times/);
  });

  it('since nobody listens, or the line breaks', async () => {
    answer = (request) => request.socket.destroy();
    start();
    await failsWith(/cannot be reached/);
    await poll!.stop();
    refused.length = 0;
    start({ url: 'http://127.0.0.1:9/x?key=secret' });
    await failsWith(/cannot be reached/);
  });

  it('is asked less and less often, as late as it asks for, and says when it is well again', async () => {
    const at: number[] = [];
    answer = (_, response) => {
      at.push(Date.now());
      if (at.length < 5) response.writeHead(503, at.length === 4 ? { 'Retry-After': '1' } : {}).end();
      else response.end('well');
    };
    start();
    await eventually(() => expect(texts()).toEqual(['well']));
    const pauses = at.slice(1, 5).map((time, i) => time - at[i]!);
    expect(pauses[2]).toBeGreaterThanOrEqual(75);
    expect(pauses[3]).toBeGreaterThanOrEqual(990);
    expect(status()).toMatchObject({ failures: 0, problem: null });
    expect(logged.filter((line) => line.includes('gave nothing'))).toHaveLength(1);
    expect(logged.join('\n')).toContain('answers again, after 4 failures');
  });
});

describe('stopping', () => {
  it('ends a fetch that hangs, at once, and no refusal is made of it', async () => {
    answer = () => undefined;
    start();
    await eventually(() => expect(requests).toHaveLength(1));
    const began = Date.now();
    await poll!.stop();
    expect(Date.now() - began).toBeLessThan(4000);
    expect(refused).toEqual([]);
  });

  it('within what finds no room leaves it to the next start', async () => {
    answer = (_, response) => response.end('one');
    let isFull = true;
    start({}, async () => {
      if (isFull) throw Object.assign(new Error('full'), { retryAfterSeconds: 3600 });
      return GOOD;
    });
    await eventually(() => expect(requests).toHaveLength(1));
    await poll!.stop();
    isFull = false;
    poll!.start();
    await eventually(() => expect(texts()).toEqual(['one']));
  });
});
