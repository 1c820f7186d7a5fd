/** The three services that Zarpa stands on. */
export const serviceNames = ['postgresql', 'rabbitmq', 'redis'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What was found at an address by speaking the service's own protocol. */
export type Probe =
  | { readonly state: 'answers'; readonly url: string; readonly version: string }
  | { readonly state: 'absent' }
  | { readonly state: 'refuses'; readonly detail: string }
  | { readonly state: 'foreign'; readonly detail: string };

interface ServiceFacts {
  readonly title: string;
  readonly variable: 'DATABASE_URL' | 'RABBITMQ_URL' | 'REDIS_URL';
  readonly portVariable: 'ZARPA_POSTGRES_PORT' | 'ZARPA_RABBITMQ_PORT' | 'ZARPA_REDIS_PORT';
  readonly debianPackage: string;
  readonly composeService: string;
  /** Oldest version that has what Zarpa uses. */
  readonly minimum: readonly [major: number, minor: number];
}

export const services: Readonly<Record<ServiceName, ServiceFacts>> = {
  postgresql: {
    title: 'PostgreSQL',
    variable: 'DATABASE_URL',
    portVariable: 'ZARPA_POSTGRES_PORT',
    debianPackage: 'postgresql',
    composeService: 'postgres',
    minimum: [13, 0],
  },
  rabbitmq: {
    title: 'RabbitMQ',
    variable: 'RABBITMQ_URL',
    portVariable: 'ZARPA_RABBITMQ_PORT',
    debianPackage: 'rabbitmq-server',
    composeService: 'rabbitmq',
    minimum: [3, 10],
  },
  redis: {
    title: 'Redis',
    variable: 'REDIS_URL',
    portVariable: 'ZARPA_REDIS_PORT',
    debianPackage: 'redis-server',
    composeService: 'redis',
    minimum: [6, 2],
  },
};

/** Whether a version such as `15.8 (Debian …)` is older than the service's minimum. */
export function isTooOld(service: ServiceName, version: string): boolean {
  const [major = 0, minor = 0] = version.split(/[^0-9]+/).map(Number);
  const [minimumMajor, minimumMinor] = services[service].minimum;
  return major < minimumMajor || (major === minimumMajor && minor < minimumMinor);
}

/** Host and port of an address, without the user and password in it. */
export function placeOf(url: string): string {
  return new URL(url).host;
}
