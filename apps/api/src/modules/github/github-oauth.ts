import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';

const timeoutMs = 15_000;
const Seconds = z.int().positive();
/** A GitHub App may have its users' tokens not expire: then there is nothing to refresh. */
const Grant = z.object({
  access_token: z.string().min(1),
  expires_in: Seconds.optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: Seconds.optional(),
});
/** GitHub answers 200 also where it refuses. */
const Answer = z.union([Grant, z.object({ error: z.string() })]);

/** What opens GitHub in a user's name, and what gives the next of it. */
export interface GithubTokens {
  readonly token: string;
  /** Null where it does not expire. */
  readonly expiresAt: Date | null;
  readonly refresh: { readonly token: string; readonly expiresAt: Date | null } | null;
}

/** GitHub's OAuth web flow, and the refresh of what it gave. */
@Injectable()
export class GithubOauth {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** @throws DomainError where the platform has no GitHub App. */
  authorizeUrl(state: string): string {
    const url = new URL(`${this.settings.GITHUB_WEB_URL}/login/oauth/authorize`);
    url.searchParams.set('client_id', this.credentials().id);
    url.searchParams.set('redirect_uri', this.callbackUrl());
    url.searchParams.set('scope', 'repo read:user');
    url.searchParams.set('state', state);
    return url.href;
  }

  /** The user's tokens for the code that GitHub sent the browser back with. */
  exchange(code: string): Promise<GithubTokens> {
    return this.ask({ code, redirect_uri: this.callbackUrl() });
  }

  /** The next tokens. Those before are worth nothing from then on. */
  refresh(refreshToken: string): Promise<GithubTokens> {
    return this.ask({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** @throws DomainError `github_authorization_failed` where GitHub refuses, `github_unavailable` where it cannot be asked. */
  private async ask(parameters: Readonly<Record<string, string>>): Promise<GithubTokens> {
    const { id, secret } = this.credentials();
    const askedAt = Date.now();
    const answer = await fetch(`${this.settings.GITHUB_WEB_URL}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: id, client_secret: secret, ...parameters }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new DomainError('github_unavailable', { cause });
    });
    const body = Answer.safeParse(await answer.json().catch(() => null));
    if (!body.success) throw new DomainError('github_unavailable', { cause: body.error });
    if ('error' in body.data) throw new DomainError('github_authorization_failed');
    return tokensOf(body.data, askedAt);
  }

  private callbackUrl(): string {
    return `${this.settings.API_PUBLIC_URL}/v1/sources/github/callback`;
  }

  private credentials(): { id: string; secret: string } {
    const { GITHUB_CLIENT_ID: id, GITHUB_CLIENT_SECRET: secret } = this.settings;
    if (id === undefined || secret === undefined) throw new DomainError('github_unavailable');
    return { id, secret: secret.reveal() ?? '' };
  }
}

function tokensOf(grant: z.infer<typeof Grant>, askedAt: number): GithubTokens {
  const after = (seconds: number | undefined) => (seconds === undefined ? null : new Date(askedAt + seconds * 1_000));
  const { refresh_token: refreshToken } = grant;
  return {
    token: grant.access_token,
    expiresAt: after(grant.expires_in),
    refresh: refreshToken ? { token: refreshToken, expiresAt: after(grant.refresh_token_expires_in) } : null,
  };
}
