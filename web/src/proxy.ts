import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/server/content-security-policy';
import { walletConnectProjectId } from '@/server/environment';

/** Gives every page its own nonce; Next puts it on its scripts when it finds it in the request's policy. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === 'development',
    walletConnect: walletConnectProjectId() !== '',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

// the two ways through to the services carry bodies and need no page policy
export const config = { matcher: '/((?!v1/|rpc$|_next/static|_next/image|icon|favicon.ico).*)' };
