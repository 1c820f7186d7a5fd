import { SettingsError } from '@zarpa/env';
import type { Logger } from '@zarpa/observability';
import { type OpenEnvironment, openEnvironment } from '../environment/open-environment.ts';
import type { Settings } from '../settings.ts';
import type { Engine } from './engine.ts';

/** The engine that the settings name. Only its code is loaded. @throws SettingsError where it misses a setting. */
export async function createEngine(settings: Settings, workerId: string, logger: Logger): Promise<Engine> {
  const keyRing = settings.ENVIRONMENT_KEYS.reveal();
  const open: OpenEnvironment = (deploymentId, box) => openEnvironment(keyRing, deploymentId, box);
  switch (settings.ENGINE) {
    case 'local': {
      require(settings, 'ENGINE_DIRECTORY', 'local');
      const { LocalEngine } = await import('./local/local-engine.ts');
      logger.warn('Bots run as plain processes of this machine, isolated from nothing: only for code you trust');
      return new LocalEngine({ directory: settings.ENGINE_DIRECTORY, openEnvironment: open, logger });
    }
    case 'kubernetes': {
      require(settings, 'REGISTRY_HOST', 'kubernetes');
      const { KubernetesEngine } = await import('./kubernetes/kubernetes-engine.ts');
      const { kubernetesOptions } = await import('./kubernetes/kubernetes-options.ts');
      return new KubernetesEngine({ ...kubernetesOptions(settings), workerId, openEnvironment: open, logger });
    }
  }
}

function require(settings: Settings, name: 'ENGINE_DIRECTORY' | 'REGISTRY_HOST', engine: string): void {
  if (settings[name] !== '') return;
  throw new SettingsError('worker', [`${name} is missing. The ${engine} engine needs it.`]);
}
