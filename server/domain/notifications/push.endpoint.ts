// Where the hub may send to: push services in the open net, never a machine of its own network. Pure; the push service and the post ask it.
import { BlockList, isIP } from 'node:net';

// one list each: a single one would take every IPv4 address for a mapped IPv6 one
const PRIVATE = { 4: new BlockList(), 6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE[4].addSubnet(network, prefix, 'ipv4');
}
// only 2000::/3 is given out; of it these are tunnels, examples and benchmarks
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  PRIVATE[6].addSubnet(network, prefix, 'ipv6');
}
const INNER_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|invalid|test|arpa|onion)\.?$/;
const LOOPBACK_NAMES = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** True for every address that is not one of the open net. */
export const isPrivateAddress = (address: string): boolean => {
  const version = isIP(address);
  if (version === 0) return true;
  return version === 6 ? PRIVATE[6].check(address, 'ipv6') : PRIVATE[4].check(address, 'ipv4');
};

/** https to a name of the open net on its usual port. `loopback`: for tests, this machine instead, and nothing else. */
export function mayPush(endpoint: string, loopback: boolean): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (loopback) return LOOPBACK_NAMES.has(hostname);
  if (protocol !== 'https:' || port !== '') return false;
  const named = !hostname.startsWith('[') && isIP(hostname) === 0 && hostname.includes('.');
  return named && !INNER_NAMES.test(hostname);
}
