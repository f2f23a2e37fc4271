// Settings: good ones are understood, wrong ones are refused by name with what to do, and secrets are never repeated.

import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../server/config/file.ts';
import { isLoopback, ROLES, readConfig } from '../server/config.ts';

describe('without any setting', () => {
  const config = readConfig({});

  it('the server listens on this machine alone, on port 8080, and keeps all in ./data', () => {
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      dataFolder: resolve('data'),
      zone: 'UTC',
      tokens: [],
    });
    expect(config.inboxFolder).toBe(join(resolve('data'), 'inbox'));
    expect(config.influx).toBeUndefined();
    expect(config.maxBodyBytes).toBe(32 * 1024 * 1024);
  });

  it('an empty or blank setting counts as none', () => {
    expect(readConfig({ PORT: '', CELLSTAR_ZONE: ' ', CELLSTAR_TOKENS: '', INFLUX_URL: '' })).toEqual(config);
  });
});

describe('settings', () => {
  it('are taken as given', () => {
    const config = readConfig({
      PORT: '9000',
      CELLSTAR_DATA: '/srv/cellstar',
      CELLSTAR_INBOX: '/srv/drop',
      CELLSTAR_ZONE: 'Asia/Shanghai',
      CELLSTAR_OPERATOR: '460-00',
      CELLSTAR_WEBHOOK_URL: 'https://desk.example/hook',
      CELLSTAR_TOKENS: 'ingest:probe-secret, admin:boss:secret',
    });
    expect(config).toMatchObject({
      port: 9000,
      dataFolder: '/srv/cellstar',
      inboxFolder: '/srv/drop',
      zone: 'Asia/Shanghai',
      operator: '460-00',
      webhookUrl: 'https://desk.example/hook',
      tokens: [
        { role: 'ingest', token: 'probe-secret' },
        { role: 'admin', token: 'boss:secret' },
      ],
    });
  });

  it('with tokens open the doors to other machines, unless a host is named', () => {
    const CELLSTAR_TOKENS = 'viewer:long-enough';
    expect(readConfig({ CELLSTAR_TOKENS }).host).toBe('0.0.0.0');
    expect(readConfig({ CELLSTAR_TOKENS, HOST: '10.1.2.3' }).host).toBe('10.1.2.3');
  });

  it.each([...ROLES])('know the role %s', (role) => {
    expect(readConfig({ CELLSTAR_TOKENS: `${role}:12345678` }).tokens).toEqual([{ role, token: '12345678' }]);
  });

  it('for InfluxDB name a bucket or a database', () => {
    const INFLUX_URL = 'http://influx:8086';
    expect(
      readConfig({ INFLUX_URL, INFLUX_DATABASE: 'pm', INFLUX_USERNAME: 'u', INFLUX_PASSWORD: 'p' }).influx,
    ).toMatchObject({ url: INFLUX_URL, database: 'pm', username: 'u', password: 'p' });
    expect(readConfig({ INFLUX_URL, INFLUX_BUCKET: 'pm', INFLUX_ORG: 'o', INFLUX_TOKEN: 't' }).influx).toMatchObject({
      bucket: 'pm',
      org: 'o',
      token: 't',
    });
  });
});

describe('a wrong setting', () => {
  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['HOST', '0.0.0.0'],
    ['HOST', '127.0.0.1.example.org'],
    ['CELLSTAR_ZONE', 'Moon/Base'],
    ['CELLSTAR_TOKENS', 'admin'],
    ['CELLSTAR_TOKENS', 'admin:short'],
    ['CELLSTAR_TOKENS', 'king:12345678'],
    ['CELLSTAR_TOKENS', 'admin:12345678,'],
    ['CELLSTAR_WEBHOOK_URL', 'desk'],
    ['CELLSTAR_WEBHOOK_URL', 'ftp://desk.example'],
    ['INFLUX_URL', 'influx:8086'],
    ['INFLUX_URL', 'http://influx:8086'],
    ['INFLUX_BUCKET', 'pm'],
    ['INFLUX_USERNAME', 'cellstar'],
    ['INFLUX_DATABASE', 'pm'],
    ['CELLSTAR_COLOUR', 'red'],
  ])('is refused by its name: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  it('never shows a token in what is said about it', () => {
    for (const tokens of ['king:very-secret', 'admin:secret']) {
      try {
        readConfig({ CELLSTAR_TOKENS: tokens });
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain('secret');
      }
    }
  });

  it('is a ConfigError and nothing else, whatever the text', () => {
    const names = [
      'PORT',
      'HOST',
      'CELLSTAR_ZONE',
      'CELLSTAR_TOKENS',
      'CELLSTAR_WEBHOOK_URL',
      'INFLUX_URL',
      'CELLSTAR_DATA',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
        try {
          expect(readConfig({ [name]: value }).port).toBeTypeOf('number');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
    );
  });
});

it('only this machine’s own names are loopback', () => {
  for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '::1']) expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example']) {
    expect(isLoopback(host)).toBe(false);
  }
});
