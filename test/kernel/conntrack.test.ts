// Connection tracking, with the `conntrack` program and real packets as witnesses.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ConntrackEntry, ConntrackEntrySpec, Netlink, Netns } from '../../lib/index.js';
import { ip, run, Sandbox } from '../support/sandbox.js';

type Named = Netns & { name: string };

const inside = (ns: Named, ...words: string[]) => run('ip', 'netns', 'exec', ns.name, ...words);
const conntrack = (ns: Named, words: string) => inside(ns, 'conntrack', ...words.split(' '));

/** What `conntrack -L -o extended,id` prints, without timeouts and references, which change. */
function witnessed(ns: Named, family: 'ipv4' | 'ipv6' = 'ipv4'): string[] {
  return conntrack(ns, `-L -f ${family} -o extended,id,labels`)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .split(/\s+/)
        .filter((word) => !/^\d+$|^use=|^delta-time/.test(word))
        .join(' '),
    )
    .sort();
}

/** An entry as that program would print it. */
function printed(entry: ConntrackEntry): string {
  const tuple = (direction: 'original' | 'reply') => {
    const { src, dst, protocol, sport, dport, icmpType, icmpCode, icmpId } = entry[direction] ?? {};
    const counters = entry[`${direction}Counters`];
    return [
      `src=${src}`,
      `dst=${dst}`,
      ...(['tcp', 'udp', 'sctp', 'dccp', 'udplite'].includes(String(protocol))
        ? [`sport=${sport}`, `dport=${dport}`]
        : []),
      ...(icmpType === undefined ? [] : [`type=${icmpType}`, `code=${icmpCode}`, `id=${icmpId}`]),
      ...(counters ? [`packets=${counters.packets}`, `bytes=${counters.bytes}`] : []),
    ];
  };
  const { tcp, sctp } = entry.protoInfo ?? {};
  const state = tcp?.state ?? sctp?.state;
  const has = (flag: string) => entry.status?.includes(flag);
  return [
    entry.family === 'ip6' ? 'ipv6' : 'ipv4',
    entry.original?.protocol,
    ...(state === undefined ? [] : [String(state).replace(/[A-Z]/g, '_$&').toUpperCase()]),
    ...tuple('original'),
    ...(has('seenReply') ? [] : ['[UNREPLIED]']),
    ...tuple('reply'),
    ...(has('assured') ? ['[ASSURED]'] : []),
    `mark=${entry.mark ?? 0}`,
    ...(entry.zone === undefined ? [] : [`zone=${entry.zone}`]),
    ...(entry.labels === undefined ? [] : [`labels=${label(entry.labels)}`]),
    `id=${entry.id}`,
  ].join(' ');
}

function label(labels: Uint8Array): string {
  return `0x${Buffer.from(labels).reverse().toString('hex').replace(/^0+/, '')}`;
}

/** Both tuples of a connection that nobody translates. */
function connection(from: string, to: string, protocol: 'tcp' | 'udp' | 'sctp', sport: number, dport: number) {
  return {
    original: { src: from, dst: to, protocol, sport, dport },
    reply: { src: to, dst: from, protocol, sport: dport, dport: sport },
    timeout: 60_000,
  } satisfies ConntrackEntrySpec;
}

const ECHO = `require('dgram').createSocket('udp4').on('message', function (data, from) { this.send(data, from.port, from.address); })
  .bind(Number(process.argv[1]), '0.0.0.0', () => console.log('ready'))`;

