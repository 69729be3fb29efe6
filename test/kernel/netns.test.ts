// Network namespaces, with `ip netns` and /proc as witnesses.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, run, Sandbox } from '../support/sandbox.js';

const self = () => readlinkSync('/proc/self/ns/net');
/** What a descriptor of this process is open on; the one that lists them is closed by then. */
const target = (fd: string) => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return 'closed';
  }
};

describe('Netns', () => {
  let sandbox: Sandbox;
  let count = 0;
  const name = () => `np-test-${process.pid}-netns-${++count}`;

  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('makes a named one that `ip netns` lists, enters and deletes', async () => {
    const ns = await Netns.create(name());
    assert.ok(run('ip', 'netns', 'list').includes(ns.name as string));
    assert.equal(
      run('ip', 'netns', 'exec', ns.name as string, 'readlink', '/proc/self/ns/net').trim(),
      `net:[${ns.inode}]`,
    );
    assert.equal(BigInt(statSync(ns.path).ino), ns.inode);
    run('ip', 'netns', 'delete', ns.name as string);
    assert.ok(!(await Netns.list()).some((entry) => entry.name === ns.name));
    await assert.rejects(Netns.delete(ns.name as string), { code: 'ENOENT' });
    await ns.close();
  });

  it('sees, enters and deletes what `ip netns` made', async () => {
    const there = name();
    run('ip', 'netns', 'add', there);
    const ns = await Netns.open(there);
    assert.ok((await Netns.list()).some((entry) => entry.name === there && entry.inode === ns.inode));
    assert.equal(ns.enter(self), `net:[${ns.inode}]`);
    await ns.delete();
    assert.ok(!run('ip', 'netns', 'list').includes(there));
  });

  it('refuses a taken name, and names that are no file’s', async () => {
    const ns = await sandbox.netns();
    await assert.rejects(Netns.create(ns.name), { name: 'NetlinkError', code: 'EEXIST' });
    for (const bad of ['', '.', '..', 'a/b', '../etc', 'a\0b', 'x'.repeat(256)]) {
      await assert.rejects(Netns.create(bad), { code: 'ERR_INVALID_ARG_VALUE' });
      await assert.rejects(Netns.delete(bad), { code: 'ERR_INVALID_ARG_VALUE' });
      await assert.rejects(Netns.open(bad), TypeError);
      await assert.rejects(Netlink.open({ netns: bad }), TypeError);
    }
    await assert.rejects(Netns.create(7 as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  it('opens by name, pid, path, descriptor and another Netns', async () => {
    const ns = await sandbox.netns();
    const child = ns.spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      for (const ref of [ns.name, { pid: child.pid as number }, { path: ns.path }, { fd: ns.fd }, ns]) {
        const opened = await Netns.open(ref);
        assert.equal(opened.inode, ns.inode);
        assert.equal(BigInt(statSync(opened.path).ino), ns.inode);
        await opened.close();
      }
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });

  it('says what is not there: name, path, process, and what is no namespace', async () => {
    await assert.rejects(Netns.open('np-test-absent'), { name: 'NetlinkError', code: 'ENOENT' });
    await assert.rejects(Netns.open({ path: '/nonexistent/ns' }), { code: 'ENOENT' });
    await assert.rejects(Netns.open({ path: '/etc/hostname' }), { code: 'EINVAL' });
    await assert.rejects(Netns.open({ path: '/proc/self/ns/uts' }), { code: 'EINVAL' });
    await assert.rejects(Netns.open({ pid: 2 ** 22 + 1 }), { code: 'ESRCH' });
    for (const bad of [undefined, null, 7, {}, { pid: 0 }, { pid: 1.5 }, { fd: -1 }, { path: '' }, [], true]) {
      await assert.rejects(Netns.open(bad as never), TypeError);
    }
  });

  it('passes over stale files, and deletes them', async () => {
    const ns = await sandbox.netns();
    const stale = name();
    writeFileSync(`/run/netns/${stale}`, '');
    const names = (await Netns.list()).map((entry) => entry.name);
    assert.ok(names.includes(ns.name) && !names.includes(stale));
    await assert.rejects(Netns.open(stale), { code: 'EINVAL' });
    await Netns.delete(stale);
    assert.ok(!existsSync(`/run/netns/${stale}`));
  });

  it('deletes a name that is in use: inside a process, by an open handle, mounted twice', async () => {
    const ns = await Netns.create(name());
    const nl = await Netlink.open({ netns: ns });
    const child = ns.spawn('sleep', ['60'], { stdio: 'ignore' });
    await ns.delete();
    assert.ok(!existsSync(`/run/netns/${ns.name}`));
    // The handle goes on working: its socket keeps the namespace.
    assert.equal((await nl.links.get('lo')).index, 1);
    await nl.close();
    child.kill();
    await once(child, 'exit');
  });

  it('makes anonymous ones, which `pin` can name', async () => {
    const ns = await Netns.create();
    assert.equal(ns.name, undefined);
    assert.equal(ns.enter(self), `net:[${ns.inode}]`);
    const there = name();
    const pinned = await ns.pin(there);
    assert.equal(pinned.inode, ns.inode);
    assert.ok(run('ip', 'netns', 'list').includes(there));
    await assert.rejects(ns.pin(there), { code: 'EEXIST' });
    await pinned.delete();
    await ns.close();
  });

  it('enters for a synchronous function: sockets stay, errors and values come out, the thread returns', async () => {
    const { ns, nl } = await sandbox.host();
    await nl.links.set('lo', { up: true });
    const home = self();
    assert.equal(
      ns.enter(() => 42),
      42,
    );
    assert.throws(
      () =>
        ns.enter(() => {
          throw new Error('mine');
        }),
      { message: 'mine' },
    );
    assert.throws(() => ns.enter((async () => {}) as never), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => ns.enter(undefined as never), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.equal(self(), home);
    const nested = await sandbox.netns('nested');
    assert.deepEqual(
      ns.enter(() => [self(), nested.enter(self), self()]),
      [`net:[${ns.inode}]`, `net:[${nested.inode}]`, `net:[${ns.inode}]`],
    );
    // A server bound inside is reached from inside only.
    const server = ns.enter(() => net.createServer((socket) => socket.end('inside')).listen(7777));
    if (!server.listening) await once(server, 'listening');
    const sockets = ns.enter(() => readFileSync('/proc/thread-self/net/tcp6', 'utf8'));
    assert.match(sockets, /:1E61 /);
    server.close();
    const current = await Netns.current();
    assert.equal(`net:[${current.inode}]`, home);
    await current.close();
    let opening: Promise<Netlink> | undefined;
    ns.enter(() => {
      opening = Netlink.open();
    });
    const inside = (await opening) as Netlink;
    assert.equal((await inside.links.list()).length, ipJson(ns, 'link').length);
    await inside.close();
  });

  it('spawns children inside', async () => {
    const ns = await sandbox.netns();
    const child = ns.spawn('readlink', ['/proc/self/ns/net'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
    });
    await once(child, 'close');
    assert.equal(text.trim(), `net:[${ns.inode}]`);
  });

  it('refuses to be used when closed', async () => {
    const ns = await Netns.create();
    await ns.close();
    await ns.close();
    assert.throws(() => ns.enter(self), { code: 'EBADF' });
    await assert.rejects(Netlink.open({ netns: ns }), { code: 'EBADF' });
  });

  it('gets, sets and lists ids of namespaces', async () => {
    const [here, there] = [await sandbox.host('here'), await sandbox.netns('there')];
    assert.equal(await here.nl.netnsIds.get(there), undefined);
    await here.nl.netnsIds.set(there, 99);
    assert.equal(await here.nl.netnsIds.get(there.name), 99);
    await assert.rejects(here.nl.netnsIds.set(there, 98), { code: 'EEXIST' });
    assert.deepEqual(await here.nl.netnsIds.list(), [99]);
    assert.match(ip(here.ns, 'netns list-id'), /nsid 99 .*there/);
    const child = there.spawn('sleep', ['60'], { stdio: 'ignore' });
    assert.equal(await here.nl.netnsIds.get({ pid: child.pid as number }), 99);
    child.kill();
    await once(child, 'exit');
  });

  it('reads and writes sysctls inside the namespace only', async () => {
    const { ns, nl } = await sandbox.host();
    const before = readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8');
    assert.equal(await nl.sysctl.get('net.ipv4.ip_forward'), '0');
    await nl.sysctl.set('net.ipv4.ip_forward', 1);
    assert.equal(run('ip', 'netns', 'exec', ns.name, 'cat', '/proc/sys/net/ipv4/ip_forward').trim(), '1');
    assert.equal(readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8'), before);
    await nl.links.create({ kind: 'ifb', name: 'eth0.100' });
    await nl.sysctl.set('net.ipv4.conf.eth0/100.forwarding', false);
    assert.equal(await nl.sysctl.get('net/ipv4/conf/eth0.100/forwarding'), '0');
    await assert.rejects(nl.sysctl.get('net.ipv4.nope'), { code: 'ENOENT' });
    for (const key of [
      'kernel.hostname',
      'net/../kernel/hostname',
      '../net/ipv4/ip_forward',
      '',
      'net',
      'net..ipv4',
      'net/ipv4/\0',
    ]) {
      await assert.rejects(nl.sysctl.get(key), { code: 'EINVAL' }, key);
    }
    await assert.rejects(nl.sysctl.set('net.ipv4.ip_forward', 'not a number'), { code: 'EINVAL' });
    await assert.rejects(nl.sysctl.set('net.ipv4.ip_forward', {} as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(nl.sysctl.get(5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  it('leaves nothing: no descriptor, no mount, no file', async () => {
    // Others than ours may be closed meanwhile, such as a server's of a test before.
    const fds = () => readdirSync('/proc/self/fd').map((fd) => `${fd} ${target(fd)}`);
    const mounts = () => readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length;
    const there = name();
    await (await Netns.create(there)).delete();
    const before = { fds: fds(), mounts: mounts() };
    for (let i = 0; i < 50; i++) {
      const ns = await Netns.create(there);
      const nl = await Netlink.open({ netns: ns });
      await nl.links.list();
      await nl.close();
      await ns.delete();
    }
    assert.deepEqual(
      fds().filter((fd) => !before.fds.includes(fd) && !fd.endsWith(' closed')),
      [],
    );
    assert.equal(mounts(), before.mounts);
    rmSync(`/run/netns/${there}`, { force: true });
  });
});
