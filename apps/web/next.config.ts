import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: { messages: { path: './messages', format: 'json', locales: ['pt-BR', 'en', 'es'], precompile: true } },
});

const config: NextConfig = {
  // For the container image (docker/web.Dockerfile): a folder with the server and only those modules that it uses.
  ...(process.env.WEB_STANDALONE === 'true' && {
    output: 'standalone' as const,
    outputFileTracingRoot: new URL('../..', import.meta.url).pathname,
    generateBuildId: () => process.env.WEB_BUILD_ID || null,
  }),
  transpilePackages: ['@zarpa/ui'],
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  // Each page's own scripts come as one file: small ones side by side compress worse and repeat each other.
  experimental: { turbopackChunking: { minChunkSize: 400_000 } },
};

export default withNextIntl(config);
