import { Secret } from '@zarpa/env';
import { type BuildSettings, defaultBuildkitImage, defaultBuildLimits, defaultSourceImage } from '../build-settings.ts';

export const testSettings = (change: Partial<BuildSettings> = {}): BuildSettings => ({
  namespacePrefix: 'zarpa',
  registry: {
    host: 'registry.test:5000',
    path: 'bots',
    username: 'robot',
    password: new Secret('letmein'),
    insecure: false,
  },
  mirror: null,
  caPem: null,
  sourceImage: defaultSourceImage,
  buildkitImage: defaultBuildkitImage,
  sbomScannerImage: null,
  imagePullSecret: null,
  egress: [],
  dnsCidrs: [],
  privateCidrs: [],
  limits: { ...defaultBuildLimits, memoryMb: 1_024 },
  nodeSelector: {},
  ...change,
});
