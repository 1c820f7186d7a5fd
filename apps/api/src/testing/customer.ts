import type { InstanceView, Problem, SocketAnswer } from '@zarpa/contracts';
import { io, type Socket } from 'socket.io-client';
import { type TestApi, webOrigin } from './test-api.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Somebody with a session of their own. */
export class Customer {
  private readonly sockets: Socket[] = [];

  private constructor(
    private readonly url: string,
    readonly cookie: string,
    readonly ownerId: string,
  ) {}

  static async arrive(api: Pick<TestApi, 'url'>): Promise<Customer> {
    const answer = await fetch(`${api.url}/v1/session`, { method: 'POST' });
    const { ownerId } = (await answer.json()) as { ownerId: string };
    return new Customer(api.url, answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '', ownerId);
  }

  async call<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.cookie,
        'accept-language': 'en',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  /** The answer's body, or an error that names the refusal. */
  async get<T>(path: string): Promise<T> {
    return accepted(await this.call<T>('GET', path));
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return accepted(await this.call<T>('POST', path, body));
  }

  async create(input: { repository: string } & Record<string, unknown>): Promise<InstanceView> {
    return this.post<InstanceView>('/v1/instances', { name: 'Bot', branch: 'main', planId: 'essencial', ...input });
  }

  /** The refusal's code. */
  async refused(method: Method, path: string, body?: unknown): Promise<string> {
    const answer = await this.call<Problem>(method, path, body);
    if (answer.status < 400) throw new Error(`${method} ${path} was accepted with ${answer.status}`);
    return answer.body.code;
  }

  async socket(url: string = this.url): Promise<Socket> {
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie, origin: webOrigin },
      forceNew: true,
    });
    this.sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  async ask(socket: Socket, event: string, payload: unknown): Promise<SocketAnswer> {
    return socket.timeout(10_000).emitWithAck(event, payload);
  }

  leave(): void {
    for (const socket of this.sockets) socket.disconnect();
  }
}

function accepted<T>({ status, body }: Answer<T>): T {
  if (status >= 400) throw new Error(`Refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}
