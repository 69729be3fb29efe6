// How an endpoint comes to be: claimed in the kernel's sets, its link made in place, configured in one visit.
import { addon } from '../addon.js';
import { NetlinkError, PortInUseError } from '../errors.js';
import type { Lane } from '../lane.js';
import { Netns, type NetnsRef } from '../netns.js';
import { beginSpace, type Program, type Sample, type Space } from '../program.js';
import { PortProxy, type PortProxySpec } from '../proxy/port-proxy.js';
import type { BoundSocket } from '../proxy/relay.js';
import { type RouteSpec, Routes } from '../routes.js';
import { announce } from './announce.js';
import { shape } from './bandwidth.js';
import {
  type Bindable,
  bindable,
  bindProxied,
  choosePorts,
  closeBound,
  type Draft,
  draft,
  giveBack,
  holdPorts,
  isToBeChosen,
  release,
  revise,
  reviseBind,
} from './claim.js';
import { Collector } from './collector.js';
import type { EndpointFields } from './endpoint.js';
import { EndpointCapacityError, systemError } from './errors.js';
import { codeOf, ignore } from './host.js';
import { addressText } from './ip.js';
import { writeLinkText } from './link-text.js';
import { unmarkMessage } from './mark.js';
import { type Shape, STEPS, type StepName } from './messages.js';
import { openMade } from './own.js';
import { forgetFreshIndex, freshIndex, giveUp, type Ready } from './ready.js';
import { derivedNetns, distinctNetns, type EndpointRecord, endpointKey, type NetnsRecord } from './records.js';
import { type EndpointPlan, IPV6_MTU, isOfAny, isWithinRules, setHostPort } from './spec.js';
import { type Known, letGoOf, type State } from './state.js';
import { tellAgain } from './told.js';

/** How often an address or index is chosen anew when others are found to have it. */
const ATTEMPTS = 100;

/** A bridge of more ports than this has a carrier already: no more are attached at once. */
const FEW_PORTS = 32;

const NO_SAMPLES: readonly Sample[] = [];

const NOTHING_BINDABLE: Bindable = { packed: new Uint8Array(0), plans: [] };

type Undo = () => Promise<unknown>;

/** What there is of an endpoint so far. */
class Made {
  /** Where it goes. */
  where: Place = NOWHERE;
  /** A namespace that is being made for it already. */
  begun: Space | undefined;
  /** Whether the name that its namespace would have is another's. */
  isNameTaken = false;
  claim: Draft | undefined;
  /** The name of the namespace that has been made for it. */
  name: string | undefined;
  /** The name of its link. */
  link: string | undefined;
  /** Links that were ready, and are let go of: they are gone when that is told. */
  readonly lost: string[] = [];
  /** Sockets of proxies that do not serve yet. */
  bound: BoundSocket[] = [];
  /** What is told of it, but for what is known only when it is there. */
  fields: EndpointFields | undefined;
  /** How to take back what few have. */
  readonly extras: Undo[] = [];
}

/** Takes back what there is, the last thing first; what could not be is reported beside the cause. */
async function takeBack(state: State, made: Made, cause: unknown, id: string): Promise<never> {
  const { host } = state;
  const { where, claim, name, link, lost, bound } = made;
  const { there } = where;
  closeBound(bound);
  const steps = made.extras.reverse();
  if (link !== undefined) steps.push(() => host.deleteLink(link));
  if (name !== undefined) steps.push(() => Netns.delete(name).catch(ignore('ENOENT')));
  const nameless = claim?.known.netns;
  if (nameless) steps.push(() => nameless.close());
  if (claim) steps.push(() => release(state, claim.known).then(() => giveBack(state, claim.known)));
  if (lost.length > 0) steps.push(() => Promise.all(lost.map((name) => host.deleteLink(name))));
  if (there) steps.push(() => close(there));
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length === 0) throw cause;
  throw new AggregateError(
    [cause, ...failures],
    `Endpoint '${id}' could not be attached, nor all of it be taken back`,
    {
      cause,
    },
  );
}

