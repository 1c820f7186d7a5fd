import type { RequestOptions } from 'node:https';

export interface KubeconfigSource {
  /** A file. */
  readonly path?: string;
  readonly text?: string;
  /** The service account of the pod that this runs in. */
  readonly inCluster?: boolean;
  readonly context?: string;
}

export interface Access {
  readonly tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a cluster is reached, and as whom. */
export interface ClusterAccess {
  readonly server: URL;
  /** Reads files, or asks the kubeconfig's credential plugin: for now and then, not for each request. */
  load(): Promise<Access>;
}

/** Loads client-node, which is heavy, only when called. */
export async function readKubeconfig(source: KubeconfigSource): Promise<ClusterAccess> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  if (source.text !== undefined) config.loadFromString(source.text);
  else if (source.path !== undefined) config.loadFromFile(source.path);
  else if (source.inCluster === true) config.loadFromCluster();
  else throw new TypeError('A kubeconfig needs a path, a text, or to be in the cluster');
  if (source.context !== undefined) config.setCurrentContext(source.context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new TypeError(`The kubeconfig has no context ${config.getCurrentContext()}`);
  if (cluster.proxyUrl !== undefined) throw new TypeError('A proxy-url in a kubeconfig is not supported');
  return {
    server: new URL(cluster.server),
    load: async () => {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      const { ca, cert, key, servername, rejectUnauthorized, auth } = options;
      const basic: Record<string, string> =
        typeof auth === 'string' ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
      return {
        tls: definedOf({ ca, cert, key, servername, rejectUnauthorized }),
        headers: { ...basic, ...headersOf(options.headers) },
      };
    },
  };
}

const headersOf = (headers: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

const definedOf = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
