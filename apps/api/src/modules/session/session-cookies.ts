import { Inject, Injectable } from '@nestjs/common';
import * as cookie from 'cookie';
import { SETTINGS, type Settings } from '../../settings.ts';
import { sessionCookieName, sessionLifetimeMs, tokenFrom } from './session.ts';

interface Asking {
  readonly headers: { readonly cookie?: string | undefined };
}

interface Answering {
  header(name: string, value: string): unknown;
}

/** The session's cookie: for this host, out of reach of scripts, not sent along by other sites' forms. */
@Injectable()
export class SessionCookies {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  read(request: Asking): string | undefined {
    const header = request.headers.cookie;
    return header === undefined ? undefined : tokenFrom(cookie.parse(header));
  }

  write(response: Answering, token: string): void {
    const text = cookie.serialize(sessionCookieName, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.API_PUBLIC_URL.startsWith('https:'),
      path: '/',
      maxAge: sessionLifetimeMs / 1000,
    });
    response.header('set-cookie', text);
  }
}