/** Where a namespace is, or that it is to be made. */
interface Place {
  record: NetnsRecord;
  /** What is told of it. */
  ref: NetnsRef | undefined;
  /** There already, with a lane into it. */
  there: { netns: Netns; lane: Lane } | undefined;
}

/** None has been found yet, or it is to have no name. */
const NOWHERE: Place = { record: { kind: 'nameless' }, ref: undefined, there: undefined };

/** Finds where it goes, once more where that may have changed: a namespace may have come or gone since. */
async function placeAnew(state: State, plan: EndpointPlan, made: Made): Promise<void> {
  const { there } = made.where;
  made.where = NOWHERE;
  if (there) await close(there);
  made.where = await place(state, plan, made.isNameTaken);
}

/** Finds the namespace that was asked for; makes none yet. That there is none yet is known at once. */
function place({ host, network }: State, { netns, id }: EndpointPlan, isNameTaken: boolean): Place | Promise<Place> {
  if (netns === undefined) {
    const derive = isNameTaken ? distinctNetns : derivedNetns;
    return placeToBe(derive(network.name, id, host.netns.inode));
  }
  if (typeof netns === 'object') return 'anonymous' in netns ? NOWHERE : placeOf(netns);
  // Most names are new: a look at the directory costs less than an attempt to open.
  if (addon.hasNetns(netns)) return placeOf(netns);
  return placeToBe(netns);
}

/** One that is to be made. */
const placeToBe = (name: string): Place => ({ record: { kind: 'made', name }, ref: name, there: undefined });

/** One that is there already. */
async function placeOf(netns: NetnsRef): Promise<Place> {
  let there: Place['there'] & object;
  try {
    there = await openMade(netns);
  } catch (error) {
    if (typeof netns !== 'string' || codeOf(error) !== 'ENOENT') throw error;
    return placeToBe(netns);
  }
  if (typeof netns === 'string') return { record: { kind: 'named', name: netns }, ref: netns, there };
  const { name, path } = there.netns;
  // For who reads it, such a path would lead elsewhere.
  const isOwn = path === `/proc/${process.pid}/fd/${there.netns.fd}` || /^\/proc\/(thread-)?self\//.test(path);
  return {
    record: name !== undefined ? { kind: 'named', name } : isOwn ? { kind: 'nameless' } : { kind: 'path', path },
    ref: name ?? (isOwn ? undefined : { path }),
    there,
  };
}

/**
 * After a namespace could not be made: returns where another attempt may do. A file that a crash left under /run/netns, with
 * nothing mounted on it, is removed. Where there is a namespace of that name the endpoint goes into it if it was asked for,
 * or gets one of another name; as its record tells which, it is claimed anew.
 */
async function reviseNetns(state: State, plan: EndpointPlan, made: Made, name: string, error: unknown): Promise<void> {
  if (codeOf(error) !== 'EEXIST') throw error;
  const there = await openMade(name).catch((reason: unknown) => codeOf(reason));
  if (there === 'EINVAL' || there === 'ENOENT') {
    await Netns.delete(name).catch(ignore('ENOENT'));
    return;
  }
  if (typeof there !== 'object') throw error;
  await close(there);
  if (made.isNameTaken) throw error;
  closeBound(made.bound);
  const { known } = made.claim as Draft;
  await release(state, known);
  giveBack(state, known);
  made.claim = undefined;
  made.isNameTaken = plan.netns === undefined;
  await placeAnew(state, plan, made);
}

async function close({ lane, netns }: { netns: Netns; lane: Lane }): Promise<void> {
  await lane.close();
  await netns.close();
}

/** Attaches an endpoint; what fails takes back all that was made. One of many can wait for others to be told with it. */
export function attach(state: State, plan: EndpointPlan, isOneOfMany = false): Promise<EndpointFields> {
  const made = new Made();
  if (!isOneOfMany) made.begun = beginNetns(state, plan);
  const key = endpointKey(state.network.name, plan.id);
  return state.host.serially(key, async () => {
    try {
      return await attachAlone(state, plan, key, made, isOneOfMany);
    } catch (error) {
      // What this process holds of one that others have detached is in nobody's way.
      const isHolding = [...state.known.values()].some(({ sockets, proxies }) => sockets || proxies.length > 0);
      if (!(error instanceof PortInUseError) || !isHolding || !(await state.refresh())) throw error;
      return attachAlone(state, plan, key, new Made(), isOneOfMany);
    }
  });
}

