// Faults: what goes wrong says so, and nothing else suffers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DumpInterruptedError, Netlink, Netns } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

describe('faults', () => {
  let sandbox: Sandbox;

  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('answers 10,000 requests queued at once, each its own', async () => {
    const { nl } = await sandbox.host();
    const results = await Promise.allSettled(
      Array.from({ length: 10_000 }, (_, i) => (i % 2 ? nl.links.get('lo') : nl.links.delete(100_000 + i))),
    );
    results.forEach((result, i) => {
      if (i % 2) assert.equal((result as PromiseFulfilledResult<{ index: number }>).value.index, 1);
      else assert.equal((result as PromiseRejectedResult).reason.code, 'ENODEV');
    });
  });

  it('settles all requests that are answered while nobody looks', async () => {
    const { nl } = await sandbox.host();
    // With sanitizers each takes several times as long.
    const length = process.env.LD_PRELOAD?.includes('asan') ? 10_000 : 50_000;
    const all = Promise.all(Array.from({ length }, () => nl.links.get('lo')));
    // They leave at the end of the tick; then the event loop is blocked.
    await Promise.resolve();
    process.nextTick(() => {
      for (const until = Date.now() + 2000; Date.now() < until; );
    });
    const links = await all;
    assert.ok(links.every(({ index }) => index === 1));
  });

  it('keeps handles in many namespaces apart', async () => {
    const hosts = await Promise.all(Array.from({ length: 8 }, (_, i) => sandbox.host(`h${i}`)));
    await Promise.all(
      hosts.flatMap(({ nl }, i) =>
        Array.from({ length: 20 }, (_, k) => nl.links.create({ kind: 'bridge', name: `b${i}-${k}` })),
      ),
    );
    for (const [i, { nl }] of hosts.entries()) {
      const names = (await nl.links.list({ kind: 'bridge' })).map((link) => link.name);
      assert.equal(names.length, 20);
      assert.ok(names.every((name) => name.startsWith(`b${i}-`)));
    }
  });

  it('goes on when a link vanishes in the middle', async () => {
    const { nl } = await sandbox.host();
    await nl.links.create({ kind: 'bridge', name: 'b0' });
    const results = await Promise.allSettled([
      nl.addresses.add({ link: 'b0', address: '10.0.0.1/24' }),
      nl.links.delete('b0'),
      nl.addresses.add({ link: 'b0', address: '10.0.0.2/24' }),
      nl.links.set('b0', { up: true }),
      nl.links.get('lo'),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? 'ok' : result.reason.code)),
      ['ok', 'ok', 'ENODEV', 'ENODEV', 'ok'],
    );
  });

  it('lists links consistently, or says that it could not, while another handle makes and deletes them', async () => {
    const { ns, nl } = await sandbox.host();
    const other = await sandbox.open(ns);
    await Promise.all(Array.from({ length: 60 }, (_, i) => nl.links.create({ kind: 'bridge', name: `fix${i}` })));
    let isDone = false;
    const churn = (async () => {
      while (!isDone) {
        await other.links.create({ kind: 'bridge', name: 'churn' });
        await other.links.delete('churn');
      }
    })();
    try {
      for (let i = 0; i < 30; i++) {
        const links = await nl.links.list().catch((error: unknown) => {
          assert.ok(error instanceof DumpInterruptedError && Array.isArray(error.data));
          return undefined;
        });
        if (links) assert.equal(links.filter((link) => link.name.startsWith('fix')).length, 60);
      }
    } finally {
      isDone = true;
      await churn;
    }
  });

  it('finishes what was asked before close(), refuses what is asked after', async () => {
    const { nl } = await sandbox.host();
    const before = nl.links.get('lo');
    const closing = nl.close();
    await assert.rejects(nl.links.get('lo'), { code: 'ERR_NETLINK_CLOSED' });
    assert.equal((await before).name, 'lo');
    await closing;
    await nl.close();
  });

  it('works on in a namespace whose name is deleted', async () => {
    const ns = await Netns.create(`np-test-${process.pid}-gone`);
    const nl = await Netlink.open({ netns: ns });
    await ns.delete();
    await nl.links.create({ kind: 'bridge', name: 'b0' });
    assert.equal((await nl.links.get('b0')).name, 'b0');
    await nl.close();
  });

  it('refuses names of 16 characters before the kernel is asked', async () => {
    const { nl } = await sandbox.host();
    const name = 'x'.repeat(16);
    await assert.rejects(nl.links.create({ kind: 'bridge', name }), { code: 'ERR_INVALID_ARG_VALUE', field: 'name' });
    await assert.rejects(nl.links.create({ kind: 'veth', name: 'v', peer: { name } }), { field: 'options.peer.name' });
    await assert.rejects(nl.links.set('lo', { name: 'a b' }), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  it('takes requests back by signal: aborted before, while queued, during a dump; never after', async () => {
    const { nl } = await sandbox.host();
    const reason = new Error('enough');
    await assert.rejects(nl.links.list({ signal: AbortSignal.abort(reason) }), reason);
    await assert.rejects(nl.links.get('lo', { signal: 7 as never }), { code: 'ERR_INVALID_ARG_TYPE' });

    const controller = new AbortController();
    const queued = nl.links.create({ kind: 'bridge', name: 'never' }, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(queued, reason);
    await assert.rejects(nl.links.get('never'), { code: 'ENODEV' });

    await nl.links.set('lo', { up: true });
    await Promise.all(
      Array.from({ length: 4000 }, (_, i) => nl.routes.add({ dst: `10.${i >> 8}.${i & 255}.0/24`, link: 'lo' })),
    );
    const dump = new AbortController();
    const list = nl.routes.list({ family: 'inet', signal: dump.signal });
    // After the request has left, before an answer can have come here.
    process.nextTick(() => dump.abort(reason));
    await assert.rejects(list, reason);
    assert.equal((await nl.routes.list({ family: 'inet' })).length, 4000);

    const late = new AbortController();
    await nl.links.get('lo', { signal: late.signal });
    late.abort();
  });

  it('says which capability is missing', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can become somebody without privilege');
    const script = `
      import { Netlink, Netns } from ${JSON.stringify(new URL('../../lib/index.ts', import.meta.url).href)};
      const nl = await Netlink.open();
      for (const work of [() => nl.links.create({ kind: 'bridge', name: 'b0' }), () => Netns.create('np-test-nobody'), () => Netns.create()]) {
        await work().then(() => console.log('done?'), (error) => console.log(error.name, error.code, error.message));
      }
      console.log((await nl.links.get('lo')).name, await nl.sysctl.get('net.ipv4.ip_forward'));
      await nl.close();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      uid: 65534,
      gid: 65534,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    await once(child, 'close');
    const lines = output.trim().split('\n');
    assert.match(lines[0] ?? '', /^NetlinkError EPERM .*CAP_NET_ADMIN/, output);
    assert.match(lines[1] ?? '', /^NetlinkError (EPERM|EACCES) .*CAP_SYS_ADMIN/, output);
    assert.match(lines[2] ?? '', /^NetlinkError EPERM .*CAP_SYS_ADMIN/, output);
    assert.match(lines[3] ?? '', /^lo [01]$/, output);
  });
});
