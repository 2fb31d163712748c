interface Policy {
  nonce: string;
  development: boolean;
  /** WalletConnect's relay and its verification frame are allowed only when a project id is set. */
  walletConnect: boolean;
}

/** The Content-Security-Policy of a page: scripts by nonce, everything from our own origin. */
export function contentSecurityPolicy({ nonce, development, walletConnect }: Policy): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"],
    // React writes style attributes and RainbowKit a style element; neither can run code
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'frame-src': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  if (development) {
    directives['script-src']?.push("'unsafe-eval'");
    directives['connect-src']?.push('ws:');
  }
  if (walletConnect) {
    directives['connect-src']?.push(
      'https://*.walletconnect.com',
      'https://*.walletconnect.org',
      'wss://*.walletconnect.com',
      'wss://*.walletconnect.org',
    );
    directives['frame-src'] = ['https://verify.walletconnect.com', 'https://verify.walletconnect.org'];
    directives['img-src']?.push('https://*.walletconnect.com');
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
