import { defineSettings, port, url } from '@zarpa/env';

/** Settings of the dashboard. The browser learns `API_PUBLIC_URL` from the page, so one build serves every address. */
export const webSettings = defineSettings({
  app: 'web',
  settings: {
    WEB_PORT: { schema: port().default(4300), description: 'port of the dashboard' },
    API_PUBLIC_URL: {
      schema: url().default('http://localhost:4301'),
      description: 'address of the API as browsers reach it',
      example: 'https://api.zarpa.app',
    },
    API_INTERNAL_URL: {
      schema: url().optional(),
      description: 'address of the API as the web server reaches it; the public one unless set',
    },
  },
});

let parsed: ReturnType<typeof webSettings.parse> | undefined;

/** The settings, read from the environment at the first use and never again. */
export function settings(): ReturnType<typeof webSettings.parse> {
  parsed ??= webSettings.parse(process.env);
  return parsed;
}
