// Who may come in: a token and its role, or, when no tokens are set, only this machine's own programs and pages.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from './problem.ts';

export type Role = 'ingest' | 'viewer' | 'engineer' | 'planner' | 'care' | 'admin';

export interface AuthOptions {
  tokens: readonly { role: Role; token: string }[];
  now(): number;
}

const SESSION_MS = 12 * 3_600_000;
const MOST_SESSIONS = 10_000;
const COOKIE = 'cellstar_session';

export class Auth {
  private readonly digests: { role: Role; digest: Buffer }[];
  private readonly sessions = new Map<string, { role: Role; until: number }>();

  constructor(private readonly options: AuthOptions) {
    this.digests = options.tokens.map(({ role, token }) => ({ role, digest: digestOf(token) }));
  }

  get isOpen(): boolean {
    return this.digests.length === 0;
  }

  /** The caller's role, or an error that says what to do. Used for HTTP and for the socket alike. */
  roleOf(request: IncomingMessage): Role | ApiError {
    if (this.isOpen) return this.checkLocal(request) ?? 'admin';
    const { authorization, cookie } = request.headers;
    const foreign = isSentByItself(authorization, cookie) ? checkOrigin(request) : undefined;
    const role = this.roleOfToken(tokenOf(authorization)) ?? this.roleOfSession(cookie);
    return foreign ?? role ?? unknownCaller();
  }

  /** The same, for a door that `allow` has let the caller through. */
  callerOf(request: IncomingMessage): Role {
    const role = this.roleOf(request);
    if (role instanceof ApiError) throw role;
    return role;
  }

  /** Without tokens: a foreign page must not reach us through the user's browser (DNS rebinding, cross-site requests). */
  private checkLocal(request: IncomingMessage): ApiError | undefined {
    const host = hostName(request.headers.host);
    if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host)) {
      return new ApiError(
        403,
        'Not from here',
        `Host "${host}" is not this machine: set CELLSTAR_TOKENS to open the doors to others`,
      );
    }
    return checkOrigin(request);
  }

  private roleOfToken(token: string | undefined): Role | undefined {
    if (token === undefined) return undefined;
    const digest = digestOf(token);
    return this.digests.find((known) => timingSafeEqual(known.digest, digest))?.role;
  }

  private roleOfSession(cookies: string | undefined): Role | undefined {
    const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookies ?? '')?.[1];
    const session = id === undefined ? undefined : this.sessions.get(id);
    return session && session.until > this.options.now() ? session.role : undefined;
  }

  /** Trades a token for a session cookie; undefined when the token is not known. */
  openSession(token: string): { role: Role; cookie: string } | undefined {
    const role = this.roleOfToken(token);
    if (!role) return undefined;
    for (const [id, { until }] of this.sessions) {
      if (until <= this.options.now() || this.sessions.size >= MOST_SESSIONS) this.sessions.delete(id);
    }
    const id = randomBytes(24).toString('base64url');
    this.sessions.set(id, { role, until: this.options.now() + SESSION_MS });
    return { role, cookie: `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_MS / 1000}` };
  }

  /** Lets through whoever has one of the roles; admin has them all. */
  allow(...roles: Role[]): RequestHandler {
    return (request, _response, next) => {
      const role = this.roleOf(request);
      if (role instanceof ApiError) return next(role);
      if (role === 'admin' || roles.includes(role)) return next();
      next(
        new ApiError(
          403,
          'Not for this role',
          `this door is for ${[...roles, 'admin'].join(', ')}; your token is for ${role}`,
        ),
      );
    };
  }
}

/** A browser sends cookies and Basic passwords unasked, also for a foreign page; a Bearer token only a program of ours sends. */
function isSentByItself(authorization: string | undefined, cookie: string | undefined): boolean {
  return authorization === undefined ? cookie !== undefined : /^Basic\s/i.test(authorization);
}

/** Basic is taken but not asked for: browsers would put their own password window over the page's. */
function unknownCaller(): ApiError {
  const detail = 'send Authorization: Bearer <token>, with a token that this server knows';
  return new ApiError(401, 'Who are you?', detail, { 'WWW-Authenticate': 'Bearer realm="cellstar"' });
}

/** Bearer, Token (InfluxDB's clients) and Basic (the password is the token). */
function tokenOf(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(Bearer|Token|Basic)\s+(.+)$/i.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() !== 'basic') return value.trim();
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function checkOrigin(request: IncomingMessage): ApiError | undefined {
  const { origin, host } = request.headers;
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return undefined;
  return new ApiError(403, 'Not from here', `pages of ${origin} may not speak for you here`);
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '');
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
