import type { TestRegistry } from '@zarpa/test-cluster';
import type { Images } from './images.ts';
import { pullSecret } from './kubernetes.ts';

const small = { resources: { requests: { cpu: '10m', memory: '64Mi' } } };

/** A trial on a small machine. */
export function trialValues(options: {
  images: Images;
  registry: TestRegistry;
  hostAddress: string | null;
  namespacePrefix: string;
  webUrl: string;
  apiUrl: string;
}) {
  const { images, registry, hostAddress, namespacePrefix, webUrl, apiUrl } = options;
  return {
    image: { repository: images.repository, tag: images.tag, pullSecrets: [pullSecret] },
    urls: { web: webUrl, api: apiUrl },
    trial: {
      enabled: true,
      postgresql: { ...small, image: images.services.postgres },
      rabbitmq: { ...small, image: images.services.rabbitmq },
      redis: { ...small, image: images.services.redis },
    },
    sandbox: { ...small, enabled: true, digest: images.digests.sandbox },
    api: { ...small, replicas: 1, digest: images.digests.api },
    web: { ...small, replicas: 1, digest: images.digests.web },
    worker: { ...small, digest: images.digests.worker },
    migrations: small,
    engine: {
      namespacePrefix,
      inCluster: { replicas: 1 },
      registry: {
        host: registry.host,
        username: registry.username,
        password: registry.password.reveal(),
        insecure: registry.insecure,
      },
      // A cluster of our own has the stand-in for Docker Hub and the name server on this machine.
      ...(hostAddress !== null && {
        mirror: { host: `${hostAddress}:5000`, insecure: true },
        network: { dnsCidrs: [`${hostAddress}/32`] },
      }),
    },
  };
}

/** Everything that can be switched on, with services of one's own. */
export const everything = {
  image: { repository: 'registry.example.com/zarpa', pullSecrets: ['pull'] },
  urls: { web: 'https://app.example.com', api: 'https://api.example.com' },
  ingress: { enabled: true, className: 'nginx', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
  database: { url: 'postgres://zarpa@db.example.com:5432/zarpa' },
  rabbitmq: { existingSecret: { name: 'broker', key: 'url' } },
  redis: { url: 'rediss://cache.example.com:6379' },
  github: { existingSecret: 'github-app' },
  settings: { INSTANCES_PER_OWNER: 20 },
  serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
  networkPolicy: { ingressFrom: [{ namespaceSelector: {} }], metricsFrom: [{ namespaceSelector: {} }] },
  engine: {
    registry: { host: 'registry.example.com', existingSecret: 'registry-login' },
    mirror: { host: 'mirror.example.com' },
    build: { nodeSelector: { pool: 'builds' }, egressCidrs: ['10.0.0.5/32:5000'] },
    bots: { runtimeClass: 'gvisor', nodeSelector: { pool: 'bots' }, storageClass: 'fast' },
    network: { dnsCidrs: ['169.254.20.10/32'], privateCidrs: ['203.0.113.0/24'] },
  },
  clusters: [
    {
      id: 'other',
      kubeconfigSecret: { name: 'other-kubeconfig' },
      replicas: 2,
      settings: { BOT_STORAGE_CLASS: 'slow' },
    },
  ],
  api: { autoscaling: { enabled: true }, transfers: { existingClaim: 'transfers' } },
  web: { autoscaling: { enabled: true } },
  worker: { autoscaling: { enabled: true } },
} as const;
