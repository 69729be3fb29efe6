// What composite operations stand on: requests with one answer, programs of steps, namespaces opened together with a
// lane, held ports.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { addon, type BoundPorts } from '../../lib/addon.js';
import { begin } from '../../lib/engine.js';
import { Netlink, type NetlinkError, Netns } from '../../lib/index.js';
import type { Lane } from '../../lib/lane.js';
import { addressBytes } from '../../lib/network/ip.js';
import { beginSpace, ITS_NETNS, Program, type Sample, type Space } from '../../lib/program.js';
import { ipJson, Sandbox } from '../support/sandbox.js';

const ROUTE = 0;
const NETFILTER = 12;
const TCP = 6;
const UDP = 17;
const ANY = '0.0.0.0';

/** Ranges as the addon takes them, from protocol, port, address and so on; `'8000x100'` are a hundred ports. */
function pack(...ranges: (number | string)[]): Uint8Array {
  const packed = Buffer.alloc((ranges.length / 3) * 24);
  for (let i = 0; i < ranges.length; i += 3) {
    const [port = 0, count = 1] = String(ranges[i + 1])
      .split('x')
      .map(Number);
    const address = addressBytes(String(ranges[i + 2])) as Uint8Array;
    packed.set([Number(ranges[i]), address.length === 4 ? 4 : 6], i * 8);
    packed.writeUInt16BE(port, i * 8 + 2);
    packed.writeUInt16BE(count, i * 8 + 4);
    packed.set(address, i * 8 + 8);
  }
  return new Uint8Array(packed);
}