/**
 * Begins to make its namespace, where one may have to be made. It takes longest, so it is begun before all else is put
 * together; where there are many it waits for others anyway.
 */
function beginNetns(state: State, { netns, ports }: EndpointPlan): Space | undefined {
  if (state.hasReady || ports.some(({ reserve }) => reserve)) return undefined;
  if (typeof netns === 'string') return beginSpace(netns);
  return netns === undefined || 'anonymous' in netns ? beginSpace() : undefined;
}

async function attachAlone(
  state: State,
  plan: EndpointPlan,
  key: string,
  made: Made,
  isPatient: boolean,
): Promise<EndpointFields> {
  state.beginAttaching();
  try {
    if (state.known.has(plan.id)) await state.refresh(key);
    const found = place(state, plan, false);
    made.where = found instanceof Promise ? await found : found;
    const known = await make(state, plan, key, made, isPatient);
    const { where } = made;
    const { there } = where;
    if (there) {
      await there.lane.close();
      if (where.record.kind === 'nameless') known.netns = there.netns;
      else await there.netns.close();
    }
    // Others may have detached one of that id since this process looked.
    const gone = state.known.get(plan.id);
    if (gone) await Promise.all(letGoOf(gone));
    state.known.set(plan.id, known);
    const fields = made.fields as EndpointFields;
    fields.netns ??= known.netns;
    if (known.proxies.length > 0) fields.ports = tellAgain(known);
    return fields;
  } catch (error) {
    return await takeBack(state, made, error, plan.id);
  } finally {
    if (made.claim) state.drafts.delete(made.claim.known);
    if (made.begun) addon.closeSpace(made.begun);
    state.endAttaching();
  }
}

/** What is told of an endpoint that is being made. */
function fieldsOf(state: State, plan: EndpointPlan, known: Known, { ref }: Place): EndpointFields {
  const { record } = known;
  return {
    id: plan.id,
    netns: ref,
    interface: plan.interface,
    hostInterface: record.hostInterface,
    addresses: record.addresses.map((address, i) => `${addressText(address)}/${state.prefixLengths[i]}`),
    gateways: [...state.gateways],
    mac: record.mac,
    mtu: plan.mtu ?? state.network.mtu,
    ports: tellAgain(known),
    bandwidth: bandwidthOf(record),
  };
}

/** Puts together a claim. Before a network is told to be full the kernel is asked: others may have detached endpoints. */
async function draftAgain(state: State, error: unknown, work: () => Draft): Promise<Draft> {
  if (!(error instanceof EndpointCapacityError)) throw error;
  await state.refresh();
  return work();
}

