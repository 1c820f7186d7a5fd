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
};

export default withNextIntl(config);
