// Rules and rulesets of nft in libnftables' JSON. Written: compiled by the library, they must be in the kernel what nft had
// made of them, and `nft` must list them as it listed its own. Read: loaded by `nft`, the library must list them as `nft`
// did. NETPLUMB_CONFORMANCE names the folder with nft-rules.jsonl.gz and
// nft-rulesets.jsonl.gz. NETPLUMB_CONFORMANCE_SHOW=20 shows so many of the cases that fail.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addon } from '../../lib/addon.js';
import type { NfExpression } from '../../lib/generated/objects.js';
import type { Netlink } from '../../lib/index.js';
import { compile } from '../../lib/nft/compile/index.js';
import type { NftCommand, NftFamily, NftObject, NftStatement } from '../../lib/nft/json.js';
import { machineNames } from '../../lib/nft/names.js';
import { readTape } from '../../lib/tape.js';
import { nft, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

interface RuleCase {
  id: string;
  family: NftFamily;
  table: string;
  chain: string;
  topics: string[];
  rule: string;
  json: NftStatement[];
  setupJson: NftObject[];
  exprHex: string;
  listsBackJson: unknown[];
}

interface RulesetCase {
  name: string;
  json: { nftables: NftObject[] };
  listsBackJson: unknown[];
}

/** Of the cases that are there, how many must pass: what once worked stays so. */
const FLOORS = { write: 0.999, read: 0.999, rulesetsWrite: 0.96, rulesetsRead: 0.99 };

/** Cases that are in the kernel at once: chains at one hook are limited. */
const CHUNK = 400;
const SHOWN = Number(process.env.NETPLUMB_CONFORMANCE_SHOW ?? 5);

function read<Case>(name: string): Case[] {
  const file = join(process.env.NETPLUMB_CONFORMANCE ?? '/nowhere', name);
  if (!existsSync(file)) return [];
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Case);
}

const ruleCases = read<RuleCase>('nft-rules.jsonl.gz');
const rulesetCases = read<RulesetCase>('nft-rulesets.jsonl.gz');

/** What came of the cases, by topic. */
class Score {
  readonly failures: string[] = [];
  readonly #topics = new Map<string, { passed: number; failed: number }>();
  #passed = 0;

  add(topics: readonly string[], name: string, failure: string | undefined): void {
    if (failure === undefined) this.#passed++;
    else this.failures.push(`${name}: ${failure}`);
    for (const topic of topics) {
      const counts = this.#topics.get(topic) ?? { passed: 0, failed: 0 };
      counts[failure === undefined ? 'passed' : 'failed']++;
      this.#topics.set(topic, counts);
    }
  }

  /** Prints the counts, and fails below a share of all. */
  conclude(direction: string, floor: number): void {
    const all = this.#passed + this.failures.length;
    console.log(`      ${direction}: ${this.#passed} passed, ${this.failures.length} failed`);
    for (const [topic, { passed, failed }] of [...this.#topics].sort(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(
        `        ${topic.padEnd(18)}${String(passed).padStart(6)} passed${String(failed).padStart(6)} failed`,
      );
    }
    for (const failure of this.failures.slice(0, SHOWN)) console.log(`        FAILED ${failure}`);
    assert.ok(this.#passed >= Math.floor(floor * all), `${this.#passed} of ${all} passed, fewer than before`);
  }
}

/** JSON in which the order of keys and of flags makes no difference. */
function canonical(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const all = value.map((each) => canonical(each));
    return key === 'flags' ? all.sort() : all;
  }
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object' || value === null) return value;
  // nft 1.0.6 leaves interfaces out of chains.
  const isLeftOut = (name: string) => name === 'handle' || (name === 'dev' && 'hook' in value && 'policy' in value);
  const entries = Object.entries(value).filter(([name, each]) => each !== undefined && !isLeftOut(name));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, canonical(each, name)]));
}

const text = (value: unknown) => JSON.stringify(canonical(value));

/** The expressions that the kernel had dumped. */
function expressionsOf(hex: string): NfExpression[] {
  const body = Buffer.from(hex, 'hex');
  const head = Buffer.alloc(4);
  head.writeUInt16LE(body.length + head.length, 0);
  head.writeUInt16LE(0x8004, 2);
  const bytes = Buffer.concat([addon.encode('NfRule', {}), head, body]);
  const tape = addon.decode('NfRule', bytes);
  assert.ok(tape);
  const objects: { expressions?: NfExpression[] }[] = [];
  readTape(tape, objects);
  return objects[0]?.expressions ?? [];
}

/** The objects of a case in a table of its own. */
function inTable(objects: readonly NftObject[], table: string): NftObject[] {
  return objects.map((object) => {
    const [[kind, body] = ['', {}]] = Object.entries(object);
    return { [kind]: kind === 'table' ? { ...body, name: table } : { ...body, table } } as unknown as NftObject;
  });
}

function listed(output: string): { [kind: string]: { table?: string; expr?: unknown } }[] {
  return JSON.parse(output).nftables;
}