/** Makes all of an endpoint. Where something that was chosen turns out to be taken, it goes on with something else. */
async function make(state: State, plan: EndpointPlan, key: string, made: Made, isPatient: boolean): Promise<Known> {
  const { host, messages, network } = state;
  const mtu = plan.mtu ?? network.mtu;
  for (let attempt = 1; ; attempt++) {
    const { where } = made;
    const isHolding = !made.claim && plan.ports.some(({ reserve }) => reserve);
    let drafted: Draft | undefined = made.claim;
    let probed = NOTHING_BINDABLE;
    let index = 0;
    let master = 0;
    let ready: Ready | undefined;
    let space: Space | undefined;
    let program: Program<StepName> | undefined;
    let failed: { step: StepName; error: unknown } | undefined;
    try {
      // An endpoint that has been claimed has its link's name; what is ready may have packets too short for IPv6.
      if (!where.there && !isHolding && !made.claim && !(mtu >= IPV6_MTU && network.mtu < IPV6_MTU)) {
        ready = state.takeReady();
      }
      if (!made.claim && plan.ports.some(({ proxy }) => proxy)) made.bound = await bindProxied(state, plan);
      else if (!made.claim && plan.ports.some(isToBeChosen)) await choosePorts(state, plan);
      if (!drafted) {
        const work = () => draft(state, plan, key, where.record, plan.hostInterface ?? ready?.name ?? key);
        try {
          drafted = work();
        } catch (error) {
          drafted = await draftAgain(state, error, work);
        }
      }
      const { known, comment } = drafted;
      const { record } = known;
      const claimed = made.claim ? undefined : drafted.portMessages;
      probed = bindable(drafted.claims, false);
      if (isHolding) {
        program = messages.claim({ record, noNotes: drafted.noNotes });
        const values = messages.values(record, 0, 0);
        const texts = messages.texts(record, comment, { alias: '', altNames: [] });
        await program.run({ values, texts, messages: claimed });
      } else {
        const fresh = where.there ? host.chooseIndex() : (ready?.inside ?? freshIndex());
        const inside = typeof fresh === 'number' ? fresh : await fresh;
        index = ready?.index ?? host.chooseIndex();
        const linkText = writeLinkText(comment, plan.ports);
        const altNames = linkText.altNames.length;
        const further = plan.routes.length > 0 ? await routesInside(plan, inside) : NO_SAMPLES;
        const isClaimed = made.claim !== undefined;
        const isProbed = probed.plans.length > 0;
        const shape = shapeOf(state, plan, drafted, where, { ready, isClaimed, isProbed, altNames, further });
        master = shape.master;
        program = messages.endpoint(shape);
        const running = program.run({
          values: messages.values(record, index, inside),
          texts: messages.texts(record, comment, linkText),
          ports: isProbed ? probed.packed : undefined,
          space: ready?.space ?? made.begun,
          isPatient,
          messages: claimed,
        });
        // While the kernel is busy.
        made.fields = fieldsOf(state, plan, known, where);
        space = await running;
        if (!ready) made.begun = undefined;
      }
    } catch (error) {
      const step = program?.failed(error);
      if (step === undefined) {
        // It has not begun.
        if (ready) {
          giveUp(ready);
          made.lost.push(ready.name);
        }
        if (drafted && !made.claim) giveBack(state, drafted.known);
        throw error;
      }
      failed = { step, error };
    }
    const one = drafted as Draft;
    const { known } = one;
    if (failed && ready) made.lost.push(ready.name);
    const steps = failed ? STEPS.indexOf(failed.step) : STEPS.length;
    if (steps > STEPS.indexOf('claim')) made.claim = one;
    if (isHolding && !failed) {
      const held = bindable(one.claims, true);
      try {
        known.sockets = await holdPorts(state, held);
      } catch (error) {
        await reviseBind(state, plan, held, error, attempt);
        await giveUpClaim(state, made);
      }
      continue;
    }
    if (steps > STEPS.indexOf('netns') && where.record.kind === 'made') made.name = where.record.name;
    if (steps > STEPS.indexOf('link')) made.link = known.record.hostInterface;
    if (!failed) {
      if (space && where.record.kind === 'nameless') known.netns = Netns.of(space);
      if (hasExtras(state, plan, known)) await addExtras(state, plan, known, index, made);
      return known;
    }
    const { step, error } = failed;
    if (step === 'claim') {
      closeBound(made.bound);
      await revise(state, plan, one, error, attempt);
      // Who was waited for may have made a namespace, or removed it.
      await placeAnew(state, plan, made);
    } else if (step === 'probe') {
      await reviseBind(state, plan, probed, error, attempt);
      await giveUpClaim(state, made);
    } else if (step === 'netns' && where.record.kind === 'made')
      await reviseNetns(state, plan, made, where.record.name, error);
    else if (step === 'link') {
      const { hostInterface } = known.record;
      const isCreate = error instanceof NetlinkError && error.operation === 'RTM_NEWLINK';
      if (!isCreate || codeOf(error) !== 'EEXIST') made.link = hostInterface;
      const isStale = master > 0 && codeOf(error) === 'EINVAL' && isCreate;
      if (codeOf(error) === 'EXFULL' || isStale) {
        if (isStale) await reviseMaster(state, known, master, error);
        else await reviseBridge(state, known, error, attempt);
        await host.deleteLink(hostInterface);
        made.link = undefined;
      } else if (!ready || codeOf(error) !== 'ENODEV') {
        // Where somebody has deleted what was ready it goes on with one of its own.
        await reviseIndexes(state, known.record, where, error, isCreate, attempt);
      }
      // Made anew: it has been let go of.
      if (made.name !== undefined) await Netns.delete(made.name).catch(ignore('ENOENT'));
      made.name = undefined;
    } else throw error;
    // Its name is to be the endpoint's.
    if (ready && made.claim) await host.deleteLink(ready.name);
  }
}

