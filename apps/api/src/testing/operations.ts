import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Parameter = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header', 'cookie']) });
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.unknown().optional(),
});
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

export interface ApiOperation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  readonly hasBody: boolean;
}

/** Every route of the API, as its OpenAPI document tells: a new one is tested without anybody thinking of it. */
export function apiOperations(): ApiOperation[] {
  const text = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8');
  const { paths } = Document.parse(JSON.parse(text));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, requestBody }]) => ({
      id: operationId,
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).parse(method.toUpperCase()),
      path,
      pathParameters: parameters.filter((each) => each.in === 'path').map(({ name }) => name),
      queryParameters: parameters.filter((each) => each.in === 'query').map(({ name }) => name),
      hasBody: requestBody !== undefined,
    })),
  );
}

/** What a route takes where nothing is wrong. A route with a body that is not here fails the tests that need one. */
export const validBodies: Readonly<Record<string, unknown>> = {
  createInstance: {
    name: 'Bot',
    repository: 'ana/bot',
    branch: 'main',
    rootDirectory: '',
    autoDeploy: false,
    overrides: { install: null, build: null, start: 'node index.js' },
    planId: 'essencial',
    variables: [{ name: 'A', value: '1' }],
  },
  updateInstance: { name: 'Taken', branch: 'main', rootDirectory: '', autoDeploy: false },
  changeInstancePlan: { planId: 'profissional' },
  updateVariables: { set: [{ name: 'A', value: 'stolen' }], remove: ['TOKEN'] },
  createDeployment: { commitSha: null, reuseArtifact: false },
  detectBuildPlan: { repository: 'ana/bot', branch: 'main', rootDirectory: '' },
  receiveGithubWebhook: { zen: 'x' },
};

export function bodyOf(operation: ApiOperation): unknown {
  if (!operation.hasBody) return undefined;
  if (!(operation.id in validBodies)) throw new Error(`Give ${operation.id} a valid body in validBodies`);
  return validBodies[operation.id];
}

export const fillPath = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `missing-${name}`);
