// What an endpoint's link tells of it, for reconcile(): its alias, and alternative names for ports that it has no room for.
// Both go with the link.
import { readComment } from './comment.js';
import { addressBytes, addressText, isSameAddress } from './ip.js';
import { type EndpointRecord, endpointKey, readEndpoint } from './records.js';
import type { PortPlan, PortProtocol } from './spec.js';

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

/** Before the number of ports that follow one another, by their step: the host's only are counted up, or both. */
const TIMES = { 0: '*', 1: 'x' } as const;

/** What is written on a link. */
export interface LinkText {
  alias: string;
  altNames: string[];
}

/** Words that tell runs of ports, from one on, and how many there was room for. What is as it was before is left out. */
function takeWords(runs: readonly PortPlan[], from: number, room: number): { text: string; taken: number } {
  let text = '';
  let at = from;
  for (let last: PortPlan | undefined; at < runs.length; at++) {
    const { protocol, hostAddress, hostPort, port, count, step } = runs[at] as PortPlan;
    const isAlike = last?.protocol === protocol && isSameAddress(last.hostAddress, hostAddress);
    let word = `${hostPort}`;
    if (!isAlike) word = `${protocol}:${hostAddress ? `${addressText(hostAddress)}@` : ''}${hostPort}`;
    if (!isAlike || last?.port !== port) word += `-${port}`;
    if (count > 1) word += `${TIMES[step]}${count}`;
    if (text.length + word.length + 1 > room) break;
    text += text === '' ? word : `,${word}`;
    last = runs[at];
  }
  return { text, taken: at - from };
}

function readWords(text: string): PortPlan[] {
  const ports: PortPlan[] = [];
  for (const word of text.split(',')) {
    const match = /^(?:(tcp|udp|sctp):(?:([^@]+)@)?)?(\d+)(?:-(\d+))?(?:([x*])(\d+))?$/.exec(word);
    const last = ports.at(-1);
    const [, protocol = last?.protocol, hostAddress, hostPort, port = last?.port, times, count = 1] = match ?? [];
    if (protocol === undefined || port === undefined) continue;
    ports.push({
      protocol: protocol as PortProtocol,
      hostAddress: match?.[1] === undefined ? last?.hostAddress : hostAddress && addressBytes(hostAddress),
      hostPort: Number(hostPort),
      port: Number(port),
      count: Number(count),
      step: times === TIMES[0] ? 0 : 1,
      reserve: false,
      proxy: false,
    } as PortPlan);
  }
  return ports;
}

/** What an endpoint's link is to tell: its element's comment, and ports. Those that there is no room for are known to this process only. */
export function writeLinkText(alias: string, ports: readonly PortPlan[]): LinkText {
  const runs = ports.some(({ proxy }) => proxy) ? ports.filter(({ proxy }) => !proxy) : ports;
  if (runs.length === 0) return { alias, altNames: [] };
  const all = takeWords(runs, 0, MAX_ALIAS - Buffer.byteLength(alias) - ' p='.length);
  if (all.taken === runs.length) return { alias: `${alias} p=${all.text}`, altNames: [] };
  const altNames: string[] = [];
  for (let at = 0; at < runs.length && altNames.length < MAX_ALT_NAMES; ) {
    const { text, taken } = takeWords(runs, at, MAX_NAME - PREFIX.length);
    altNames.push(`${PREFIX}${text.replaceAll(':', ';')}`);
    at += taken;
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
  const record = readEndpoint(endpointKey(net, id), alias);
  if (!record) return undefined;
  const names = altNames.filter((name) => name.startsWith(PREFIX));
  const texts = names.map((name) => name.slice(PREFIX.length).replaceAll(';', ':'));
  return { record, ports: [p ?? '', ...texts].flatMap(readWords) };
}
