import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { settings } from './settings.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const required = {
  SANDBOX_DIRECTORY: 'somewhere',
  GITHUB_APP_ID: '100001',
  GITHUB_APP_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
  GITHUB_CLIENT_ID: 'client',
  GITHUB_CLIENT_SECRET: 'secret',
  GITHUB_WEBHOOK_SECRET: 'secret',
};

test('takes a key whose line breaks are escaped, and has defaults for the rest', () => {
  const values = settings.parse(required);
  expect(values.GITHUB_APP_PRIVATE_KEY.reveal()).toBe(privateKey);
  expect(values).toMatchObject({ SANDBOX_PORT: 4302, SANDBOX_PUBLIC_URL: 'http://127.0.0.1:4302' });
});

test('refuses what is not an RSA key without showing it', () => {
  const parse = () => settings.parse({ ...required, GITHUB_APP_PRIVATE_KEY: 'not a key' });
  expect(parse).toThrow(/GITHUB_APP_PRIVATE_KEY/);
  expect(parse).not.toThrow(/not a key/);
});
