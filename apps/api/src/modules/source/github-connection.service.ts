import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { GithubAuthorization, GithubCallback, GithubConnection, ProblemCode } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { Github, GithubAccountRepository, GithubOauth } from '../github/index.ts';
import {
  type AuthenticatedSession,
  hashToken,
  newToken,
  type OwnerScope,
  SessionRepository,
} from '../session/index.ts';

const realGithub = 'https://api.github.com';

/** Links and unlinks an owner's GitHub account. */
@Injectable()
export class GithubConnectionService {
  constructor(
    private readonly accounts: GithubAccountRepository,
    private readonly oauth: GithubOauth,
    private readonly github: Github,
    private readonly sessions: SessionRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async get(scope: OwnerScope): Promise<GithubConnection> {
    const account = await this.accounts.find(scope);
    return {
      connected: account !== undefined,
      login: account?.login ?? null,
      avatarUrl: account?.avatarUrl ?? null,
      sandbox: this.settings.GITHUB_API_URL !== realGithub,
      webUrl: this.settings.GITHUB_WEB_URL,
    };
  }

  async disconnect(scope: OwnerScope): Promise<GithubConnection> {
    await this.accounts.delete(scope);
    return this.get(scope);
  }

  /** The state belongs to this session alone: nobody can link their account to somebody else's. */
  async authorize(session: AuthenticatedSession): Promise<GithubAuthorization> {
    const state = newToken();
    const authorizeUrl = this.oauth.authorizeUrl(state);
    await this.sessions.startOauth(session.sessionId, hashToken(state));
    return { authorizeUrl };
  }

  /** Where the browser goes next, with the refusal's code where the account was not linked. */
  async complete(session: AuthenticatedSession | undefined, query: GithubCallback): Promise<string> {
    const next = new URL(`${this.settings.WEB_ORIGIN}/instances/new`);
    const refusal = await this.link(session, query).catch((error: unknown): ProblemCode => {
      if (error instanceof DomainError) return error.code;
      throw error;
    });
    if (refusal !== undefined) next.searchParams.set('github', refusal);
    return next.href;
  }

  private async link(session: AuthenticatedSession | undefined, query: GithubCallback): Promise<undefined> {
    if (!session) throw new DomainError('not_authenticated');
    const expected = await this.sessions.takeOauth(session.sessionId);
    const given = hashToken(query.state ?? '');
    if (query.code === undefined || !expected || !timingSafeEqual(expected, given)) {
      throw new DomainError('github_authorization_failed');
    }
    const tokens = await this.oauth.exchange(query.code);
    const { id, ...profile } = await this.github.user(tokens.token);
    await this.accounts.save(session.scope, { githubUserId: id, ...profile }, tokens);
  }
}
