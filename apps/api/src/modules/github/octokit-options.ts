const timeoutMs = 15_000;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What every client of GitHub's API is made with. */
export const octokitOptions = (baseUrl: string) => ({
  baseUrl,
  userAgent: 'zarpa',
  log: silent,
  request: {
    fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  },
});