describe('conformance: nft', () => {
  const names = machineNames([{ name: 'lo', index: 1 }]);
  const zone = process.env.TZ;
  let sandbox: Sandbox;
  let nl: Netlink;
  let ns: { name: string };
  let directory: string;

  before(async function () {
    if (ruleCases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
    process.env.TZ = 'UTC-2';
    directory = mkdtempSync(join(tmpdir(), 'netplumb-nft-'));
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });

  after(async () => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    if (directory !== undefined) rmSync(directory, { recursive: true });
    await sandbox?.[Symbol.asyncDispose]();
  });

  const list = (...options: string[]) => listed(nft(ns, '-j', ...options, 'list', 'ruleset'));

  it('rules, written', async function () {
    this.timeout(0);
    const score = new Score();
    for (let from = 0; from < ruleCases.length; from += CHUNK) {
      await nl.nft.transact(compile([{ flush: { ruleset: null } }]));
      const chunk = ruleCases.slice(from, from + CHUNK);
      const tables = chunk.map((_, index) => `case${from + index}`);
      const errors = await Promise.all(
        chunk.map(async ({ family, chain, json, setupJson }, index) => {
          const table = tables[index] ?? '';
          try {
            const setup = inTable(setupJson, table);
            await nl.nft.transact(
              compile([...setup, { add: { rule: { family, table, chain, expr: json } } }], { names }),
            );
            return undefined;
          } catch (error) {
            return String(error);
          }
        }),
      );
      const { ruleset } = await nl.nft.read({ kinds: ['rules'] });
      const rules = new Map(ruleset.rules.map((rule) => [rule.table, rule.expressions]));
      const listings = new Map(
        list('-s', '-p').flatMap(({ rule }) => (rule ? [[rule.table, rule.expr] as const] : [])),
      );
      chunk.forEach((one, index) => {
        const table = tables[index] ?? '';
        const [ours, theirs] = [text(rules.get(table)), text(expressionsOf(one.exprHex))];
        const [listing, wanted] = [text(listings.get(table)), text(one.listsBackJson)];
        const failure =
          errors[index] ??
          (ours !== theirs
            ? `\n          wanted ${theirs}\n          is     ${ours}`
            : listing !== wanted
              ? `\n          wanted in list ${wanted}\n          is             ${listing}`
              : undefined);
        score.add(one.topics, `${one.id} ${one.rule}`, failure);
      });
    }
    score.conclude('rules, written', FLOORS.write);
  });

  it('rulesets, written', async function () {
    this.timeout(0);
    const score = new Score();
    for (const { name, json, listsBackJson } of rulesetCases) {
      let failure: string | undefined;
      try {
        const commands: NftCommand[] = [{ flush: { ruleset: null } }, ...json.nftables];
        await nl.nft.transact(compile(commands, { names }));
        const objects = list().filter((object) => !('metainfo' in object));
        const [ours, theirs] = [text(objects), text(listsBackJson)];
        if (ours !== theirs) failure = `\n          wanted ${theirs}\n          is     ${ours}`;
      } catch (error) {
        failure = String(error);
      }
      score.add([name.split('/')[0] ?? name], name, failure);
    }
    score.conclude('rulesets, written', FLOORS.rulesetsWrite);
  });

  /** Has nft load commands. */
  function load(commands: readonly NftCommand[]): void {
    const file = join(directory, 'commands.json');
    writeFileSync(file, JSON.stringify({ nftables: [{ flush: { ruleset: null } }, ...commands] }));
    nft(ns, '-j', '-f', file);
  }

  it('rules, read', async function () {
    this.timeout(0);
    const score = new Score();
    for (let from = 0; from < ruleCases.length; from += CHUNK) {
      const chunk = ruleCases.slice(from, from + CHUNK);
      load(
        chunk.flatMap(({ family, chain, json, setupJson }, index): NftCommand[] => {
          const table = `case${from + index}`;
          return [...inTable(setupJson, table), { add: { rule: { family, table, chain, expr: json } } }];
        }),
      );
      const { nftables } = await nl.nft.list({}, { stateless: true, numericProtocols: true });
      const rules = new Map(
        nftables.flatMap((one) => ('rule' in one ? [[one.rule.table, one.rule.expr] as const] : [])),
      );
      chunk.forEach((one, index) => {
        const [ours, theirs] = [text(rules.get(`case${from + index}`)), text(one.listsBackJson)];
        const failure = ours === theirs ? undefined : `\n          wanted ${theirs}\n          is     ${ours}`;
        score.add(one.topics, `${one.id} ${one.rule}`, failure);
      });
    }
    score.conclude('rules, read', FLOORS.read);
  });

  it('rulesets, read', async function () {
    this.timeout(0);
    const score = new Score();
    for (const { name, json, listsBackJson } of rulesetCases) {
      let failure: string | undefined;
      try {
        load(json.nftables);
        const { nftables } = await nl.nft.list();
        const [ours, theirs] = [text(nftables.filter((one) => !('metainfo' in one))), text(listsBackJson)];
        if (ours !== theirs) failure = `\n          wanted ${theirs}\n          is     ${ours}`;
      } catch (error) {
        failure = String(error);
      }
      score.add([name.split('/')[0] ?? name], name, failure);
    }
    score.conclude('rulesets, read', FLOORS.rulesetsRead);
  });
});
