import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: { messages: { path: './messages', format: 'json', locales: ['pt-BR', 'en', 'es'], precompile: true } },
});

const config: NextConfig = {
  transpilePackages: ['@zarpa/ui'],
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  // Each page's own scripts come as one file: small ones side by side compress worse and repeat each other.
  experimental: { turbopackChunking: { minChunkSize: 400_000 } },
};

export default withNextIntl(config);
