// Headers of every answer. Pages add their own content security policy with nonces. http/app.ts only.
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const POLICY = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/**
 * The policy here is what also holds for files that never reach SvelteKit (assets, prerendered pages with a policy of
 * their own in the page). `same-origin` instead of `no-referrer`: browsers then still name the Origin of a sent form.
 */
export function secureHeaders(origin: string): RequestHandler[] {
  const standard = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: origin.startsWith('https:') ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  const own: RequestHandler = (_request, response, next) => {
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    next();
  };
  return [standard, own];
}
