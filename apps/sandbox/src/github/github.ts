import type { KeyObject } from 'node:crypto';
import type { Logger } from '@zarpa/observability';
import type { SandboxSettings } from '../settings.ts';
import type { Archives } from './archives.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Repositories } from './repositories.ts';
import type { Deliveries } from './state/deliveries.ts';
import type { Installations } from './state/installations.ts';
import type { Tokens } from './state/tokens.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** What the routes of the GitHub stand-in work with. */
export interface GitHub {
  readonly settings: SandboxSettings;
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly app: App;
  readonly repositories: Repositories;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly deliveries: Deliveries;
  readonly webhooks: Webhooks;
  readonly archives: Archives;
  readonly rateLimits: RateLimits;
  readonly logger: Logger;
  readonly now: () => number;
}

/** The one GitHub App that this stand-in knows: the platform's. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly publicKey: KeyObject;
}

export const appPermissions = { contents: 'read', metadata: 'read' } as const;
export const appEvents = ['push'] as const;
