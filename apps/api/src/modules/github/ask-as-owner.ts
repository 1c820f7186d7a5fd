import { RequestError } from '@octokit/request-error';
import type { Octokit } from '@octokit/rest';
import { DomainError } from '../../problems/domain-error.ts';

interface OwnerTokens {
  /** The one to begin with. */
  readonly token: string;
  /** What is to be used instead of one that GitHub refused; null where there is nothing. */
  readonly next: (refused: string) => Promise<string | null>;
}

/**
 * Lets a client ask in an owner's name. A token that GitHub refuses is replaced once, and the request made again;
 * where nothing takes its place the owner is asked to link the account again.
 */
export function askAsOwner(octokit: Octokit, { token: first, next }: OwnerTokens): Octokit {
  let token = first;
  octokit.hook.wrap('request', async (request, options) => {
    // Hooks of the client's plugins are bound to these options: others than these would not reach the request.
    const send = () => {
      options.headers.authorization = `Bearer ${token}`;
      return request(options);
    };
    try {
      return await send();
    } catch (error) {
      if (!isRefused(error)) throw error;
      const replacement = await next(token);
      if (replacement === null) throw new DomainError('github_not_connected', { cause: error });
      token = replacement;
    }
    try {
      return await send();
    } catch (error) {
      if (!isRefused(error)) throw error;
      throw new DomainError('github_not_connected', { cause: error });
    }
  });
  return octokit;
}

const isRefused = (error: unknown): boolean => error instanceof RequestError && error.status === 401;