/** Gives up a claim, of which a port was found taken that is chosen again. */
async function giveUpClaim(state: State, made: Made): Promise<void> {
  const { known } = made.claim as Draft;
  closeBound(made.bound);
  await release(state, known);
  giveBack(state, known);
  made.claim = undefined;
}

/** After a bridge had no port: returns where another has, as the kernel tells; else throws. */
async function reviseBridge(state: State, known: Known, cause: unknown, attempt: number): Promise<void> {
  state.giveBridge(known.bridge);
  known.bridge = -1;
  if (state.bridges.length === 1 || attempt >= ATTEMPTS) throw state.full({ cause });
  await state.refresh();
  known.bridge = state.takeBridge({ cause });
}

/**
 * After the kernel did not take the bridge's index (EINVAL): returns where another bridge has the name now, as another
 * process has put it back.
 *
 * @throws BridgeGoneError when there is none.
 */
async function reviseMaster(state: State, known: Known, master: number, error: unknown): Promise<void> {
  await state.refresh();
  if (state.bridges[known.bridge]?.index === master) throw error;
}

/** After a link could not be made: returns where other indexes may do, else throws. */
async function reviseIndexes(
  state: State,
  record: EndpointRecord,
  { there }: Place,
  error: unknown,
  isCreate: boolean,
  attempt: number,
): Promise<void> {
  const { host } = state;
  const code = codeOf(error);
  // What comes after the link may have failed, or the network's bridge be gone.
  if (code !== 'EEXIST' || !isCreate || attempt >= ATTEMPTS) throw error;
  // A name that is taken stays so; an index is chosen again.
  const isTaken = (lane: Lane, name: string) =>
    lane.one('links.get', { ref: name }).then(
      () => true,
      () => false,
    );
  if (await isTaken(host.route, record.hostInterface)) throw error;
  if (there && (await isTaken(there.lane, record.interface))) {
    const taken = systemError('EEXIST', `there is a link '${record.interface}' in the namespace`, { cause: error });
    throw Object.assign(taken, { field: 'interface' });
  }
  forgetFreshIndex();
  host.shuffleIndexes();
}

/** What its program differs in from others'. */
function shapeOf(
  state: State,
  plan: EndpointPlan,
  { known, noNotes }: Draft,
  { there }: Place,
  own: Pick<Shape, 'ready' | 'isClaimed' | 'isProbed' | 'altNames' | 'further'>,
): Shape {
  const { network, bridges, rpFilter } = state;
  const isRouted = network.mode === 'routed';
  const bridge = isRouted ? undefined : bridges[known.bridge];
  const { linkLocal, defaultRoute, sysctls } = plan;
  return {
    record: known.record,
    noNotes,
    mtu: plan.mtu ?? network.mtu,
    master: bridge?.index ?? 0,
    asksMaster: bridge !== undefined && bridge.ports <= FEW_PORTS,
    isWhole: !hasExtras(state, plan, known),
    isLocalnet: isRouted && known.ports.length > 0,
    rpFilter,
    linkLocal,
    defaultRoute,
    there,
    sysctls,
    ...own,
  };
}

/** Types of routes that take no link. */
const LINKLESS: readonly unknown[] = ['blackhole', 'unreachable', 'prohibit', 'throw'];
const leadsNowhere = ({ type }: RouteSpec) => LINKLESS.includes(type);

