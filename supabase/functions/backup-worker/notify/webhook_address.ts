import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import type { Webhook } from "../../_shared/env.ts";

export type Resolve = (host: string) => Promise<string[]>;

const resolveByDns: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Why nothing may be sent to this address, or null: what is configured must not become a way to what only our own
 * network can reach, such as the platform's metadata. A name is refused when any of its addresses is.
 *
 * Fails when the name is not known. (It is asked for once more when it is sent to, and a hostile server of names could
 * answer otherwise by then; but the address is a secret of the project's owner, and no answer is ever shown.)
 */
export async function addressObjection(
  { url, allowedHosts }: Pick<Webhook, "url" | "allowedHosts">,
  resolve: Resolve = resolveByDns,
): Promise<string | null> {
  const { hostname, port, protocol } = url;
  const fullHost = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  if (allowedHosts.includes(hostname) || allowedHosts.includes(fullHost)) return null;

  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = ipaddr.isValid(host) ? [host] : await resolve(host);
  const refused = addresses.filter((address) => !isPublic(address));
  return refused.length > 0 || addresses.length === 0 ? `${hostname} is not a public address` : null;
}

function isPublic(address: string): boolean {
  // An IPv4 address in IPv6's clothes is judged as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  // All that is routed of IPv6: the library takes other forms, such as ::127.0.0.1, for unicast too.
  return parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.IPv6.parse("2000::"), 3);
}
