/**
 * Connections to public addresses only, for links that people give: nobody may reach the operator's own
 * network, or a cloud's metadata service, through the bot. The address that is checked is the one that is
 * connected to, so neither a redirect nor a name that changes its address (DNS rebinding) gets around it.
 */
import { promises, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

/** Azure's wire server lies among public addresses: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const METADATA = new Set(['168.63.129.16']);

/** Whether an IP address belongs to the public internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !METADATA.has(parsed.toString());
}

/** The address of a host that is not on the public internet; undefined where it has none, or does not resolve now. */
export async function privateAddressOf(host: string): Promise<string | undefined> {
  const bare = host.replace(/^\[|\]$/g, '');
  const found = isIP(bare)
    ? [bare]
    : await promises.lookup(bare, { all: true }).then(
        (all) => all.map(({ address }) => address),
        () => [],
      );
  return found.find((address) => !isPublic(address));
}

export interface PublicOnlyOptions {
  /** Resolves names. Default: the system. */
  lookup?: LookupFunction;
  /** Which addresses may be connected to. Default: public ones. */
  allows?: (address: string) => boolean;
}

export function publicOnly({
  lookup = systemLookup,
  allows = isPublic,
}: PublicOnlyOptions = {}): Agent {
  const checked: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      const found = typeof address === 'string' ? [address] : address.map((one) => one.address);
      const bad = error ? undefined : found.find((one) => !allows(one));
      if (bad === undefined) return callback(error, address, family);
      callback(refusal(hostname, bad), '', 0);
    });
  };
  const connect = buildConnector({ lookup: checked });
  return new Agent({
    connect(options, callback) {
      // An address written out is never looked up.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !allows(host)) return callback(refusal(host, host), null);
      connect(options, callback);
    },
  });
}

const refusal = (host: string, address: string) =>
  new PrivateAddressError(
    `${host}${host === address ? '' : ` (${address})`} is not a public address; PAPERBOY_ALLOW_PRIVATE_FEEDS=yes allows feeds from there`,
  );
