import { ownersOf, sameName } from './accounts.ts';
import type { Repository } from './repositories.ts';
import type { Installation } from './state/installations.ts';

/** Who sends a request. */
export type Principal =
  | { readonly kind: 'anonymous'; readonly address: string }
  | { readonly kind: 'user'; readonly login: string; readonly scope: string }
  | {
      readonly kind: 'installation';
      readonly installation: Installation;
      readonly repositoryIds: readonly number[] | null;
      readonly permissions: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'app' };

export function canRead(principal: Principal, repository: Repository): boolean {
  return !repository.private || belongsTo(principal, repository);
}

export function canWrite(principal: Principal, repository: Repository): boolean {
  if (principal.kind === 'installation' && principal.permissions.contents !== 'write') return false;
  return belongsTo(principal, repository);
}

/** True where the user or the installation has been given this very repository. */
export function belongsTo(principal: Principal, repository: Repository): boolean {
  if (principal.kind === 'user') return ownersOf(principal.login).some((owner) => sameName(owner, repository.owner));
  if (principal.kind !== 'installation') return false;
  const { installation, repositoryIds } = principal;
  return sameName(installation.login, repository.owner) && (repositoryIds?.includes(repository.id) ?? true);
}
