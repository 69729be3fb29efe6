// `ip` command lines that change something, done by the library: link, address, route, rule, nexthop, neighbour, netns.
import { type Netlink, Netns } from '../../lib/index.js';

/** What the words of a command line have become: object, verb, arguments, and the options before them. */
export interface IpCommand {
  /** The namespace that `-n` names. */
  netns: string | undefined;
  family: 'inet' | 'inet6' | undefined;
  object: string;
  verb: string;
  words: string[];
}

/** Words that are not understood: no statement about the library. */
export class NotUnderstood extends Error {}

type Fields = Record<string, unknown>;

const OBJECTS = ['link', 'address', 'route', 'rule', 'nexthop', 'neighbour', 'netns'];
const ALIASES: Record<string, string> = { r: 'route', a: 'address', ru: 'rule' };

/** Splits a command line as ip(8) does; words may be shortened. */
export function parseIp(argv: readonly string[]): IpCommand {
  const words = [...argv];
  let netns: string | undefined;
  let family: IpCommand['family'];
  while (words[0]?.startsWith('-')) {
    const option = words.shift() as string;
    if (/^-(n|N|net|netns)$/.test(option)) netns = words.shift();
    else if (option === '-f') family = words.shift() as IpCommand['family'];
    else if (option === '-4') family = 'inet';
    else if (option === '-6') family = 'inet6';
    else if (!/^-(j|json|br|d|s)$/.test(option)) throw new NotUnderstood(option);
  }
  const word = words.shift() ?? '';
  const object = ALIASES[word] ?? OBJECTS.find((name) => word !== '' && name.startsWith(word));
  if (object === undefined) throw new NotUnderstood(word);
  return { netns, family, object, verb: words.shift() ?? 'show', words };
}

