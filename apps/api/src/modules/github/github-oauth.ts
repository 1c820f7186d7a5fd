import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';

const timeoutMs = 15_000;
/** GitHub answers 200 also where it refuses. */
const Answer = z.union([z.object({ access_token: z.string().min(1) }), z.object({ error: z.string() })]);

/** The two steps of GitHub's OAuth web flow. */
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

  /** The user's token for the code that GitHub sent the browser back with. */
  async exchange(code: string): Promise<string> {
    const { id, secret } = this.credentials();
    const answer = await fetch(`${this.settings.GITHUB_WEB_URL}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: id, client_secret: secret, code, redirect_uri: this.callbackUrl() }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new DomainError('github_unavailable', { cause });
    });
    const body = Answer.safeParse(await answer.json().catch(() => null));
    if (!body.success) throw new DomainError('github_unavailable', { cause: body.error });
    if ('error' in body.data) throw new DomainError('github_authorization_failed');
    return body.data.access_token;
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