/** Further routes that were asked for, as requests. */
async function routesInside(plan: EndpointPlan, inside: number): Promise<Sample[]> {
  const further = new Collector();
  const routes = new Routes(further);
  for (const route of plan.routes) {
    const isComplete = route.nexthops || route.nhid !== undefined || route.link !== undefined || leadsNowhere(route);
    await routes.add(isComplete ? route : { ...route, link: inside });
  }
  return further.requests.map(([operation, spec]) => [operation, spec, false, true]);
}

/** Whether an endpoint wants more than every one gets: that is done one by one, before it is whole. */
function hasExtras(state: State, plan: EndpointPlan, known: Known): boolean {
  const { bandwidth, ports } = plan;
  return bandwidth !== undefined || known.mayBePast || isAnnounced(state, plan) || ports.some(({ proxy }) => proxy);
}

/** Whether its MAC is another than what neighbours may remember. */
const isAnnounced = ({ network }: State, { mac }: EndpointPlan) => mac !== undefined && network.mode === 'bridge';

async function addExtras(
  state: State,
  plan: EndpointPlan,
  known: Known,
  index: number,
  { where, bound, extras }: Made,
): Promise<void> {
  const { host, network } = state;
  const { record } = known;
  if (plan.bandwidth) await shape(host, network, record, index, plan.bandwidth, plan.mtu ?? network.mtu, extras);
  if (known.mayBePast) await forgetFlows(state, record, plan);
  await startProxies(state, plan, known, bound, extras);
  if (isAnnounced(state, plan)) {
    const inside = where.there?.netns ?? where.ref ?? (known.netns as Netns);
    await announce(inside, record.interface, record.mac, record.addresses);
  }
  await host.netfilter.transaction([unmarkMessage(record.key)]);
}

/** Has flows forgotten that went past the endpoint before its ports were published. */
async function forgetFlows(state: State, record: EndpointRecord, plan: EndpointPlan): Promise<void> {
  const endpoints = record.addresses.map(addressText);
  await state.host.flows.forget(
    plan.ports.flatMap((ports) => {
      const { protocol, proxy, hostPort, count, hostAddress } = ports;
      if (protocol === 'tcp' || proxy) return [];
      const address = hostAddress && !isOfAny(ports) ? addressText(hostAddress) : undefined;
      return { kind: 'past' as const, protocol, port: hostPort, count, hostAddress: address, endpoints };
    }),
  );
}

/** Limits as they are told. */
export function bandwidthOf({ ingress, egress, burst }: EndpointRecord): EndpointFields['bandwidth'] {
  if (ingress === undefined && egress === undefined) return undefined;
  return {
    ...(ingress !== undefined && { ingress }),
    ...(egress !== undefined && { egress }),
    ...(burst !== undefined && { burst }),
  };
}

/** Publishes ports by proxies of this process, by the sockets that have been bound for them where there are any. */
async function startProxies(
  state: State,
  plan: EndpointPlan,
  known: Known,
  bound: BoundSocket[],
  undo: Undo[],
): Promise<void> {
  const proxied = plan.ports.filter(({ proxy }) => proxy);
  if (proxied.length === 0) return;
  undo.push(() => Promise.all(known.proxies.splice(0).map((proxy) => proxy.close())));
  const { addresses } = known.record;
  for (const port of proxied) {
    const { hostAddress } = port;
    const address = addresses.find(({ length }) => length === hostAddress?.length) ?? (addresses[0] as Uint8Array);
    for (let i = 0; i < port.count; i++) {
      const spec: PortProxySpec = {
        protocol: port.protocol as 'tcp' | 'udp',
        hostAddress: hostAddress && addressText(hostAddress),
        hostPort: port.hostPort === 0 ? 0 : port.hostPort + i,
        address: addressText(address),
        port: port.port + i * port.step,
        hostNetns: state.host.netns,
      };
      const socket = async () => bound.shift() as BoundSocket;
      const proxy = await (isWithinRules(port) ? PortProxy.on(spec, socket) : PortProxy.listen(spec));
      known.proxies.push(proxy);
      if (port.hostPort === 0) setHostPort(port, proxy.hostPort);
    }
  }
}
