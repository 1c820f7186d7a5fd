import { isTooOld, type Probe, placeOf, type ServiceName, services } from './service.ts';

/** What this machine can do about a service that does not run. */
export interface Means {
  /** A Docker engine answers and has Compose. */
  readonly docker: boolean;
  /** Debian's apt-get is here. */
  readonly apt: boolean;
  readonly root: boolean;
}

export type Source =
  | { readonly use: 'found'; readonly url: string; readonly version: string }
  | { readonly use: 'own-role' }
  | { readonly use: 'compose' }
  | { readonly use: 'debian' }
  | { readonly use: 'nothing'; readonly advice: string };

interface Question {
  readonly service: ServiceName;
  readonly probe: Probe;
  readonly port: number;
  /** The address came from the environment: then nothing else is tried. */
  readonly fromEnvironment: boolean;
  readonly means: Means;
}

/** Where a service comes from: what answers, else Docker Compose, else Debian's package, else advice. Pure. */
export function decideSource({ service, probe, port, fromEnvironment, means }: Question): Source {
  const { title, variable, portVariable } = services[service];
  if (probe.state === 'answers') return acceptVersion(service, probe);
  if (fromEnvironment) {
    const reason = probe.state === 'absent' ? 'nothing answers there' : probe.detail;
    return nothing(`${variable} is set, but ${reason}. Correct it, or unset it to let Zarpa look for ${title} itself.`);
  }
  if (probe.state === 'foreign') {
    return nothing(
      `Port ${port} does not speak the protocol of ${title} (${probe.detail}). Set ${variable}, or ${portVariable} to another port.`,
    );
  }
  if (probe.state === 'refuses') {
    if (service === 'postgresql' && means.apt && means.root) return { use: 'own-role' };
    return nothing(`${title} runs at port ${port}, but ${probe.detail}. Set ${variable} to an address that may.`);
  }
  if (means.docker) return { use: 'compose' };
  if (means.apt && means.root) return { use: 'debian' };
  return nothing(adviceToInstall(service, means));
}

function acceptVersion(service: ServiceName, probe: Extract<Probe, { state: 'answers' }>): Source {
  const { title, variable, minimum } = services[service];
  if (!isTooOld(service, probe.version)) return { use: 'found', url: probe.url, version: probe.version };
  return nothing(
    `${title} at ${placeOf(probe.url)} is version ${probe.version}, and Zarpa needs ${minimum.join('.')} or newer. Set ${variable} to a newer one.`,
  );
}

function adviceToInstall(service: ServiceName, { apt }: Means): string {
  const { title, variable, debianPackage } = services[service];
  const install = apt
    ? `run this once as root: apt-get install -y ${debianPackage}`
    : `install ${title} and start it on its default port`;
  return `${title} was not found. Start Docker, or ${install}, or set ${variable} to one that runs elsewhere.`;
}

function nothing(advice: string): Source {
  return { use: 'nothing', advice };
}
