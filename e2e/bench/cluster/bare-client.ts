import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import type { RequestOptions } from 'node:https';
import { KubeConfig, type KubernetesObject } from '@kubernetes/client-node';

type Query = Readonly<Record<string, string>>;

const sessions = 4;
const collections: Readonly<Record<string, string>> = {
  Namespace: '/api/v1/namespaces',
  Pod: '/api/v1/{}pods',
  Secret: '/api/v1/{}secrets',
  ConfigMap: '/api/v1/{}configmaps',
  ResourceQuota: '/api/v1/{}resourcequotas',
  LimitRange: '/api/v1/{}limitranges',
  PersistentVolumeClaim: '/api/v1/{}persistentvolumeclaims',
  StatefulSet: '/apis/apps/v1/{}statefulsets',
  Job: '/apis/batch/v1/{}jobs',
  NetworkPolicy: '/apis/networking.k8s.io/v1/{}networkpolicies',
  StorageClass: '/apis/storage.k8s.io/v1/storageclasses',
  ValidatingAdmissionPolicy: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings',
};

/** The least that a client of the API server is: what the floors are measured with. No cache, no queue, no second attempt. */
export class BareClient {
  readonly #origin: string;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #tls: object;
  readonly #sessions: ClientHttp2Session[] = [];
  #turn = 0;

  private constructor(server: URL, options: RequestOptions) {
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    this.#origin = server.origin;
    this.#path = server.pathname.replace(/\/$/, '');
    this.#headers = (options.headers ?? {}) as Record<string, string>;
    this.#tls = { ca, cert, key, rejectUnauthorized, ...(servername === undefined ? {} : { servername }) };
  }

  static async open(kubeconfig: string): Promise<BareClient> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error(`${kubeconfig} names no cluster`);
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new BareClient(new URL(server), options);
  }

  /** Server-side apply, as `kubectl apply --server-side`. */
  async apply<T extends KubernetesObject>(object: T): Promise<T> {
    const query = { fieldManager: 'bench', force: 'true' };
    return await this.#exchange<T>('PATCH', pathOf(object), query, object, 'application/apply-patch+yaml');
  }

  async create<T extends KubernetesObject>(object: T): Promise<T> {
    const { kind = '', metadata } = object;
    return await this.#exchange<T>('POST', collectionOf(kind, metadata?.namespace), {}, object);
  }

  async list<T extends KubernetesObject>(kind: string, namespace?: string, query: Query = {}): Promise<T[]> {
    const { items } = await this.#exchange<{ items: T[] }>('GET', collectionOf(kind, namespace), query);
    return items.map((item) => ({ ...item, kind, apiVersion: versionOf(kind) }));
  }

  async get<T extends KubernetesObject>(kind: string, namespace: string, name: string): Promise<T> {
    return await this.#exchange<T>('GET', `${collectionOf(kind, namespace)}/${name}`, {});
  }

  async mergePatch(kind: string, ref: { namespace: string; name: string }, body: object, part = ''): Promise<void> {
    const path = `${collectionOf(kind, ref.namespace)}/${ref.name}${part}`;
    await this.#exchange('PATCH', path, {}, body, 'application/merge-patch+json');
  }

  /** Nothing happens where there is none. */
  async delete(kind: string, namespace: string | undefined, name: string): Promise<void> {
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' };
    await this.#exchange('DELETE', `${collectionOf(kind, namespace)}/${name}`, {}, body).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.status === 404)) throw error;
    });
  }

  /** Each event of a watch from now on, until `signal` aborts. */
  async *watch<T extends KubernetesObject>(
    kind: string,
    { namespace, query = {}, signal }: { namespace?: string; query?: Query; signal: AbortSignal },
  ): AsyncGenerator<{ type: string; object: T }> {
    const path = collectionOf(kind, namespace);
    for await (const line of this.#lines(path, { ...query, watch: 'true' }, signal)) yield JSON.parse(line);
  }

  /** The lines of a container's log, each with its time in front, as they come. */
  followLog(pod: { namespace: string; name: string }, query: Query, signal: AbortSignal): AsyncGenerator<string> {
    const path = `${collectionOf('Pod', pod.namespace)}/${pod.name}/log`;
    return this.#lines(path, { follow: 'true', timestamps: 'true', ...query }, signal);
  }

  close(): void {
    for (const session of this.#sessions) session.destroy();
  }

  async *#lines(path: string, query: Query, signal: AbortSignal): AsyncGenerator<string> {
    const stream = await this.#send('GET', path, query);
    const stop = () => stream.close();
    signal.addEventListener('abort', stop, { once: true });
    let rest = '';
    try {
      for await (const chunk of stream) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      stream.close();
    }
  }

  async #exchange<T>(method: string, path: string, query: Query, body?: object, type?: string): Promise<T> {
    const stream = await this.#send(method, path, query, body, type);
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return JSON.parse(text) as T;
  }

  /** Each in turn; one that was lost is opened anew. */
  #session(): ClientHttp2Session {
    const turn = this.#turn++ % sessions;
    const known = this.#sessions[turn];
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const session = connect(this.#origin, this.#tls).on('error', () => undefined);
    this.#sessions[turn] = session;
    return session;
  }

  async #send(method: string, path: string, query: Query, body?: object, type = 'application/json') {
    const headers = {
      ...this.#headers,
      ':method': method,
      ':path': `${this.#path}${path}?${new URLSearchParams(query)}`,
      accept: 'application/json, */*',
      'content-type': type,
    };
    const stream = this.#session().request(headers, { endStream: body === undefined });
    stream.setEncoding('utf8');
    if (body !== undefined) stream.end(JSON.stringify(body));
    const [answered] = await once(stream, 'response');
    const status = Number(answered[':status']);
    if (status < 400) return stream;
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    throw new Refusal(`${method} ${path}: ${status} ${text.slice(0, 300)}`, status);
  }
}

/** What the API server said no to. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

function collectionOf(kind: string, namespace?: string): string {
  const path = collections[kind];
  if (path === undefined) throw new TypeError(`The bench knows no ${kind}`);
  return path.replace('{}', namespace === undefined ? '' : `namespaces/${namespace}/`);
}

function versionOf(kind: string): string {
  const [, root, group = '', version] = collectionOf(kind).split('/');
  return root === 'api' ? group : `${group}/${version}`;
}

function pathOf({ kind = '', metadata }: KubernetesObject): string {
  return `${collectionOf(kind, metadata?.namespace)}/${metadata?.name}`;
}
