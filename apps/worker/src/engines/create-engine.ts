import type { Logger } from '@zarpa/observability';
import { openEnvironment } from '../environment/open-environment.ts';
import type { Settings } from '../settings.ts';
import type { Engine } from './engine.ts';
import { LocalEngine } from './local/local-engine.ts';

/** The engine that the settings name. */
export function createEngine(settings: Settings, logger: Logger): Engine {
  const keyRing = settings.ENVIRONMENT_KEYS.reveal();
  switch (settings.ENGINE) {
    case 'local':
      logger.warn('Bots run as plain processes of this machine, isolated from nothing: only for code you trust');
      return new LocalEngine({
        directory: settings.ENGINE_DIRECTORY,
        openEnvironment: (deploymentId, box) => openEnvironment(keyRing, deploymentId, box),
        logger,
      });
  }
}
