import { type Account, accountOf } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { nodeId, presentAccount } from '../present/account.ts';
import { presentInstallation } from '../present/installation.ts';
import type { Delivery } from '../state/deliveries.ts';
import type { Installation } from '../state/installations.ts';
import { type Push, pushPayload } from './push-event.ts';

/** Tells the App of a push; null where it is not installed on the repository's owner. */
export async function announcePush(github: GitHub, push: Push): Promise<Delivery | null> {
  const { repository } = push;
  const installation = github.installations.of(repository.owner);
  if (!installation) return null;
  return github.webhooks.send({
    event: 'push',
    action: null,
    payload: await pushPayload(github, push, installation.id),
    installationId: installation.id,
    repository: { id: repository.id, fullName: `${repository.owner}/${repository.name}` },
  });
}

/** The same, not waited for; a payload that cannot be built is logged. */
export function announcePushLater(github: GitHub, push: Push): void {
  announcePush(github, push).catch((error: unknown) => {
    github.logger.error({ err: error, repository: push.repository.name }, 'Failed to announce a push');
  });
}

export async function announceInstallation(
  github: GitHub,
  change: { action: 'created' | 'deleted'; installation: Installation; sender: Account },
): Promise<Delivery> {
  const { action, installation, sender } = change;
  const repositories = await github.repositories.listOf(installation.login);
  return github.webhooks.send({
    event: 'installation',
    action,
    payload: {
      action,
      installation: presentInstallation(github, installation),
      repositories: repositories.map((repository) => ({
        id: repository.id,
        node_id: nodeId('Repository', repository.id),
        name: repository.name,
        full_name: `${repository.owner}/${repository.name}`,
        private: repository.private,
      })),
      requester: null,
      sender: presentAccount(github, sender),
    },
    installationId: installation.id,
    repository: null,
  });
}

export async function announcePing(github: GitHub): Promise<Delivery> {
  const since = '2026-01-10T12:00:00Z';
  return github.webhooks.send({
    event: 'ping',
    action: null,
    payload: {
      zen: 'Keep it logically awesome.',
      hook_id: github.app.id,
      hook: {
        type: 'App',
        id: github.app.id,
        name: 'web',
        active: true,
        events: ['push'],
        config: {
          content_type: 'json',
          insecure_ssl: '0',
          secret: '********',
          url: github.settings.SANDBOX_WEBHOOK_URL,
        },
        app_id: github.app.id,
        deliveries_url: `${github.apiUrl}/app/hook/deliveries`,
        updated_at: since,
        created_at: since,
      },
      sender: presentAccount(github, accountOf('zarpa-exemplos')),
    },
    installationId: null,
    repository: null,
  });
}