/** Starts Node in a namespace and waits until it says that it is ready. */
async function serve(ns: Named, script: string, ...args: string[]): Promise<ChildProcess> {
  const child = ns.spawn(process.execPath, ['-e', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  return child;
}

describe('conntrack', () => {
  let sandbox: Sandbox;
  let ns: Named;
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host('ct'));
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  /** A dozen entries of all sorts. */
  async function populate(): Promise<void> {
    const specs: ConntrackEntrySpec[] = [
      ...Array.from({ length: 4 }, (_, i) => ({
        ...connection('10.0.0.1', `10.0.1.${i}`, 'udp', 1000 + i, 53),
        mark: i,
      })),
      { ...connection('10.0.0.1', '10.0.1.1', 'tcp', 2000, 80), zone: 7, protoInfo: { tcp: { state: 'established' } } },
      { ...connection('10.0.0.2', '10.0.1.1', 'tcp', 2001, 443), status: ['seenReply', 'assured'] },
      {
        ...connection('10.0.0.2', '10.0.1.1', 'sctp', 2002, 53),
        protoInfo: { sctp: { state: 'established', vtagOriginal: 1, vtagReply: 2 } },
      },
      { ...connection('fd00::1', 'fd00::2', 'udp', 1000, 53), mark: 0x80000000 },
      { ...connection('fd00::1', 'fd00::3', 'tcp', 1000, 80) },
      {
        original: { src: '10.0.0.1', dst: '10.0.1.9', protocol: 'icmp', icmpType: 8, icmpCode: 0, icmpId: 77 },
        reply: { src: '10.0.1.9', dst: '10.0.0.1', protocol: 'icmp', icmpType: 0, icmpCode: 0, icmpId: 77 },
        timeout: 60_000,
      },
    ];
    await Promise.all(
      specs.map((spec) => nl.conntrack.add({ ...spec, status: ['confirmed', ...((spec.status as string[]) ?? [])] })),
    );
  }

  it('lists what the program lists, of both families', async () => {
    await populate();
    conntrack(ns, '-I -p tcp -s 192.0.2.1 -d 192.0.2.2 --sport 5 --dport 6 -t 100 --state SYN_SENT -m 12');
    const entries = await nl.conntrack.list();
    assert.equal(entries.length, 11);
    const ours = (family: string) =>
      entries
        .filter((entry) => entry.family === family)
        .map(printed)
        .sort();
    assert.deepEqual(ours('ip'), witnessed(ns));
    assert.deepEqual(ours('ip6'), witnessed(ns, 'ipv6'));
    assert.equal(await nl.conntrack.count(), 11);
    assert.ok(entries.every(({ timeout }) => timeout !== undefined && timeout > 50_000 && timeout <= 100_000));
  });

  it('filters by family, tuples, prefixes, mark, status and zone', async () => {
    await populate();
    const cases: [Parameters<Netlink['conntrack']['list']>[0], number][] = [
      [{}, 10],
      [{ family: 'ip6' }, 2],
      [{ original: { protocol: 'udp', dport: 53 } }, 5],
      [{ original: { protocol: 17, dport: 53 } }, 5],
      [{ family: 'ip', original: { protocol: 'udp', dport: 53 } }, 4],
      [{ original: { protocol: 'udp', dport: 53, dst: '10.0.1.2' } }, 1],
      [{ original: { protocol: 'udp', dport: 53, dst: 'FD00:0::2' } }, 1],
      [{ original: { protocol: 'sctp', dport: 53 } }, 1],
      [{ original: { protocol: 'sctp', dport: 54 } }, 0],
      [{ original: { dport: 53 } }, 6],
      [{ original: { src: '10.0.0.0/31' } }, 6],
      [{ original: { src: '10.0.0.0/30', dst: '10.0.1.0/31' } }, 5],
      [{ original: { dst: 'fd00::/64' } }, 2],
      [{ reply: { src: '10.0.1.1' } }, 4],
      [{ reply: { src: '10.0.1.1', protocol: 'tcp', sport: 443 } }, 1],
      [{ original: { protocol: 'icmp', icmpId: 77, icmpType: 8 } }, 1],
      [{ original: { protocol: 'icmp', icmpId: 78 } }, 0],
      [{ mark: 3 }, 1],
      [{ mark: 0 }, 6],
      [{ mark: 2, markMask: 2 }, 2],
      [{ mark: 0x80000000, markMask: 0x80000000 }, 1],
      [{ zone: 7 }, 1],
      [{ zone: 0 }, 9],
      [{ status: ['assured'] }, 1],
      [{ status: ['confirmed', 'seenReply'], withoutStatus: ['dying'] }, 1],
      [{ withoutStatus: ['seenReply'] }, 9],
      [{ zone: 0, mark: 0, original: { protocol: 'tcp' } }, 2],
    ];
    for (const [filter, expected] of cases) {
      assert.equal((await nl.conntrack.list(filter)).length, expected, JSON.stringify(filter));
      assert.equal(await nl.conntrack.count(filter), expected, JSON.stringify(filter));
    }
  });

  it('deletes what a filter describes and tells how many those were', async () => {
    await populate();
    assert.equal(await nl.conntrack.delete({ original: { protocol: 'udp', dport: 53, dst: '10.0.1.2' } }), 1);
    assert.equal(await nl.conntrack.delete({ original: { protocol: 'udp', dport: 53 } }), 4);
    assert.equal(await nl.conntrack.delete({ original: { protocol: 'udp', dport: 53 } }), 0);
    assert.equal(await nl.conntrack.delete({ original: { protocol: 'sctp', dport: 53 } }), 1);
    assert.equal(await nl.conntrack.delete({ zone: 7 }), 1);
    assert.equal(witnessed(ns).length + witnessed(ns, 'ipv6').length, 3);
    for (const filter of [{}, { mark: undefined }]) {
      await assert.rejects(nl.conntrack.delete(filter), { code: 'ERR_INVALID_ARG_VALUE', field: 'filter' });
    }
    await nl.conntrack.flush({ family: 'ip6' });
    assert.deepEqual([witnessed(ns).length, witnessed(ns, 'ipv6').length], [2, 0]);
    await nl.conntrack.flush();
    assert.equal(await nl.conntrack.count(), 0);
  });

  it('deletes one entry by its tuple, and by its id where that is given', async () => {
    const spec = connection('10.0.0.1', '10.0.0.2', 'udp', 5000, 53);
    await nl.conntrack.add(spec);
    const [entry] = await nl.conntrack.list();
    assert.ok(entry?.id !== undefined);
    assert.equal(await nl.conntrack.deleteEntries([{ ...entry, id: (entry.id ^ 1) >>> 0 }]), 0);
    assert.equal(await nl.conntrack.deleteEntries([entry]), 1);
    await nl.conntrack.add(spec);
    assert.equal(await nl.conntrack.deleteEntries([{ original: spec.original }, { original: spec.original }]), 1);
  });

  it('deletes 4,000 entries of 5,000', async () => {
    const add = (count: number, dport: number) =>
      Promise.all(
        Array.from({ length: count }, (_, i) =>
          nl.conntrack.add(connection(`10.${i >> 14}.0.1`, '10.9.0.2', 'udp', 1000 + (i & 0x3fff), dport)),
        ),
      );
    await add(4_000, 53);
    await add(1_000, 54);
    assert.equal(await nl.conntrack.count(), 5_000);
    assert.equal(await nl.conntrack.delete({ original: { protocol: 'udp', dport: 53 } }), 4_000);
    assert.equal(await nl.conntrack.count(), 1_000);
    assert.equal((await nl.conntrack.list()).length, 1_000);
  });

  it('makes, reads and changes entries: translation, mark, timeout, status, labels', async () => {
    await nl.conntrack.add({
      original: { src: '10.0.0.1', dst: '192.0.2.1', protocol: 'udp', sport: 4000, dport: 53 },
      reply: { src: '192.0.2.1', dst: '10.0.0.1', protocol: 'udp', sport: 53, dport: 4000 },
      natDst: { min: '10.5.0.5', portMin: 5353 },
      timeout: 30_000,
      mark: 0x11,
    });
    const [made] = await nl.conntrack.list();
    assert.ok(made);
    assert.deepEqual([made.reply?.src, made.reply?.sport], ['10.5.0.5', 5353]);
    assert.ok(made.status?.includes('dstNat'));
    await assert.rejects(nl.conntrack.add({ ...connection('10.0.0.1', '192.0.2.1', 'udp', 4000, 53) }), {
      code: 'EEXIST',
    });

    await nl.conntrack.set(made, { mark: 0x22, markMask: 0xf0, timeout: 500_000, status: ['seenReply', 'assured'] });
    const changed = await nl.conntrack.get({ original: made.original });
    assert.equal(changed.mark, 0x21);
    assert.ok(changed.timeout && changed.timeout > 490_000);
    assert.ok(changed.status?.includes('assured'));
    assert.deepEqual([printed(changed)], witnessed(ns));
    assert.equal((await nl.conntrack.get({ reply: changed.reply })).id, made.id);

    const absent = { original: { src: '10.0.0.9', dst: '10.0.0.8', protocol: 'udp', sport: 1, dport: 2 } } as const;
    await assert.rejects(nl.conntrack.get(absent), { code: 'ENOENT', operation: 'IPCTNL_MSG_CT_GET' });
    await assert.rejects(nl.conntrack.set(absent, { mark: 1 }), { code: 'ENOENT' });
    assert.equal(await nl.conntrack.deleteEntries([absent]), 0);
  });

  it('refuses what cannot be right', async () => {
    const refused: [object, string, string][] = [
      [{ original: { sport: 70_000 } }, 'ERR_OUT_OF_RANGE', 'original.sport'],
      [{ original: { src: '10.0.0.1', dst: 'fd00::1' } }, 'ERR_INVALID_ARG_VALUE', 'original.dst'],
      [{ original: { src: '10.0.0' } }, 'ERR_INVALID_ARG_VALUE', 'original.src'],
      [{ original: { src: '10.0.0.0/33' } }, 'ERR_INVALID_ARG_VALUE', 'original.src'],
      [{ original: { src: '10.0.0.0/8/8' } }, 'ERR_INVALID_ARG_VALUE', 'original.src'],
      [{ original: { port: 53 } }, 'ERR_INVALID_ARG_VALUE', 'original.port'],
      [{ original: 5 }, 'ERR_INVALID_ARG_TYPE', 'original'],
      [{ family: 'inet', mark: 'x' }, 'ERR_INVALID_ARG_TYPE', 'mark'],
      [{ status: ['asured'] }, 'ERR_INVALID_ARG_VALUE', 'status[0]'],
      [{ dport: 53 }, 'ERR_INVALID_ARG_VALUE', 'dport'],
    ];
    for (const [filter, code, field] of refused) {
      await assert.rejects(nl.conntrack.list(filter), { code, field }, JSON.stringify(filter));
    }
    await assert.rejects(nl.conntrack.get({ zone: 1 }), { code: 'ERR_INVALID_ARG_VALUE', field: 'ref' });
  });

  it('tells how full the table is and what has been counted', async () => {
    await populate();
    const stats = await nl.conntrack.stats();
    assert.equal(stats.entries, 10);
    assert.equal(stats.maxEntries, Number(await nl.sysctl.get('net.netfilter.nf_conntrack_max')));
    const lines = conntrack(ns, '-S').trim().split('\n');
    const theirs = lines.map((line) => Number(/insert=(\d+)/.exec(line)?.[1]));
    assert.deepEqual(
      stats.cpus.map(({ insert }) => insert),
      theirs,
    );
    assert.deepEqual(
      stats.cpus.map(({ cpu }) => cpu),
      theirs.map((_, i) => i),
    );
    assert.equal(stats.expectationCpus.length, theirs.length);
  });

  it('tells events: new, update, delete; and first what is there', async () => {
    await nl.conntrack.add(connection('10.0.0.1', '10.0.0.2', 'udp', 1, 53));
    const monitor = nl.monitor(['conntrack'], { initial: true });
    const next = async () => (await monitor.next()).value;
    const listed = await next();
    assert.ok(listed?.type === 'conntrack' && listed.isListed);
    assert.equal((await next())?.type, 'synced');
    const deleted = nl.monitor(['conntrack'], { actions: ['delete'] });
    await deleted.ready;
    conntrack(ns, '-I -p udp -s 10.0.0.1 -d 10.0.0.2 --sport 2 --dport 53 -t 60');
    conntrack(ns, '-U -p udp -s 10.0.0.1 -d 10.0.0.2 --sport 2 --dport 53 -m 9');
    conntrack(ns, '-D -p udp -s 10.0.0.1 -d 10.0.0.2 --sport 2 --dport 53');
    const told = [await next(), await next(), await next()];
    assert.deepEqual(
      told.map(
        (event) => event?.type === 'conntrack' && [event.action, event.object.original?.sport, event.object.mark],
      ),
      [
        ['new', 2, 0],
        ['update', 2, 9],
        ['delete', 2, 9],
      ],
    );
    const only = (await deleted.next()).value;
    assert.ok(only?.type === 'conntrack' && only.action === 'delete');
    await Promise.all([monitor.close(), deleted.close()]);
  });

  it('tells connections and ports in one stream, each from its own protocol, synced once', async () => {
    const monitor = nl.monitor(['conntrack', 'link', 'expectation'], { initial: true });
    const types: string[] = [];
    for (;;) {
      const event = (await monitor.next()).value;
      types.push(event?.type ?? 'end');
      if (event?.type === 'synced') break;
    }
    // Links of modules may be there beside lo.
    assert.deepEqual([...new Set(types)], ['link', 'synced']);
    ip(ns, 'link set lo up');
    assert.equal((await monitor.next()).value?.type, 'link');
    await nl.conntrack.add(connection('10.0.0.1', '10.0.0.2', 'udp', 1, 53));
    assert.equal((await monitor.next()).value?.type, 'conntrack');
    await monitor.close();
  });

  it('lists what helpers expect', async () => {
    inside(ns, 'nft', 'add table ip t');
    conntrack(
      ns,
      '-I -p tcp -s 10.0.0.1 -d 10.0.0.2 --sport 3000 --dport 21 -t 1000 --state ESTABLISHED -u ASSURED,SEEN_REPLY',
    );
    const [ftp] = await nl.conntrack.list();
    assert.ok(ftp?.original);
    const created = (() => {
      try {
        conntrack(
          ns,
          '-I expect -t 100 --tuple-src 10.0.0.2 --tuple-dst 10.0.0.1 -p tcp -s 10.0.0.1 -d 10.0.0.2 --sport 3000 --dport 21 --tuple-port-src 20 --tuple-port-dst 4000 --mask-src 255.255.255.255 --mask-dst 255.255.255.255',
        );
        return true;
      } catch {
        return false;
      }
    })();
    const expected = await nl.conntrack.expectations();
    // Kernels and programs differ in whether they take expectations without a helper.
    assert.equal(expected.length, created ? 1 : 0);
    if (created) {
      assert.deepEqual([expected[0]?.master?.dport, expected[0]?.tuple?.dport], [21, 4000]);
    }
  });

  it('removes the entries of UDP traffic that went before a port was published', async () => {
    const [client, server] = [await sandbox.netns('client'), await sandbox.netns('server')];
    for (const [i, end] of [client, server].entries()) {
      ip(ns, `link add v${i} type veth peer name eth0 netns ${end.name}`);
      ip(ns, `addr add 10.${i}.0.1/24 dev v${i}`);
      ip(ns, `link set v${i} up`);
      ip(end, `addr add 10.${i}.0.2/24 dev eth0`);
      ip(end, 'link set eth0 up');
      ip(end, `route add default via 10.${i}.0.1`);
    }
    await nl.sysctl.set('net.ipv4.ip_forward', '1');
    await nl.sysctl.set('net.netfilter.nf_conntrack_acct', '1');
    const nft = (text: string) => inside(ns, 'nft', text);
    // Without a rule that needs it nothing is tracked.
    nft('add table ip t; add chain ip t pre { type nat hook prerouting priority dstnat; }');
    nft('add rule ip t pre udp dport 9 dnat to 10.1.0.2');
    const echo = await serve(server, ECHO, '5353');
    // One socket that sends for ever, as resolvers and tunnels do; it prints each answer.
    const script = `const socket = require('dgram').createSocket('udp4'); socket.on('message', (data) => console.log('answer'));
      socket.bind(4000, () => { console.log('sending'); setInterval(() => socket.send('x', 53, '10.0.0.1'), 20); })`;
    const sender = spawn('ip', ['netns', 'exec', client.name, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let answers = 0;
      sender.stdout.on('data', (data) => {
        answers += String(data).split('answer').length - 1;
      });
      await once(sender.stdout, 'data');
      const published = { original: { protocol: 'udp', dport: 53, dst: '10.0.0.1' } } as const;
      while ((await nl.conntrack.count(published)) === 0);
      nft('add rule ip t pre udp dport 53 dnat to 10.1.0.2:5353');
      // The flow is an old one: no rule of nat sees it again.
      const [stale] = await nl.conntrack.list(published);
      assert.ok(stale?.reply?.src === '10.0.0.1' && answers === 0);
      assert.equal(await nl.conntrack.delete(published), 1);
      while (answers === 0) await once(sender.stdout, 'data');
      const [fresh] = await nl.conntrack.list({ ...published, status: ['dstNat', 'seenReply'] });
      assert.deepEqual([fresh?.reply?.src, fresh?.reply?.sport], ['10.1.0.2', 5353]);
      assert.ok((fresh?.replyCounters?.packets ?? 0n) > 0n);
      assert.match(conntrack(ns, '-L -p udp'), /src=10\.1\.0\.2 dst=10\.0\.0\.2 sport=5353/);
    } finally {
      sender.kill();
      echo.kill();
    }
  });
});
