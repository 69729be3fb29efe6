// Cases that are command lines of `tc`, from tc.jsonl.gz in the folder that NETPLUMB_CONFORMANCE names.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Netlink, Netns } from '../../lib/index.js';
import { shownQdiscs } from '../support/tc.js';
import { differences } from '../support/tc-fields.js';
import { programObject } from './program-object.js';

export interface Case {
  id: string;
  name: string;
  category: string[];
  /** What the kernel must have: 'q:htb', 'f:u32', 'a:gact'... */
  kinds: string[];
  negativeFrom?: string;
  expExitCode: number;
  run: { setup: string[]; cmd: string };
}

const file = join(process.env.NETPLUMB_CONFORMANCE ?? '/nowhere', 'tc.jsonl.gz');

/** All cases, or those that NETPLUMB_CONFORMANCE_CASES names: what another kernel could not do. */
export function readCases(): Case[] {
  const wanted = process.env.NETPLUMB_CONFORMANCE_CASES?.split(',');
  if (!existsSync(file)) return [];
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ id }) => !wanted || wanted.includes(id));
}

/** Whether a case is about nothing but qdiscs and classes. */
export const isOfQdiscs = ({ category, kinds }: Case): boolean =>
  category[0] === 'qdisc' && kinds.every((kind) => kind.startsWith('q:'));

/** A namespace, and a handle in it. */
interface Host {
  ns: Netns & { name: string };
  nl: Netlink;
}

/** The devices of cases. */
export const DEVICES = ['dummy1', 'v0p0', 'v0p1', 'eth0', 'ifb1'];

/** Makes a namespace into one that cases expect. Nothing is sent there, so nothing is counted. */
export async function makeDevices(nl: Netlink): Promise<void> {
  await nl.sysctl.set('net.ipv6.conf.default.disable_ipv6', 1);
  await nl.links.set('lo', { up: true });
  await nl.links.create({ kind: 'veth', name: 'v0p0', up: true, peer: { name: 'v0p1' } });
  await nl.links.set('v0p1', { up: true });
  const dummy = { name: 'dummy1', up: true, numTxQueues: 1 };
  await nl.links.create({ kind: 'dummy', ...dummy }).catch(async () => {
    await nl.links.create({ kind: 'veth', ...dummy, peer: { name: 'dummy1p' } });
    await nl.links.set('dummy1p', { up: true });
  });
}

const NETDEVSIM = '/sys/bus/netdevsim';
/** Why the kernel does not simulate hardware that can be asked to schedule. Only a guest is made to. */
function simulationLack(): string | undefined {
  if (process.env.NETPLUMB_GUEST !== undefined) spawnSync('modprobe', ['netdevsim']);
  if (!existsSync(NETDEVSIM)) return 'needs hardware that schedules, or netdevsim';
  return spawnSync('ethtool', ['--version']).status === 0 ? undefined : 'needs ethtool';
}

/** A device of netdevsim with a number of queues. */
const SIMULATED = /^echo "\d+ \d+(?: (\d+))?" > \S*\/netdevsim\/new_device$/;

/** A case's lines, and why they cannot be run. */
export interface Lines {
  lines: string[];
  lack?: string;
}