/** Reads words one by one. */
class Words {
  #at = 0;
  constructor(readonly all: readonly string[]) {}
  get done(): boolean {
    return this.#at >= this.all.length;
  }
  next(): string {
    const word = this.all[this.#at++];
    if (word === undefined) throw new NotUnderstood('more words are expected');
    return word;
  }
  /** Takes the word if it is one of these. */
  takes(...words: string[]): boolean {
    const found = words.includes(this.all[this.#at] ?? '');
    if (found) this.#at++;
    return found;
  }
  number(): number {
    return Number(this.next());
  }
}

const PROTOCOLS = ['icmp', 'igmp', 'tcp', 'udp', 'dccp', 'gre', 'esp', 'ah', 'ipv6-icmp', 'sctp', 'udplite'];
const TYPES = [
  'unicast',
  'local',
  'broadcast',
  'multicast',
  'anycast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
];

const table = (word: string) => (['main', 'local', 'default'].includes(word) ? word : Number(word));
const protocol = (word: string) => (PROTOCOLS.includes(word) || Number.isNaN(Number(word)) ? word : Number(word));

/** `via [inet6] ADDRESS`, `dev LINK`, `onlink`, `weight N`: a next hop's words. */
function takeHop(words: Words, hop: Fields): boolean {
  if (words.takes('via')) {
    words.takes('inet', 'inet6');
    hop.gateway = words.next();
  } else if (words.takes('dev')) hop.link = words.next();
  else if (words.takes('onlink')) hop.flags = ['onlink'];
  else if (words.takes('encap')) throw new NotUnderstood('encap');
  else return false;
  return true;
}

function routeSpec(words: Words, family: IpCommand['family']): Fields {
  const spec: Fields = {};
  const metrics: Fields = {};
  const locked: string[] = [];
  const nexthops: Fields[] = [];
  const metric = (name: string, value: () => unknown) => {
    if (words.takes('lock')) locked.push(name);
    metrics[name] = value();
  };
  while (!words.done) {
    if (takeHop(words, spec)) continue;
    if (words.takes('metric', 'preference', 'priority')) spec.metric = words.number();
    else if (words.takes('table')) spec.table = table(words.next());
    else if (words.takes('tos', 'dsfield')) spec.tos = words.number();
    else if (words.takes('nhid')) spec.nhid = words.number();
    else if (words.takes('scope')) spec.scope = words.next();
    else if (words.takes('src')) spec.prefsrc = words.next();
    else if (words.takes('proto', 'protocol')) spec.protocol = words.next();
    else if (words.takes('mtu')) metric('mtu', () => words.number());
    else if (words.takes('congctl')) metric('ccAlgo', () => words.next());
    else if (words.takes('nexthop')) {
      const hop: Fields = {};
      while (!words.done && (takeHop(words, hop) || takeWeight(words, hop)));
      nexthops.push(hop);
    } else {
      const word = words.next();
      if (TYPES.includes(word)) spec.type = word;
      else if (spec.dst === undefined && (word === 'default' || /[.:]/.test(word))) spec.dst = word;
      else throw new NotUnderstood(word);
    }
  }
  if (nexthops.length > 0) spec.nexthops = nexthops;
  if (locked.length > 0) metrics.lock = locked;
  if (Object.keys(metrics).length > 0) spec.metrics = metrics;
  if (family !== undefined && (spec.dst === 'default' || spec.dst === undefined)) spec.family = family;
  return spec;
}

function takeWeight(words: Words, hop: Fields): boolean {
  if (!words.takes('weight')) return false;
  hop.weight = words.number();
  return true;
}

const range = (word: string) => {
  const [start, end = start] = word.split('-').map(Number);
  return { start, end };
};

function ruleSpec(words: Words, family: IpCommand['family']): Fields {
  const spec: Fields = { family: family ?? 'inet' };
  while (!words.done) {
    if (words.takes('oif')) spec.oif = words.next();
    else if (words.takes('iif')) spec.iif = words.next();
    else if (words.takes('from')) spec.src = words.next();
    else if (words.takes('to')) spec.dst = words.next();
    else if (words.takes('table', 'lookup')) spec.table = table(words.next());
    else if (words.takes('pref', 'priority')) spec.priority = words.number();
    else if (words.takes('tos', 'dsfield')) spec.tos = words.number();
    else if (words.takes('fwmark')) spec.fwmark = words.number();
    else if (words.takes('uidrange')) spec.uidRange = range(words.next());
    else if (words.takes('sport')) spec.sportRange = range(words.next());
    else if (words.takes('dport')) spec.dportRange = range(words.next());
    else if (words.takes('ipproto')) spec.ipProto = protocol(words.next());
    else throw new NotUnderstood(words.next());
  }
  return spec;
}

function nexthopSpec(words: Words, family: IpCommand['family']): Fields {
  const spec: Fields = {};
  const resilient: Fields = {};
  while (!words.done) {
    if (takeHop(words, spec)) continue;
    if (words.takes('id')) spec.id = words.number();
    else if (words.takes('blackhole')) spec.blackhole = true;
    else if (words.takes('fdb')) spec.fdb = true;
    else if (words.takes('proto')) spec.protocol = words.number();
    else if (words.takes('group')) {
      spec.group = words
        .next()
        .split('/')
        .map((member) => {
          const [id, weight] = member.split(',').map(Number);
          return weight === undefined ? { id } : { id, weight };
        });
    } else if (words.takes('type')) spec.type = words.next();
    else if (words.takes('buckets')) resilient.buckets = words.number();
    else if (words.takes('idle_timer')) resilient.idleTimer = words.number() * 1000;
    else if (words.takes('unbalanced_timer')) resilient.unbalancedTimer = words.number() * 1000;
    else throw new NotUnderstood(words.next());
  }
  if (Object.keys(resilient).length > 0) spec.resGroup = resilient;
  if (family !== undefined && spec.gateway === undefined && spec.group === undefined && !spec.fdb) spec.family = family;
  return spec;
}

/** Does what a command line says. Resolves to false where it only shows something, which is for `ip` to do. */
export async function doIp(command: IpCommand, netlink: (netns?: string) => Promise<Netlink>): Promise<boolean> {
  const { object, verb, family } = command;
  const words = new Words(command.words);
  const is = (name: string) => verb !== '' && name.startsWith(verb);
  if (object === 'netns') {
    if (is('add')) await (await Netns.create(words.next())).close();
    else if (is('delete')) await Netns.delete(words.next());
    else return false;
    return true;
  }
  const nl = await netlink(command.netns);
  switch (object) {
    case 'link':
      return doLink(nl, is, words);
    case 'address': {
      if (!is('add')) return false;
      const spec: Fields = {};
      while (!words.done) {
        if (words.takes('dev')) spec.link = words.next();
        else if (words.takes('nodad')) spec.flags = ['nodad'];
        else if (words.takes('brd')) spec.broadcast = words.next();
        else spec.address = words.next();
      }
      if (spec.broadcast === '+') delete spec.broadcast;
      await nl.addresses.add(spec as never);
      return true;
    }
    case 'route': {
      const verbs = ['add', 'replace', 'append', 'prepend', 'change', 'delete'] as const;
      const found = verbs.find(is);
      if (!found) return false;
      await nl.routes[found](routeSpec(words, family) as never);
      return true;
    }
    case 'rule':
      if (is('add')) await nl.rules.add(ruleSpec(words, family) as never);
      else if (is('delete')) await nl.rules.delete(ruleSpec(words, family) as never);
      else return false;
      return true;
    case 'nexthop':
      if (is('add')) await nl.nexthops.add(nexthopSpec(words, family) as never);
      else if (is('replace')) await nl.nexthops.replace(nexthopSpec(words, family) as never);
      else if (is('delete')) {
        const { id, ...more } = nexthopSpec(words, family);
        if (Object.keys(more).length > 0) throw new NotUnderstood('only an id');
        await nl.nexthops.delete(id as number);
      } else if (verb === 'flush') {
        const { groups } = { groups: words.takes('groups', 'group') };
        if (!words.done) return false;
        for (const { id } of await nl.nexthops.list(groups ? { groups } : {})) {
          // With its last member a group goes by itself.
          await nl.nexthops.delete(id as number).catch((error) => {
            if (error.code !== 'ENOENT') throw error;
          });
        }
      } else return false;
      return true;
    case 'neighbour': {
      if (!is('add') && !is('delete')) return false;
      const spec: Fields = {};
      while (!words.done) {
        if (words.takes('dev')) spec.link = words.next();
        else if (words.takes('nud')) spec.state = [words.next()];
        else spec.dst = words.next();
      }
      await nl.neighbours[is('add') ? 'add' : 'delete'](spec as never);
      return true;
    }
    default:
      return false;
  }
}

async function doLink(nl: Netlink, is: (name: string) => boolean, words: Words): Promise<boolean> {
  if (is('add')) {
    const spec: Fields = {};
    while (!words.done) {
      if (words.takes('dev', 'name')) spec.name = words.next();
      else if (words.takes('type')) {
        spec.kind = words.next();
        const options = linkOptions(words, spec.kind as string, spec);
        if (options) spec.options = options;
      } else if (words.takes('up')) spec.up = true;
      else spec.name = words.next();
    }
    await nl.links.create(spec as never);
  } else if (is('set')) {
    const changes: Fields = {};
    let name = '';
    while (!words.done) {
      if (words.takes('up')) changes.up = true;
      else if (words.takes('down')) changes.up = false;
      else if (words.takes('netns')) changes.netns = words.next();
      else if (words.takes('mtu')) changes.mtu = words.number();
      else if (words.takes('dev') || name === '') name = words.next();
      else throw new NotUnderstood(words.next());
    }
    await nl.links.set(name, changes as never);
  } else if (is('delete')) {
    words.takes('dev');
    await nl.links.delete(words.next());
  } else return false;
  return true;
}

function linkOptions(words: Words, kind: string, spec: Fields): Fields | undefined {
  if (kind === 'veth') {
    if (words.takes('peer')) {
      words.takes('name');
      spec.peer = { name: words.next() };
    }
    return undefined;
  }
  if (kind !== 'vxlan') return undefined;
  const options: Fields = {};
  while (!words.done) {
    if (words.takes('id')) options.id = words.number();
    else if (words.takes('local')) options.local6 = words.next();
    else if (words.takes('remote')) options.group6 = words.next();
    else if (words.takes('dstport')) options.port = words.number();
    else if (words.takes('nolearning')) options.learning = false;
    else if (words.takes('noudpcsum')) options.udpCsum = false;
    else if (words.takes('tos')) {
      options.tos = words.takes('inherit') ? 1 : words.number();
    } else if (words.takes('ttl')) options.ttl = words.number();
    else throw new NotUnderstood(words.next());
  }
  return options;
}
