/**
 * Who may talk to the page's server, and what its page may do. There is no login: being at this machine
 * (or behind the proxy that has one) is the right, so no other website may borrow the browser for it.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { BODY_MAX } from './limits.ts';

/** Everything in front of the routes, in order. `host` is the configured one. */
export function guards(host: string): MiddlewareHandler[] {
  return [
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'https:', 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      // The page is plain HTTP on this machine; whoever puts TLS before it says so there.
      strictTransportSecurity: false,
    }),
    hostCheck(host),
    siteCheck,
    // Refuses a form or text from another origin; the routes take nothing but JSON.
    csrf(),
    bodyLimit({
      maxSize: BODY_MAX,
      onError: (c) => c.json({ error: 'That is too long for one message.' }, 413),
    }),
  ];
}

/**
 * DNS rebinding: a foreign name that points at this machine makes a browser send that name. An IP
 * address or our own name cannot be pointed anywhere.
 */
function hostCheck(configured: string): MiddlewareHandler {
  const ours = new Set(['localhost', configured, hostname(), `${hostname()}.local`].map(lower));
  return async (c, next) => {
    const name = nameOf(c.req.header('host') ?? '');
    if (isIP(name) || ours.has(name) || name.endsWith('.localhost')) return next();
    return c.text(
      `Paperboy answers to this machine's own names only, for example http://localhost. A proxy in front of it must send “Host: localhost”.\n`,
      403,
    );
  };
}

/** A browser says where a request comes from; only following a link here is another site's business. */
const siteCheck: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  const isLink = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
  if (site === undefined || site === 'same-origin' || site === 'none' || isLink) return next();
  return c.text('Paperboy answers its own page only.\n', 403);
};

function nameOf(host: string): string {
  if (!URL.canParse(`http://${host}`)) return '';
  return lower(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''));
}

function lower(name: string): string {
  return name.toLowerCase();
}
