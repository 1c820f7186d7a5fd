import { Inject, Injectable } from '@nestjs/common';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { RepositoryPath } from '@zarpa/contracts';
import { z } from 'zod';
import { SETTINGS, type Settings } from '../../settings.ts';
import { octokitOptions } from './octokit-options.ts';

const rememberedMs = 5 * 60_000;
const mostRemembered = 1_000;

const InstallationAuth = z.object({ token: z.string() });

/**
 * The platform's own GitHub App. Public repositories are read in its name: GitHub lets a stranger
 * ask sixty times an hour. It never opens a private repository: that takes the owner's own account.
 */
@Injectable()
export class GithubApp {
  private readonly app: Octokit | undefined;
  private readonly remembered = new Map<string, { token: Promise<string | null>; until: number }>();

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const { GITHUB_APP_ID: appId, GITHUB_APP_PRIVATE_KEY: privateKey } = settings;
    const key = privateKey?.reveal();
    if (appId === undefined || key === undefined) return;
    const auth = { appId, privateKey: key.replaceAll('\\n', '\n') };
    this.app = new Octokit({ ...octokitOptions(settings.GITHUB_API_URL), authStrategy: createAppAuth, auth });
  }

  /** Null where the App is installed nowhere, or the repository is not public. */
  async tokenForPublic(path: RepositoryPath): Promise<string | null> {
    if (!this.app) return null;
    const key = `${path.owner}/${path.name}`.toLowerCase();
    const known = this.remembered.get(key);
    if (known && known.until > Date.now()) return known.token;
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    const token = this.find(this.app, { owner: path.owner, repo: path.name }).catch(() => null);
    this.remembered.set(key, { token, until: Date.now() + rememberedMs });
    return token;
  }

  private async find(app: Octokit, path: { owner: string; repo: string }): Promise<string | null> {
    const installationId = await this.installation(app, path);
    if (installationId === undefined) return null;
    const { token } = InstallationAuth.parse(await app.auth({ type: 'installation', installationId }));
    const reader = new Octokit({ ...octokitOptions(this.settings.GITHUB_API_URL), auth: token });
    const { data: repository } = await reader.rest.repos.get(path);
    return repository.private ? null : token;
  }

  /** The repository's own, so that each uses up its own allowance, else any: all of them may read what is public. */
  private async installation(app: Octokit, path: { owner: string; repo: string }): Promise<number | undefined> {
    const own = await app.rest.apps.getRepoInstallation(path).catch(() => undefined);
    if (own) return own.data.id;
    const { data } = await app.rest.apps.listInstallations({ per_page: 1 });
    return data[0]?.id;
  }
}