describe('spaces: bundles, programs, lanes into namespaces, held ports', () => {
  let sandbox: Sandbox;

  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('a bundle has one answer: success of all', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    await lane.bundle([
      ['links.create', { kind: 'veth', name: 'v0', index: 77, options: { peer: { name: 'v1', index: 78 } } }],
      ['links.set', { name: 'v0', alias: 'first', mtu: 1400 }],
      ['addresses.add', { link: 77, local: '192.0.2.1/24', address: '192.0.2.1/24' }],
    ]);
    const [link] = ipJson(ns, 'addr show dev v0');
    assert.equal(link.ifalias, 'first');
    assert.equal(link.mtu, 1400);
    assert.equal(link.ifindex, 77);
    assert.equal(link.addr_info[0].local, '192.0.2.1');
    await lane.close();
    await netns.close();
  });

  it('or the first error, while what comes after it is done all the same', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    await assert.rejects(
      lane.bundle([
        ['links.set', { ref: 1, up: true }],
        ['links.set', { name: 'absent', mtu: 1400 }],
        ['routes.add', { dst: '192.0.2.0/24', gateway: '198.51.100.1', family: 'inet' }],
        ['links.set', { ref: 1, mtu: 1400 }],
      ]),
      { code: 'ENODEV', operation: 'RTM_NEWLINK' },
    );
    assert.equal(ipJson(ns, 'link show dev lo')[0].mtu, 1400);
    await lane.close();
    await netns.close();
  });

  it('sends none of it when an argument cannot be right, and stays open', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    const bundle = lane.bundle([
      ['links.set', { ref: 1, mtu: 1400 }],
      ['links.set', { ref: 1, mtu: 'much' }],
    ]);
    await assert.rejects(bundle, { code: 'ERR_INVALID_ARG_TYPE', field: 'mtu' });
    assert.equal(lane.isClosed, false);
    assert.equal(ipJson(ns, 'link show dev lo')[0].mtu, 65_536);
    await lane.close();
    await netns.close();
  });

  it('a namespace is opened with a lane into it', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    assert.equal(netns.name, ns.name);
    await lane.ack('links.create', { kind: 'veth', name: 'v0', options: { peer: { name: 'v1' } } });
    assert.equal(ipJson(ns, 'link show dev v0')[0].ifname, 'v0');
    await assert.rejects(Netns.openWithLane(ROUTE, `${ns.name}-absent`), { code: 'ENOENT' });
    await lane.close();
    await netns.close();
  });

  describe('programs', () => {
    const veth: Sample = [
      'links.create',
      { kind: 'veth', name: 'v0', options: { peer: { name: 'eth0', netns: ITS_NETNS } } },
    ];
    const up: Sample = ['links.set', { ref: 'eth0', up: true }];
    const NAME = 0;
    const makeNetns = { name: 'netns', netns: NAME, gives: false } as const;
    const descriptors = () => readdirSync('/proc/self/fd').length;
    let host: { lane: Lane; netns: Netns };
    let name: string;

    beforeEach(async () => {
      const ns = await sandbox.netns('host');
      host = await Netns.openWithLane(ROUTE, ns.name);
      name = `np-test-${process.pid}-program`;
    });
    afterEach(async () => {
      await host.lane.close();
      await host.netns.close();
      await Netns.delete(name).catch(() => {});
    });

    it('make a namespace, a link into it, and what is in there, one after the other', async () => {
      const before = descriptors();
      const program = new Program([
        makeNetns,
        { name: 'link', lane: host.lane, requests: [veth, ['links.set', { ref: 'v0', alias: 'made' }]] },
        { name: 'inside', lane: ITS_NETNS, requests: [up] },
        { name: 'sysctl', sysctl: 'net.ipv4.conf.eth0.rp_filter', netns: ITS_NETNS, value: '2' },
      ]);
      assert.equal(await program.run({ texts: name }), undefined);
      assert.equal(ipJson({ name: host.netns.name as string }, 'link show dev v0')[0].ifalias, 'made');
      assert.ok(ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      const inside = await Netlink.open({ netns: name });
      assert.equal(await inside.sysctl.get('net.ipv4.conf.eth0.rp_filter'), '2');
      await inside.close();
      assert.ok(descriptors() <= before);
    });

    it('are run as often as wanted, at the same time too, each time with other values and texts', async () => {
      const INDEX = 0x6a5b_4c3d;
      const index = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);
      const program = new Program(
        [
          {
            name: 'links',
            lane: host.lane,
            requests: [
              [
                'links.create',
                { kind: 'veth', name: '~~~~~~~~', index: INDEX, options: { peer: { name: '~~~~~~~_' } } },
              ],
              ['links.set', { ref: INDEX, alias: '<second>', mtu: 1400 }],
              ['links.addAltNames', { ref: INDEX, altNames: ['<fourth>', '~~~~~~~~-again', '<third>'] }],
            ],
          },
        ],
        {
          index: { sample: index(INDEX), at: 0 },
          name: { sample: Buffer.from('~~~~~~~~'), at: 4 },
          peer: { sample: Buffer.from('~~~~~~~_'), at: 12 },
        },
        ['<first>', '<second>', '<third>', '<fourth>'],
      );
      const aliases = ['', 'x', 'y'.repeat(254)];
      const others = aliases.map((_, i) => [`${'z'.repeat(1 + 40 * i)}${i}`, `${'w'.repeat(124 - 40 * i)}${i}`]);
      await Promise.all(
        aliases.map((alias, i) =>
          program.run({
            values: Buffer.concat([index(1000 + i), Buffer.from(`link-00${i}peer-00${i}`)]),
            texts: `unused\0${alias}\0${others[i]?.join('\0')}`,
          }),
        ),
      );
      const links = ipJson({ name: host.netns.name as string }, 'link');
      for (const [i, alias] of aliases.entries()) {
        const link = links.find(({ ifname }: { ifname: string }) => ifname === `link-00${i}`);
        assert.equal(link.ifindex, 1000 + i);
        assert.equal(link.ifalias ?? '', alias);
        assert.equal(link.mtu, 1400);
        assert.equal(link.link, `peer-00${i}`);
        assert.deepEqual(link.altnames.sort(), [`link-00${i}-again`, ...(others[i] as string[])].sort());
      }
      await assert.rejects(program.run({ values: new Uint8Array(19), texts: '\0\0\0' }), RangeError);
      await assert.rejects(program.run({ values: new Uint8Array(20), texts: '\0\0' }), RangeError);
    });

    it('send the same again for each text', async () => {
      const GROUP = 0x7a6b_5c4d;
      const program = new Program(
        [{ name: 'group', lane: host.lane, forEach: [['links.set', { name: '<name>', group: GROUP }]] }],
        { group: { sample: new Uint8Array(Uint32Array.of(GROUP).buffer), at: 0 } },
        ['<name>'],
      );
      const names = Array.from({ length: 300 }, (_, i) => `${i % 2 ? 'v' : 'other'}${i}`);
      await host.lane.bundle(
        names
          .filter((_, i) => i % 2 === 0)
          .map((name, i) => ['links.create', { kind: 'veth', name, options: { peer: { name: names[i * 2 + 1] } } }]),
      );
      const values = new Uint8Array(Uint32Array.of(77).buffer);
      await program.run({ values, texts: names.join('\0') });
      const grouped = () =>
        ipJson({ name: host.netns.name as string }, 'link').filter(({ group }: { group: string }) => group === '77');
      assert.equal(grouped().length, names.length);
      // One that is not there keeps none of the others.
      const error = await program
        .run({ values: new Uint8Array(4), texts: `absent\0${names[0]}` })
        .catch((reason) => reason);
      assert.equal(error.code, 'ENODEV');
      assert.equal(grouped().length, names.length - 1);
    });

    it('give a namespace without a name, which another takes and names', async () => {
      const before = descriptors();
      const first = new Program([{ name: 'netns', netns: 'nameless', gives: true }]);
      const space = (await first.run()) as Space;
      const second = new Program([
        { ...makeNetns, gives: true },
        { name: 'link', lane: host.lane, requests: [veth] },
        { name: 'inside', lane: ITS_NETNS, requests: [up] },
      ]);
      const netns = Netns.of((await second.run({ texts: name, space })) as Space);
      assert.equal(netns.inode, (await Netns.list()).find((one) => one.name === name)?.inode);
      assert.ok(ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      await netns.close();
      assert.ok(descriptors() <= before);
    });

    it('let go of a namespace that nobody takes', async () => {
      const before = descriptors();
      const program = new Program([{ name: 'netns', netns: 'nameless', gives: true }]);
      const space = (await program.run()) as Space;
      assert.ok(descriptors() > before);
      addon.closeSpace(space);
      assert.ok(descriptors() <= before);
    });

    it('take a namespace that has been begun before, or make one where it has been taken', async () => {
      const before = descriptors();
      const program = new Program([makeNetns, { name: 'link', lane: host.lane, requests: [veth] }]);
      const begun = beginSpace();
      await program.run({ texts: name, space: begun });
      assert.equal(ipJson({ name }, 'link show dev eth0')[0].ifname, 'eth0');
      // It has been taken: nothing is left of it to be let go of, nor for another.
      addon.closeSpace(begun);
      assert.throws(() => Netns.of(begun), TypeError);
      await Netns.delete(name);
      await new Program([makeNetns]).run({ texts: name, space: begun });
      assert.equal(ipJson({ name }, 'link show dev lo')[0].ifname, 'lo');
      assert.ok(descriptors() <= before);
    });

    it('are told where one is not begun, as there is a file of its name', async () => {
      const before = descriptors();
      const other = `${name}-there`;
      await (await Netns.create(other)).close();
      try {
        const program = new Program([makeNetns]);
        const error = await program.run({ texts: other, space: beginSpace(other) }).catch((reason: unknown) => reason);
        assert.equal((error as NetlinkError).code, 'EEXIST');
        assert.equal(program.failed(error), 'netns');
        await program.run({ texts: name, space: beginSpace(name) });
      } finally {
        await Netns.delete(other);
      }
      assert.ok(descriptors() <= before);
    });

    it('leave nothing of one that has been begun for nobody', async () => {
      const before = descriptors();
      addon.closeSpace(beginSpace());
      const failing = new Program([
        { name: 'first', lane: host.lane, requests: [['links.set', { ref: 'absent', up: true }]] },
        makeNetns,
      ]);
      await assert.rejects(failing.run({ texts: name, space: beginSpace() }), { code: 'ENODEV' });
      // Whatever is asked of the same thread comes behind it.
      await (await Netns.create()).close();
      assert.ok(descriptors() <= before);
      assert.ok(!(await Netns.list()).some((one) => one.name === name));
    });

    it('end with the step that fails, which is told, and let go of what they had opened', async () => {
      const before = descriptors();
      const program = new Program([
        { ...makeNetns, gives: true },
        {
          name: 'link',
          lane: host.lane,
          // The second part fails, the third one succeeds: the step has failed.
          requests: [veth, ['links.set', { ref: 'absent', up: true }], ['links.set', { ref: 'v0', mtu: 1400 }]],
        },
        { name: 'inside', lane: ITS_NETNS, requests: [up] },
      ]);
      const error = await program.run({ texts: name }).then(
        () => assert.fail('it succeeded'),
        (reason: unknown) => reason,
      );
      assert.equal(program.failed(error), 'link');
      assert.equal((error as NetlinkError).code, 'ENODEV');
      assert.ok(!ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      assert.ok(descriptors() <= before);
      await assert.rejects(new Program([makeNetns]).run({ texts: name }), { code: 'EEXIST' });
    });

    it('look whether ports are free before they go on', async () => {
      const ns = await sandbox.netns();
      const server = ns.enter(() => createServer().listen(8080));
      const program = new Program([{ name: 'probe', probe: ns }, makeNetns]);
      const ports = pack(TCP, 8081, ANY, TCP, 8080, ANY);
      const error = await program.run({ texts: name, ports }).catch((reason: unknown) => reason);
      server.close();
      assert.equal(program.failed(error), 'probe');
      assert.equal((error as NetlinkError).field, '1');
      assert.ok(!(await Netns.list()).some((one) => one.name === name));
    });

    it('are not begun when a value cannot be right', async () => {
      const before = descriptors();
      const wrong: Sample = ['links.set', { ref: 1, mtu: 'much' }];
      assert.throws(() => new Program([makeNetns, { name: 'link', lane: host.lane, requests: [veth, wrong] }]), {
        code: 'ERR_INVALID_ARG_TYPE',
        field: 'mtu',
      });
      const nft = await Netns.openWithLane(NETFILTER, host.netns);
      const program = new Program([{ name: 'claim', lane: nft.lane, transaction: [] }, makeNetns]);
      const messages = [{ operation: 'nft.addTable', spec: { family: 'inet', name: 1 } }];
      await assert.rejects(program.run({ texts: name, messages }), { code: 'ERR_INVALID_ARG_TYPE', field: 'name' });
      await nft.lane.close();
      await nft.netns.close();
      for (let i = 0; i < 100 && descriptors() > before; i++) await delay(10);
      assert.ok(descriptors() <= before);
      assert.ok(!(await Netns.list()).some((one) => one.name === name));
    });
  });

  describe('ports', () => {
    let server: Server | undefined;
    afterEach(() => {
      server?.close();
      server = undefined;
    });
    const bind = (netns: Netns, hold: boolean, ...ranges: (number | string)[]) =>
      begin<BoundPorts>('value', 'bind', (id) => addon.bindPorts(id, netns, hold, pack(...ranges)));

    it('are found to be taken, by which of them it is', async () => {
      const ns = await sandbox.netns();
      server = ns.enter(() => createServer().listen(8080));
      await bind(ns, false, TCP, 8081, ANY, UDP, 8080, ANY);
      await assert.rejects(bind(ns, false, TCP, 8081, ANY, TCP, 8080, ANY), { code: 'EADDRINUSE', field: '1' });
      await assert.rejects(bind(ns, false, TCP, 8080, '::'), { code: 'EADDRINUSE' });
    });

    it('are found to be taken among many, whichever family or protocol has them', async () => {
      const ns = await sandbox.netns();
      const many = (protocol: number, address: string) => [protocol, '8000x100', address];
      await bind(ns, false, ...many(TCP, ANY), ...many(UDP, ANY), ...many(TCP, '::'), ...many(UDP, '::'));
      // It serves IPv4 as well.
      server = ns.enter(() => createServer().listen(8080));
      await assert.rejects(bind(ns, false, ...many(TCP, ANY)), { code: 'EADDRINUSE', field: '80' });
      await assert.rejects(bind(ns, false, ...many(TCP, '::')), { code: 'EADDRINUSE', field: '80' });
      await bind(ns, false, ...many(UDP, ANY));
      const held = await bind(ns, true, UDP, 8070, '127.0.0.1');
      await assert.rejects(bind(ns, false, ...many(UDP, ANY)), { code: 'EADDRINUSE', field: '70' });
      // The same port of another address is free.
      await bind(ns, false, ...many(UDP, '127.0.0.2'));
      addon.letGo(held.sockets);
    });

    it('are held until they are let go', async () => {
      const ns = await sandbox.netns();
      const held = await bind(ns, true, TCP, 8080, ANY, UDP, 0, ANY);
      assert.equal(held.ports[0], 8080);
      assert.ok((held.ports[1] as number) > 0);
      await assert.rejects(bind(ns, true, TCP, 8080, ANY), { code: 'EADDRINUSE' });
      addon.letGo(held.sockets);
      const again = await bind(ns, true, TCP, 8080, ANY);
      addon.letGo(again.sockets);
    });
  });
});
