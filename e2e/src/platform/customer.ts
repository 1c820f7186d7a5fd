import { createApiClient, type DeploymentView, type InstanceView } from '@zarpa/api-client';
import type { LogLine, ServerEventName, ServerEventPayload, SocketAnswer } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { io, type Socket } from 'socket.io-client';
import type { Platform } from './platform.ts';

type Refusal = { code: string; detail: string };

/** Somebody with a session of their own: REST through the generated client, Socket.IO as the browser does it. */
export class Customer {
  readonly api;
  readonly cookie: string;
  readonly #platform: Pick<Platform, 'apiUrl' | 'webUrl'>;
  readonly #sockets: Socket[] = [];

  private constructor(platform: Pick<Platform, 'apiUrl' | 'webUrl'>, cookie: string) {
    this.#platform = platform;
    this.cookie = cookie;
    this.api = createApiClient({ baseUrl: platform.apiUrl, headers: { cookie, origin: platform.webUrl } });
  }

  static async arrive(platform: Pick<Platform, 'apiUrl' | 'webUrl'>): Promise<Customer> {
    const answer = await fetch(`${platform.apiUrl}/v1/session`, {
      method: 'POST',
      headers: { origin: platform.webUrl },
    });
    const cookie = answer.headers.getSetCookie().map((value) => value.split(';', 1)[0])[0];
    if (!answer.ok || cookie === undefined) throw new Error(`No session: ${answer.status} ${await answer.text()}`);
    return new Customer(platform, cookie);
  }

  async createInstance(input: {
    name: string;
    repository: string;
    rootDirectory?: string;
    planId?: string;
    variables?: { name: string; value: string }[];
  }): Promise<InstanceView> {
    const { name, repository, rootDirectory = '', planId = 'essencial', variables = [] } = input;
    const body = {
      name,
      repository,
      branch: 'main',
      rootDirectory,
      planId,
      variables,
      autoDeploy: true,
      overrides: { install: null, build: null, start: null },
    };
    return accepted(await this.api.POST('/v1/instances', { body }));
  }

  async instance(instanceId: string): Promise<InstanceView> {
    return accepted(await this.api.GET('/v1/instances/{instanceId}', { params: { path: { instanceId } } }));
  }

  async deployments(instanceId: string): Promise<DeploymentView[]> {
    const page = accepted(
      await this.api.GET('/v1/instances/{instanceId}/deployments', { params: { path: { instanceId } } }),
    );
    return page.items;
  }

  async act(instanceId: string, action: 'pause' | 'resume' | 'restart' | 'restore'): Promise<InstanceView> {
    return accepted(await this.api.POST(`/v1/instances/{instanceId}/${action}`, { params: { path: { instanceId } } }));
  }

  async deploy(instanceId: string): Promise<DeploymentView> {
    const body = { commitSha: null, reuseArtifact: false };
    return accepted(
      await this.api.POST('/v1/instances/{instanceId}/deployments', { params: { path: { instanceId } }, body }),
    );
  }

  async delete(instanceId: string): Promise<void> {
    accepted(await this.api.DELETE('/v1/instances/{instanceId}', { params: { path: { instanceId } } }));
  }

  /** Waits until the instance is as told and nothing is left to do. */
  async until(instanceId: string, state: InstanceView['state'], timeoutMs = 60_000): Promise<InstanceView> {
    let last: InstanceView | undefined;
    try {
      return await waitFor(
        async () => {
          last = await this.instance(instanceId);
          return last.state === state && !last.settling ? last : undefined;
        },
        { timeoutMs, describe: `${instanceId} is ${state}` },
      );
    } catch (error) {
      throw new Error(`${instanceId} should be ${state}; it is ${JSON.stringify(last, null, 1)}`, { cause: error });
    }
  }

  async socket(): Promise<Socket> {
    const socket = io(this.#platform.apiUrl, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie, origin: this.#platform.webUrl },
      forceNew: true,
    });
    this.#sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  /** Collects an instance's run log as a browser would, from its newest lines on. */
  async watchLog(instanceId: string): Promise<LogLine[]> {
    const lines: LogLine[] = [];
    const socket = await this.socket();
    const name: ServerEventName = 'logs.lines';
    socket.on(name, (event: ServerEventPayload<'logs.lines'>) => lines.push(...event.lines));
    const answer: SocketAnswer = await socket.emitWithAck('logs.watch', {
      stream: { kind: 'run', instanceId },
      after: null,
      tail: 500,
    });
    if (!answer.ok) throw new Error(`logs.watch was refused: ${answer.code}`);
    return lines;
  }

  leave(): void {
    for (const socket of this.#sockets) socket.disconnect();
  }
}

/** The answer's data, or an error that carries the problem's code. */
export function accepted<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T;
  const problem = answer.error as Refusal | undefined;
  throw new Error(`${answer.response.status} ${problem?.code}: ${problem?.detail}`);
}
