import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const developmentWallet = process.env.NEXT_PUBLIC_DEV_WALLET === '1';
const repository = join(dirname(fileURLToPath(import.meta.url)), '..');

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  // allow-popups: a wallet may open its own window and must be able to answer
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(self), hid=(self)',
  },
];

const config: NextConfig = {
  // a second build beside the one that is served, for the test of production builds
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@e-aurum/sdk'],
  turbopack: {
    root: repository,
    // only a build that asks for the development wallet holds it
    resolveAlias: developmentWallet ? {} : { '@/chain/development': './src/chain/development/left-out.ts' },
  },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;
