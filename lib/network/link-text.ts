// What an endpoint's link tells of it, for reconcile(): its alias, and alternative names for ports that it has no room for.
// Both go with the link.
import { readComment } from './comment.js';
import { addressBytes, macOf } from './ip.js';
import { type EndpointRecord, endpointKey, readEndpoint } from './records.js';
import { INSIDE_MAC } from './setup.js';
import type { Port, PortPlan, PortProtocol } from './spec.js';

/** Longest alias: the kernel takes IFALIASZ - 1 bytes, of which ours ends with a NUL. */
const MAX_ALIAS = 254;

/** Longest alternative name: ALTIFNAMSIZ less the NUL. */
const MAX_NAME = 127;

/**
 * Most alternative names. All that the kernel tells of a link has to fit into a page, as programs give it no more to tell
 * it in, and something has to be left for kernels to come.
 */
export const MAX_ALT_NAMES = 8;

/** What the names begin with. They are unique in the host's namespace, as the ports are. They have ';' for ':'. */
const PREFIX = 'np=';

/** What is written on a link. */
export interface LinkText {
  alias: string;
  altNames: string[];
}

/** Ports that the kernel publishes; those that follow one another at both ends are told as one. */
function merge(ports: readonly Port[]): Port[] {
  const merged: Port[] = [];
  for (const port of ports) {
    if (port.proxy) continue;
    const last = merged.at(-1);
    const count = last?.count ?? 1;
    if (
      last?.protocol === port.protocol &&
      last.hostAddress === port.hostAddress &&
      last.hostPort + count === port.hostPort &&
      last.port + count === port.port
    ) {
      last.count = count + (port.count ?? 1);
    } else merged.push({ ...port });
  }
  return merged;
}

/** Ports as words, as many as fit into one text; `ports` keeps the others. What is as it was before is left out. */
function takeWords(ports: Port[], room: number): string {
  let text = '';
  let last: Port | undefined;
  for (let port = ports[0]; port; port = ports[0]) {
    const { protocol, hostAddress, hostPort, port: target, count = 1 } = port;
    const isAlike = last?.protocol === protocol && last.hostAddress === hostAddress;
    let word = isAlike ? `${hostPort}` : `${protocol}:${hostAddress ? `${hostAddress}@` : ''}${hostPort}`;
    if (!isAlike || last?.port !== target) word += `-${target}`;
    if (count > 1) word += `x${count}`;
    if (text.length + word.length + 1 > room) break;
    text += text === '' ? word : `,${word}`;
    last = port;
    ports.shift();
  }
  return text;
}

function readWords(text: string): PortPlan[] {
  const ports: PortPlan[] = [];
  for (const word of text.split(',')) {
    const match = /^(?:(tcp|udp|sctp):(?:([^@]+)@)?)?(\d+)(?:-(\d+))?(?:x(\d+))?$/.exec(word);
    const last = ports.at(-1);
    const [, protocol = last?.protocol, hostAddress, hostPort, port = last?.port, count = 1] = match ?? [];
    if (protocol === undefined || port === undefined) continue;
    ports.push({
      protocol: protocol as PortProtocol,
      hostAddress: match?.[1] === undefined ? last?.hostAddress : hostAddress && addressBytes(hostAddress),
      hostPort: Number(hostPort),
      port: Number(port),
      count: Number(count),
      reserve: false,
      proxy: false,
    } as PortPlan);
  }
  return ports;
}

/** What an endpoint's link is to tell: its element's comment, and ports. Those that there is no room for are known to this process only. */
export function writeLinkText(alias: string, ports: readonly Port[]): LinkText {
  const left = merge(ports);
  if (left.length === 0) return { alias, altNames: [] };
  const all = [...left];
  const words = takeWords(left, MAX_ALIAS - Buffer.byteLength(alias) - ' p='.length);
  if (left.length === 0) return { alias: `${alias} p=${words}`, altNames: [] };
  const altNames: string[] = [];
  while (all.length > 0 && altNames.length < MAX_ALT_NAMES) {
    altNames.push(`${PREFIX}${takeWords(all, MAX_NAME - PREFIX.length).replaceAll(':', ';')}`);
  }
  return { alias, altNames };
}

/** Reads what a link of a network tells; undefined where it is not an endpoint's. */
export function readLinkText(
  { alias, altNames = [] }: { alias?: string | undefined; altNames?: string[] | undefined },
  network: string,
): { record: EndpointRecord; ports: PortPlan[] } | undefined {
  const { id, net, p } = readComment(alias ?? '');
  if (alias === undefined || id === undefined || net !== network) return undefined;
  const record = readEndpoint(endpointKey(net, id), alias, (address) => macOf(address, INSIDE_MAC));
  if (!record) return undefined;
  const names = altNames.filter((name) => name.startsWith(PREFIX));
  const texts = names.map((name) => name.slice(PREFIX.length).replaceAll(';', ':'));
  return { record, ports: [p ?? '', ...texts].flatMap(readWords) };
}
