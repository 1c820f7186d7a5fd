import { expect, it } from 'vitest';
import { bearerChallenge } from './bearer-challenge.ts';

it('says where a token is to be had', () => {
  const header = 'Bearer realm="https://auth.test/token",service="registry.test",scope="repository:a/b:pull"';
  expect(bearerChallenge(header, 'other')?.href).toBe(
    'https://auth.test/token?service=registry.test&scope=repository%3Aa%2Fb%3Apull',
  );
  expect(bearerChallenge('Bearer realm="https://auth.test/token"', 'mine')?.search).toBe('?scope=mine');
});

it.each([undefined, 'Basic realm="x"', 'Bearer realm="no url"', 'Bearer'])('asks nobody for %j', (header) => {
  expect(bearerChallenge(header, 'x')).toBeNull();
});