/** The command lines of a case, and what they need made in namespaces. What stands for something else is said here. */
export function linesOf({ run: { setup, cmd } }: Case): Lines & { devices(host: Host): Promise<AsyncDisposable> } {
  let queues: number | undefined;
  let hasIfb = false;
  const lines: string[] = [];
  let lack: string | undefined;
  const isOffloaded = [...setup, cmd].some((line) => /flags 0x2\b|hw-tc-offload/.test(line));
  if (isOffloaded) lack = simulationLack();
  for (const line of [...setup, cmd]) {
    const device = SIMULATED.exec(line);
    // Another device with as many queues does the same, as far as no hardware is asked to do it.
    if (device) queues = Number(device[1] ?? 1);
    // What is sent is counted, and changes nothing else.
    else if (/netdevsim\/del_device|tdc_gso\.py/.test(line)) continue;
    else if (/tdc_\w+\.py/.test(line)) lack = 'needs a program of its own, which the cases do not bring';
    // Has the schedule begun?
    else if (/taprio_wait_for_admin/.test(line)) lines.push('sleep 1');
    else {
      hasIfb ||= line.includes('$IFB');
      lines.push(
        line
          // The second device, whose name the cases leave out.
          .replace('dev  ', 'dev v0p1 ')
          .replace('$IFB', 'ifb1')
          .replace('eth0TOOL', 'ethtool')
          // Which tc it is is for PATH to say.
          .replace(/^\/s?bin\//, '')
          .replace(/object-file \S+/, () => `object-file ${programObject()}`),
      );
    }
  }
  return {
    lines,
    ...(lack === undefined ? {} : { lack }),
    async devices({ ns, nl }) {
      await makeDevices(nl);
      if (hasIfb) await nl.links.create({ kind: 'ifb', name: 'ifb1', up: true });
      const none: AsyncDisposable = { async [Symbol.asyncDispose]() {} };
      if (queues === undefined) return none;
      if (isOffloaded) {
        // Ids are the machine's.
        const id = randomInt(1, 1 << 30);
        const { ok, stderr } = await runLines(ns, [`echo "${id} 1 ${queues}" >${NETDEVSIM}/new_device`]);
        if (!ok) throw new Error(`no device of netdevsim: ${stderr}`);
        return {
          async [Symbol.asyncDispose]() {
            await runLines(ns, [`echo ${id} >${NETDEVSIM}/del_device`]);
          },
        };
      }
      // Such as do not tell a speed, as then taprio expects a slow one: schedules too short for it stop the machine.
      const device = { name: 'eth0', numTxQueues: queues, numRxQueues: queues };
      await nl.links.create({ kind: 'dummy', ...device }).catch(() => nl.links.create({ kind: 'ifb', ...device }));
      return none;
    },
  };
}

/** A line that `tc -batch` understands as a shell does. */
const PLAIN = /^tc ([a-z][^`$|;&<>\\*~#]*)$/;

/**
 * Runs command lines in a namespace, whatever becomes of each: by one `tc` where that can be, as processes start slowly
 * in an emulated guest.
 *
 * @returns Whether the last one succeeded, and what was said on standard error.
 */
export async function runLines(ns: { name: string }, lines: string[]): Promise<{ ok: boolean; stderr: string }> {
  const words = lines.map((line) => PLAIN.exec(line)?.[1]);
  const isPlain = words.every((line) => line !== undefined);
  const [program, ...args] = isPlain
    ? ['tc', '-n', ns.name, '-force', '-batch', '-']
    : ['ip', 'netns', 'exec', ns.name, 'sh'];
  const env = { ...process.env, LD_PRELOAD: '' };
  const child = spawn(program as string, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.end(`${(isPlain ? words : lines).join('\n')}\n`);
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { ok: isPlain ? !stderr.endsWith(`:${lines.length}\n`) : status === 0, stderr };
}

/** Why the kernel could not make what lines asked for, where they tell of a kind that it or tc does not have. */
export function lackIn(stderr: string): string | undefined {
  const said =
    /Specified qdisc kind is unknown|Unknown qdisc "\w+"|TC classifier not found|Failed to load TC action module/;
  const [what] = said.exec(stderr) ?? [];
  return what === undefined ? undefined : `this kernel or tc lacks a kind: ${what}`;
}

/** Compares all qdiscs of a namespace with what `tc` prints of them. */
export async function compareQdiscs(nl: Netlink, ns: { name: string }): Promise<void> {
  const shown = shownQdiscs(ns);
  for (const qdisc of await nl.tc.qdiscs.list()) {
    const printed = shown.find(
      ({ dev, handle, parent, root }) =>
        dev === qdisc.link && handle === qdisc.handle && (root ? 'root' : parent) === qdisc.parent,
    );
    if (printed) assert.deepEqual(differences(qdisc.kind, printed.options, qdisc.options), [], qdisc.link as string);
  }
}
