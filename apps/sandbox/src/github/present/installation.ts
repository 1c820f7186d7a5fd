import { accountOf } from '../accounts.ts';
import { type App, appEvents, appPermissions, type GitHub } from '../github.ts';
import type { Installation } from '../state/installations.ts';
import { nodeId, presentAccount, timestamp } from './account.ts';

type Addresses = Pick<GitHub, 'webUrl' | 'apiUrl'> & { readonly app: App };

export function presentApp(github: GitHub) {
  const since = '2026-01-10T12:00:00Z';
  return {
    id: github.app.id,
    client_id: github.app.clientId,
    slug: github.app.slug,
    node_id: nodeId('Integration', github.app.id),
    owner: presentAccount(github, accountOf('zarpa-exemplos')),
    name: github.app.name,
    description: 'Deploys the bots of the repositories that you choose.',
    external_url: github.webUrl,
    html_url: `${github.webUrl}/apps/${github.app.slug}`,
    created_at: since,
    updated_at: since,
    permissions: appPermissions,
    events: appEvents,
    installations_count: github.installations.list().length,
  };
}

export function presentInstallation({ app, ...addresses }: Addresses, installation: Installation) {
  const account = accountOf(installation.login);
  const since = timestamp(installation.createdAt);
  return {
    id: installation.id,
    client_id: app.clientId,
    account: presentAccount(addresses, account),
    repository_selection: 'all',
    access_tokens_url: `${addresses.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${addresses.apiUrl}/installation/repositories`,
    html_url: `${addresses.webUrl}/apps/${app.slug}/installations/new`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: appPermissions,
    events: appEvents,
    created_at: since,
    updated_at: since,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
