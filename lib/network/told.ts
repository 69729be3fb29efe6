// Ports as they are told: as they were asked for, or else what the kernel's elements say, which have an order of their own, and
// know nothing of what was asked for together.
import { addressText } from './ip.js';
import type { PortElement } from './records.js';
import { isOfAny, type Port, type PortPlan } from './spec.js';
import type { Known } from './state.js';

/** What is told of an element of a map of ports. */
type Told = Pick<PortElement, 'protocol' | 'hostPort' | 'port' | 'hostAddress' | 'address'>;

/** Stand for an endpoint's addresses: elements of either family. */
const FAMILIES = [new Uint8Array(4), new Uint8Array(16)];

const ALL_OF_FAMILY: Record<number, string> = { 4: '0.0.0.0', 16: '::' };

const order = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);

const isAlike = (a: Port, b: Port) => a.protocol === b.protocol && a.hostAddress === b.hostAddress;

const byAddress = (a: Port, b: Port) =>
  isAlike(a, b) ? 0 : order(a.protocol, b.protocol) || order(a.hostAddress, b.hostAddress);

/** Those that follow one another in one, ordered by protocol, host's address and the endpoint's port. */
function join(ports: Port[]): Port[] {
  if (ports.length < 2) return ports;
  const joined: Port[] = [];
  let last: Port | undefined;
  for (const port of ports.sort((a, b) => byAddress(a, b) || a.hostPort - b.hostPort)) {
    const count = last?.count ?? 1;
    const isNext =
      last && isAlike(last, port) && last.hostPort + count === port.hostPort && last.port + count === port.port;
    if (last && isNext) last.count = count + (port.count ?? 1);
    else {
      joined.push(port);
      last = port;
    }
  }
  return joined.sort((a, b) => byAddress(a, b) || a.port - b.port || a.hostPort - b.hostPort);
}

function toPort(
  { protocol, hostPort, port }: Pick<Told, 'protocol' | 'hostPort' | 'port'>,
  hostAddress?: string,
): Port {
  return hostAddress === undefined ? { protocol, hostPort, port } : { protocol, hostPort, port, hostAddress };
}

/** Tells elements: once for both families where it is the same in both. */
export function tellElements(elements: readonly Told[], isDualStack: boolean): Port[] {
  const seen = new Map<string, Port>();
  for (const one of elements) {
    const { protocol, hostPort, port, hostAddress, address } = one;
    const single = hostAddress && addressText(hostAddress);
    const key = `${protocol} ${single} ${hostPort} ${port}`;
    const other = seen.get(key);
    if (other) delete other.hostAddress;
    else seen.set(key, toPort(one, single ?? (isDualStack ? ALL_OF_FAMILY[address.length] : undefined)));
  }
  return join([...seen.values()]);
}

/** Tells those of an endpoint's ports that rules publish, as their elements would be told. */
export function tellPlans(plans: readonly PortPlan[], isDualStack: boolean): Port[] {
  return tellElements(plans.filter(({ proxy }) => !proxy).flatMap(elementsOf), isDualStack);
}

/** Tells runs of ports in their order. */
function tellRuns(runs: readonly PortPlan[], isDualStack: boolean): Port[] {
  const ports: Port[] = [];
  for (const plan of runs) {
    const { protocol, hostPort, port, count, step, hostAddress } = plan;
    const single = hostAddress && (isDualStack || !isOfAny(plan)) ? addressText(hostAddress) : undefined;
    if (step === 1) ports.push(count === 1 ? toPort(plan, single) : { ...toPort(plan, single), count });
    else for (let i = 0; i < count; i++) ports.push(toPort({ protocol, hostPort: hostPort + i, port }, single));
  }
  return ports;
}

/** Tells ports as they were asked for from this process. */
export function tellAgain({ published }: Pick<Known, 'published'>): Port[] {
  return published.map((port) => ({ ...port }));
}

/**
 * Tells an endpoint's ports: those that there are elements of, as they were asked for where they are all that this process
 * knows of, or else in the order that the link tells, if it tells of all of them.
 */
export function tellPorts(
  elements: readonly Told[],
  isDualStack: boolean,
  own: Known | undefined,
  readLink: () => readonly PortPlan[] | undefined,
): Port[] {
  const there = tellElements(elements, isDualStack);
  const text = JSON.stringify(there);
  const areAll = (plans: readonly PortPlan[]) => JSON.stringify(tellPlans(plans, isDualStack)) === text;
  if (own && areAll(own.runs)) return tellAgain(own);
  const runs = there.length > 1 ? readLink() : undefined;
  const ports = runs && areAll(runs) ? tellRuns(runs, isDualStack) : there;
  return own ? [...ports, ...tellAgain(own).filter(({ proxy }) => proxy)] : ports;
}

function elementsOf(plan: PortPlan): Told[] {
  const { protocol, hostPort, port, count, step, hostAddress } = plan;
  return FAMILIES.flatMap((address) => {
    if (hostAddress && hostAddress.length !== address.length) return [];
    const single = isOfAny(plan) ? undefined : hostAddress;
    return Array.from({ length: count }, (_, i) => {
      return { protocol, hostPort: hostPort + i, port: port + i * step, hostAddress: single, address };
    });
  });
}
