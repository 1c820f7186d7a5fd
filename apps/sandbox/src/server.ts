import { once } from 'node:events';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { codeload } from './github/codeload.ts';
import { apiBase, createGitHub, type GitHubParts } from './github/create-github.ts';
import { gitHttp } from './github/git-http.ts';
import type { GitHub } from './github/github.ts';
import { tokenRoute } from './github/oauth/token-route.ts';
import { assetRoutes } from './github/pages/assets.ts';
import { pages } from './github/pages/pages.ts';
import { restApi } from './github/rest/api.ts';

export interface Sandbox {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the sandbox; `port` 0 takes a free one. */
export async function startSandbox(parts: GitHubParts, port: number): Promise<Sandbox> {
  const github = await createGitHub(parts);
  const app = createApp(github);
  const server = serve({ fetch: app.fetch, port, hostname: hostFor(github.webUrl) });
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      await closeServer(server);
      await github.close();
    },
  };
}

function createApp(github: GitHub): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    github.logger.error({ err: error, path: context.req.path }, 'Failed to answer a request');
    return context.text('500: Internal Server Error', 500);
  });
  app.get('/health/live', (context) => context.json({ status: 'ok' }));
  app.get('/health/ready', (context) => context.json({ status: 'ok', failing: [] }));
  app.route('/', restApi(github, apiBase));
  app.route('/', codeload(github));
  app.route('/', tokenRoute(github));
  app.route('/', gitHttp(github));
  app.route('/', assetRoutes());
  app.route('/', pages(github));
  return app;
}

/** Whoever reaches the sandbox can be anyone in it, so it listens beyond this machine only when its address says so. */
function hostFor(webUrl: string): string | undefined {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(webUrl).hostname) ? '127.0.0.1' : undefined;
}

async function closeServer(server: ServerType): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}
