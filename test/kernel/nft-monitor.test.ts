// nl.nft.monitor() against what `nft -j monitor` prints of the same transactions.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Netlink, Netns, NftTransactionEvent } from '../../lib/index.js';
import { run, Sandbox } from '../support/sandbox.js';

interface Element {
  name: string;
  elem: unknown;
}
type Change = Record<string, { element?: Element }>;

describe('nft monitor', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;
  let witness: ChildProcess;
  let printed: string;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    printed = '';
    witness = ns.spawn('nft', ['-j', 'monitor'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LD_PRELOAD: '' },
    });
    witness.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  });
  afterEach(async () => {
    witness.kill();
    if (witness.exitCode === null && witness.signalCode === null) await once(witness, 'exit');
    await sandbox[Symbol.asyncDispose]();
  });

  const nft = (script: string) => run('ip', 'netns', 'exec', ns.name, 'nft', script);
  const lines = () =>
    printed
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  /** Begins to listen; resolves when `nft` listens too. */
  async function listen(signal?: AbortSignal) {
    const monitor = nl.nft.monitor({ signal });
    await monitor.ready;
    while (!printed.includes('begun')) {
      nft('add table ip begun');
      nft('delete table ip begun');
      await delay(20);
    }
    // What is on its way is passed over, up to a marker that nothing else has.
    nft('add table ip marker');
    const next = async (): Promise<NftTransactionEvent> => {
      const { value } = await monitor.next();
      assert.equal(value?.type, 'transaction');
      return value as NftTransactionEvent;
    };
    while (!JSON.stringify((await next()).changes).includes('marker'));
    while (!printed.includes('"marker"')) await delay(5);
    return { monitor, next };
  }

  /** What nft prints, elements of one set that follow one another together: it prints each by itself. */
  const seen = () => {
    const changes: Change[] = [];
    for (const line of lines() as Change[]) {
      const [verb, { element }] = Object.entries(line)[0] as [string, { element?: Element }];
      if (!element) {
        changes.push(line);
        continue;
      }
      const elem = (element.elem as { set: unknown[] }).set;
      const last = changes.at(-1)?.[verb]?.element;
      if (last?.name === element.name) (last.elem as unknown[]).push(...elem);
      else changes.push({ [verb]: { element: { ...element, elem } } });
    }
    return changes;
  };

  /** Of deleted rules and sets nft has forgotten sets and types: what is left to compare. */
  const comparable = (change: object) => {
    const gone = (change as { delete?: Record<string, { handle: number; name?: string }> }).delete ?? {};
    if (gone.set?.name?.startsWith('__')) return 'anonymous';
    const object = gone.rule ?? gone.set ?? gone.map;
    return object ? { delete: object.handle } : change;
  };

  it('tells what each transaction made and deleted, with its generation, as nft does', async () => {
    const { monitor, next } = await listen();
    const scripts = [
      `table ip t {
        counter hits { }
        map ports { type inet_service : ipv4_addr; elements = { 80 : 10.0.0.2, 443 : 10.0.0.3 } }
        chain c { type nat hook prerouting priority dstnat; }
      }`,
      'add rule ip t c dnat to tcp dport map @ports',
      'add rule ip t c ip saddr { 10.0.0.1, 10.0.0.7 } tcp dport { 22, 8080-8090 } counter accept comment "both"',
      'add element ip t ports { 8080 : 10.0.0.4 }',
      'delete element ip t ports { 80 : 10.0.0.2 }',
      'add set ip t nets { type ipv4_addr; flags interval; elements = { 10.1.0.0/16, 10.3.0.5-10.3.0.9 } }',
      'flush chain ip t c',
      'delete table ip t',
    ];
    const rules = new Map<unknown, object>();
    for (const script of scripts) {
      printed = '';
      nft(script);
      const { generation, changes, processName, processId } = await next();
      assert.equal(generation, await nl.nft.generation());
      assert.equal(processName, 'nft');
      assert.ok((processId ?? 0) > 0);
      while (seen().length < changes.length) await delay(5);
      // Whatever nft prints beyond is waited for too.
      await delay(20);
      assert.deepEqual(
        changes.map(comparable),
        seen()
          .map(comparable)
          .filter((one) => one !== 'anonymous'),
        script,
      );
      for (const change of changes) {
        // What was told of a rule when it was made is told when it goes.
        if ('add' in change && 'rule' in change.add) rules.set(change.add.rule.handle, change.add);
        else if ('delete' in change && 'rule' in change.delete) {
          assert.deepEqual(change.delete, rules.get(change.delete.rule.handle), script);
        }
      }
    }
    const waiting = monitor.next();
    await monitor.close();
    assert.deepEqual(await waiting, { done: true, value: undefined });
  });

  it('tells our own transactions, one event each, and ends with the signal', async () => {
    const controller = new AbortController();
    const { monitor, next } = await listen(controller.signal);
    await nl.nft.apply([{ add: { table: { family: 'inet', name: 'a' } } }]);
    await nl.nft.apply([
      { add: { set: { family: 'inet', table: 'a', name: 's', type: 'ipv4_addr' } } },
      { add: { element: { family: 'inet', table: 'a', name: 's', elem: ['10.0.0.1', '10.0.0.2'] } } },
    ]);
    const [first, second] = [await next(), await next()];
    assert.equal(second.generation, first.generation + 1);
    assert.equal(first.changes.length, 1);
    assert.deepEqual(
      second.changes.map((change) => Object.keys('add' in change ? change.add : {})[0]),
      ['set', 'element'],
    );
    const waiting = monitor.next();
    controller.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    assert.deepEqual(await monitor.next(), { done: true, value: undefined });
  });

  it('refuses options that cannot be right', () => {
    assert.throws(() => nl.nft.monitor({ signal: 7 as never }), { code: 'ERR_INVALID_ARG_TYPE', field: 'signal' });
  });
});
