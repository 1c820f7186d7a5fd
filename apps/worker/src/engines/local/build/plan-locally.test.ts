import { describe, expect, it } from 'vitest';
import { planLocally } from './plan-locally.ts';

const none = { install: null, build: null, start: null };
const source = (texts: Record<string, string>) => ({ paths: Object.keys(texts), texts });

describe('planLocally', () => {
  it('leaves a Dockerfile out where the rest says how to run', () => {
    const node = source({ Dockerfile: 'FROM node', 'package.json': '{}', 'index.js': '' });
    expect(planLocally(node, '', none)).toMatchObject({
      withoutDockerfile: true,
      result: { plan: { runtime: 'node' } },
    });
  });

  it('keeps the Dockerfile where nothing else says how to run', () => {
    const other = source({ Dockerfile: 'FROM golang', 'main.go': '' });
    expect(planLocally(other, '', none)).toMatchObject({
      withoutDockerfile: false,
      result: { plan: { runtime: 'docker' } },
    });
  });

  it('does so in the root directory of a monorepo', () => {
    const files = source({ 'bots/a/Dockerfile': 'FROM node', 'bots/a/package.json': '{}', 'bots/a/index.js': '' });
    expect(planLocally(files, 'bots/a', none)).toMatchObject({ withoutDockerfile: true, result: { ok: true } });
  });
});
