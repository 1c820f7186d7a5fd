import { startArguments } from '../command/start-arguments.ts';
import type { ImageDetails } from '../detection.ts';
import { joinPath } from '../repository/repository-files.ts';
import { aptInstall, copyFiles, environmentLines, runCommand } from './instructions.ts';

/** The user that every bot runs as; numeric, so that Kubernetes can see that it is not root. */
export const runUser = 10001;

export interface DockerfileInput {
  rootDirectory: string;
  installCommand: string | null;
  buildCommand: string | null;
  startCommand: string;
  systemPackages: readonly string[];
  environment: Readonly<Record<string, string>>;
  image: ImageDetails;
}

/**
 * The Dockerfile of a plan, for BuildKit with the repository's root as its context: dependencies in a layer of their own
 * where the manifests alone decide them, and a last stage that only links finished layers onto the base image.
 */
export function writeDockerfile(plan: DockerfileInput): string {
  const stages = [baseStage(plan), buildStage(plan), runStage(plan)];
  return `# This Dockerfile follows from the build plan; a file named Dockerfile in the repository takes its place.\n${stages
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function baseStage({ systemPackages, image }: DockerfileInput): string[] {
  return [
    `FROM ${image.baseImage} AS base`,
    ...(systemPackages.length > 0 ? [aptInstall(systemPackages)] : []),
    ...(image.globalPackage ? [`RUN npm install --global ${image.globalPackage}`] : []),
  ];
}

function buildStage({ rootDirectory, installCommand, buildCommand, image }: DockerfileInput): string[] {
  const copyAll = 'COPY . /app';
  const install = installCommand ? [runCommand(installCommand, image.caches)] : [];
  const installFirst = image.manifests?.length
    ? [copyFiles(image.manifests, './'), ...install, copyAll]
    : [copyAll, ...install];
  return [
    'FROM base AS build',
    ...(image.buildPackages.length > 0 ? [aptInstall(image.buildPackages)] : []),
    ...environmentLines(image.buildEnvironment),
    'WORKDIR /data',
    `WORKDIR ${joinPath('/app', rootDirectory).replace(/\/$/, '')}`,
    ...installFirst,
    ...(buildCommand ? [runCommand(buildCommand, image.caches)] : []),
  ];
}

function runStage({ rootDirectory, startCommand, environment }: DockerfileInput): string[] {
  const copy = (folder: string) => `COPY --link --from=build --chown=${runUser}:${runUser} ${folder} ${folder}`;
  return [
    'FROM base',
    ...environmentLines({ HOME: '/tmp', DATA_DIR: '/data', ...environment }),
    `WORKDIR ${joinPath('/app', rootDirectory).replace(/\/$/, '')}`,
    copy('/data'),
    copy('/app'),
    `USER ${runUser}:${runUser}`,
    `CMD ${JSON.stringify(startArguments(startCommand))}`,
  ];
}
