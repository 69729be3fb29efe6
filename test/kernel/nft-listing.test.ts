// Listing: rulesets that nft wrote are read as nft reads them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Netlink, Netns } from '../../lib/index.js';
import { ip, loadRuleset, nft, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** As JSON would have it, without what nft 1.0.6 leaves out: interfaces of chains. */
function asNft(objects: readonly object[]): unknown[] {
  const text = JSON.stringify(objects, (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
  const plain = JSON.parse(text) as { chain?: { dev?: unknown } }[];
  for (const { chain } of plain) delete chain?.dev;
  return plain;
}

/** nft wants the brace that ends a block of one line on a line of its own. */
const spread = (ruleset: string) =>
  ruleset.replace(/^\s*(?:chain|table|counter \w+ \{|synproxy).*?((?: \})+)$/gm, (line, ends: string) => {
    return `${line.slice(0, -ends.length)}${ends.replaceAll(' }', '\n}')}\n`;
  });

describe('nft: listing', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  const load = (ruleset: string, ...options: string[]) =>
    loadRuleset(ns, options.includes('-j') ? ruleset : spread(ruleset), ...options);

  const witness = (...words: string[]) => (JSON.parse(nft(ns, '-j', ...words)) as { nftables: object[] }).nftables;

  async function assertSame(): Promise<void> {
    const { nftables } = await nl.nft.list();
    const expected = witness('list', 'ruleset');
    // Object by object: a difference is easier to see.
    const told = asNft(nftables);
    const steady = (object: unknown) =>
      JSON.parse(JSON.stringify(object ?? null).replace(/"expires":\d+/g, '"expires":0'));
    expected.forEach((object, i) => {
      assert.deepEqual(steady(told[i]), steady(object));
    });
    assert.equal(told.length, expected.length);
  }

  /** What is saved can be put back: then nft shows, in its own words, what it had been told. */
  async function assertRestores(): Promise<void> {
    const show = () => nft(ns, 'list', 'ruleset').replace(/ expires [\dhms]+/g, '');
    const steady = (listing: object) => JSON.stringify(listing).replace(/"expires":\d+/g, '"expires":0');
    const before = show();
    const saved = await nl.nft.save();
    await nl.nft.restore(saved);
    assert.equal(show(), before);
    assert.equal(steady(await nl.nft.save()), steady(saved));
    await nl.nft.restore(JSON.parse(JSON.stringify(saved)), { flush: true });
    assert.equal(show(), before);
  }

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    ip(ns, 'link set lo up');
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('an empty ruleset', async () => {
    await assertSame();
    assert.equal((await nl.nft.list()).nftables.length, 1);
  });

  it("a router's nat", async () => {
    load(`
      table ip nat {
        map ports {
          type inet_proto . inet_service : ipv4_addr . inet_service
          elements = { tcp . 8080 : 10.0.0.2 . 80, udp . 53 : 10.0.0.3 . 5353 }
        }
        map hosts { type ipv4_addr : ipv4_addr; elements = { 192.0.2.7 : 10.0.0.7 } }
        chain pre {
          type nat hook prerouting priority dstnat
          fib daddr type local dnat ip to meta l4proto . th dport map @ports
          dnat to ip daddr map @hosts
          iifname "wan0" tcp dport { 80, 443 } dnat to 10.0.0.8
          iifname "wan*" udp dport 1000-2000 dnat to 10.0.0.9:3000-3100 persistent
          tcp dport 22 redirect to :2222
        }
        chain post {
          type nat hook postrouting priority srcnat
          ip saddr 10.0.0.0/24 oifname != "br0" counter masquerade
          ip saddr 10.0.1.0/24 snat to 192.0.2.10-192.0.2.20 random
          ip saddr 10.0.2.0/24 masquerade random,persistent
          snat ip prefix to ip saddr map { 10.1.0.0/24 : 192.0.3.0/24 }
        }
      }
      table ip6 nat6 {
        chain post {
          type nat hook postrouting priority srcnat
          ip6 saddr fd00::/64 snat to 2001:db8::1
          ip6 saddr fd01::/64 tcp dport 80 masquerade to :1024-2048
        }
      }`);
    await assertSame();
    await assertRestores();
  });

  it('a firewall', async () => {
    load(`
      table inet filter {
        set blocked { type ipv4_addr; flags interval; auto-merge; elements = { 198.51.100.0/24, 203.0.113.5-203.0.113.9 } }
        set seen { type ipv4_addr; flags dynamic, timeout; timeout 1m; size 1000; }
        map services { type inet_service : verdict; elements = { 22 : jump ssh, 80 : accept, 443 : accept } }
        chain ssh { ct state new limit rate 10/minute burst 5 packets accept comment "not too many" }
        chain in {
          type filter hook input priority filter; policy drop
          ct state vmap { established : accept, related : accept, invalid : drop }
          iif lo accept
          ip saddr @blocked counter drop
          ip protocol icmp icmp type { echo-request, destination-unreachable } limit rate 5/second accept
          icmpv6 type { nd-neighbor-solicit, nd-router-advert, nd-neighbor-advert } accept
          meta l4proto { tcp, udp } th dport 53 accept
          tcp dport vmap @services
          tcp flags & (fin | syn | rst | ack) == syn add @seen { ip saddr }
          meta mark and 0xff == 0x10 ct mark set meta mark or 0x100
          ip dscp { cs1, ef } ip ttl set 64
          meta nfproto ipv6 tcp dport 22 reject with tcp reset
          udp dport 33434-33534 reject
          log prefix "in: " level info flags ip options
        }
        chain out {
          type filter hook output priority mangle
          oifname . ip daddr { "eth0" . 192.0.2.1, "eth1" . 192.0.2.2 } accept
          ip daddr . tcp dport { 192.0.2.0/24 . 80-90, 192.0.3.1 . 443 } drop
          tcp option maxseg size set rt mtu
          meta skuid 0-99 ct label 3 counter
        }
      }`);
    await assertSame();
    await assertRestores();
  });

  it('sets and maps of every sort', async () => {
    load(`
      table ip t {
        chain c { }
        set a { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 1-5 comment "one", 1.1.1.1 . 6 } }
        set b { type ifname; flags interval; elements = { "eth*", "lo" } }
        set d { type mark; flags interval; elements = { 1-3, 8-15, 100 } }
        set e { type ipv4_addr . inet_service; elements = { 1.1.1.1 . 22 } }
        set g { type ipv4_addr; flags timeout; gc-interval 1h; elements = { 1.1.1.1 timeout 1h comment "x y" } }
        set h { type ct_state; elements = { new, established } }
        set i { type inet_service; flags interval; elements = { 0-10, 65000-65535 } }
        set j { type ipv4_addr; counter; elements = { 1.1.1.1 counter packets 3 bytes 4 } }
        set k { type ipv4_addr; flags constant; policy memory; elements = { 1.1.1.1 } }
        set l { type ether_addr; elements = { 00:11:22:33:44:55 } }
        set m { type time; elements = { 1m, 1h } }
        map n { type ipv4_addr : verdict; elements = { 1.1.1.1 : jump c, * : drop } }
        map o { type ipv4_addr : interval ipv4_addr; flags interval; elements = { 10.0.0.0/8 : 1.1.1.1-1.1.1.9 } }
        map p { type ifname . inet_proto : mark; elements = { "eth0" . tcp : 5 } }
      }
      table ip6 t6 {
        set a { type ipv6_addr; flags interval; elements = { fe80::/10, 2001:db8::1-2001:db8::5, ::1 } }
        map b { type ipv6_addr : ipv6_addr . inet_service; elements = { ::1 : ::2 . 80 } }
      }`);
    await assertSame();
    await assertRestores();
  });

  it('a set of an expression without a type of its own', async () => {
    load(`
      table ip t {
        set f { typeof ether saddr . vlan id; elements = { 00:11:22:33:44:55 . 5 } }
      }`);
    await assertSame();
    await assertRestores();
  });

  it('named objects', async function () {
    load(`
      table inet t {
        counter c { comment "counts"
          packets 3 bytes 4
        }
        quota q { over 10 mbytes used 3 bytes
        }
        limit l { rate over 10 kbytes/second burst 2 kbytes
        }
        ct helper h { type "ftp" protocol tcp; l3proto ip; }
        ct expectation e { protocol udp; dport 33; timeout 1m; size 12; l3proto ip; }
        ct timeout o { protocol tcp; l3proto ip; policy = { established: 100, close: 4 }
        }
        map m { type inet_service : counter; elements = { 80 : "c" } }
        chain x { counter name "c" quota name "q" limit name "l"
          ct helper set "h"
          counter name tcp dport map { 80 : "c", 81 : "c" }
        }
      }`);
    await assertSame();
    await assertRestores();
    try {
      load('table inet s { synproxy p { mss 1460; wscale 7; timestamp sack-perm } }');
    } catch {
      skipBecause(this, 'the kernel has no synproxy');
    }
    await assertSame();
  });

  it('bridges, and interfaces themselves', async function () {
    ip(ns, 'link set lo up');
    load(`
      table bridge b {
        chain c {
          type filter hook prerouting priority dstnat
          ether saddr 00:11:22:33:44:55 ip daddr 192.0.2.1 accept
          vlan id 5 vlan pcp 1-3 ip saddr 10.0.0.0/8 drop
          ether type 8021ad vlan id 1 counter
          arp operation request arp saddr ip 192.0.2.1 drop
          ip6 nexthdr icmpv6 icmpv6 type echo-request accept
        }
      }
      table arp a { chain c { type filter hook input priority filter; arp daddr ip 192.0.2.1 counter } }`);
    await assertSame();
    await assertRestores();
    try {
      load('table netdev n { chain c { type filter hook ingress device lo priority 0; tcp dport 5 drop } }');
    } catch {
      skipBecause(this, 'the kernel has no ingress hook');
    }
    await assertSame();
    const { nftables } = await nl.nft.list({ family: 'netdev', table: 'n', chain: 'c' });
    assert.equal((nftables[1] as { chain: { dev?: unknown } }).chain.dev, 'lo');
  });

  it('what is asked for only', async () => {
    load(`
      table ip a {
        set s { type ipv4_addr; elements = { 1.1.1.1 } }
        map m { type ipv4_addr : mark; elements = { 1.1.1.1 : 1 } }
        counter n { packets 0 bytes 0 }
        chain c { ip saddr { 1.1.1.1, 2.2.2.2 } ip daddr @s counter name "n" }
        chain d { accept }
      }
      table ip6 b { chain c { } }`);
    const told = async (...args: Parameters<Netlink['nft']['list']>) => asNft((await nl.nft.list(...args)).nftables);
    assert.deepEqual(await told({ family: 'ip', table: 'a' }), witness('list', 'table', 'ip', 'a'));
    assert.deepEqual(await told({ family: 'ip', table: 'a', chain: 'c' }), witness('list', 'chain', 'ip', 'a', 'c'));
    assert.deepEqual(await told({ family: 'ip', table: 'a', set: 's' }), witness('list', 'set', 'ip', 'a', 's'));
    assert.deepEqual(await told({ family: 'ip', table: 'a', set: 'm' }), witness('list', 'map', 'ip', 'a', 'm'));
    assert.deepEqual(await told({ types: ['table'] }), witness('list', 'tables'));
    assert.deepEqual(await told({ types: ['set'] }), witness('list', 'sets'));
    assert.deepEqual(await told({ types: ['counter'] }), witness('list', 'counters'));
    assert.deepEqual(await told({ family: 'ip6' }), witness('list', 'ruleset', 'ip6'));
    assert.deepEqual(await told({}, { terse: true }), witness('-t', 'list', 'ruleset'));
    assert.deepEqual(await told({}, { stateless: true }), witness('-s', 'list', 'ruleset'));
    assert.deepEqual(await told({}, { numericProtocols: true }), witness('-p', 'list', 'ruleset'));
    await assert.rejects(nl.nft.list({ family: 'ip', table: 'none' }), { code: 'ENOENT' });
    await assert.rejects(nl.nft.list({ family: 'ip', table: 'a', set: 'none' }), { code: 'ENOENT' });
    await assert.rejects(nl.nft.list({ table: 'a' }), { code: 'ERR_INVALID_ARG_VALUE', field: 'table' });
    await assert.rejects(nl.nft.list({ types: ['sets' as 'set'] }), {
      code: 'ERR_INVALID_ARG_VALUE',
      field: 'types[0]',
    });
    await assert.rejects(nl.nft.list({ kind: 1 } as object), { code: 'ERR_INVALID_ARG_VALUE', field: 'kind' });
  });

  it('rules of iptables are told as what they are', async function () {
    try {
      execFileSync('ip', ['netns', 'exec', ns.name, 'iptables-nft', '-A', 'INPUT', '-m', 'comment', '--comment', 'x'], {
        stdio: 'ignore',
      });
    } catch {
      skipBecause(this, 'there is no iptables-nft');
    }
    const { nftables } = await nl.nft.list();
    const rule = nftables.find((object) => 'rule' in object) as { rule: { expr: object[] } };
    assert.deepEqual(rule.rule.expr[0], { xt: { type: 'match', name: 'comment' } });
    await assert.rejects(nl.nft.save(), { code: 'ERR_NFT_NOT_RESTORABLE' });
  });

  it('ten thousand elements', async () => {
    const elements = Array.from({ length: 10_000 }, (_, i) => `10.0.${i >> 8}.${i & 255} . ${i % 65535}`);
    load(`table ip t { set s { type ipv4_addr . inet_service; elements = { ${elements.join(', ')} } } }\n`);
    await assertSame();
  });

  it('sets whose hash tables are being resized, every element once', async () => {
    const elements = (round: number, count: number) =>
      Array.from({ length: count }, (_, i) => `10.${round}.${i >> 8}.${i & 255}`);
    load('table ip t { set s { type ipv4_addr; } }');
    for (let round = 1; round <= 8; round++) {
      const elem = elements(round, 1500 * round);
      await nl.nft.apply([{ add: { element: { family: 'ip', table: 't', name: 's', elem } } }]);
      const lists = await Promise.all(Array.from({ length: 4 }, () => nl.nft.list({ family: 'ip', table: 't' })));
      for (const { nftables } of lists) {
        const set = nftables.flatMap((one) => ('set' in one ? one.set : []))[0];
        const told = [set?.elem ?? []].flat();
        assert.deepEqual([told.length, new Set(told).size], [elem.length, elem.length]);
      }
      await nl.nft.apply([{ flush: { set: { family: 'ip', table: 't', name: 's' } } }]);
    }
  });

  it('a saved ruleset is one that nft reads', async () => {
    load(`
      table ip t {
        map v { type inet_service : verdict; elements = { 22 : jump c } }
        set s { type ipv4_addr; flags dynamic, timeout; size 100; elements = { 1.1.1.1 timeout 1h } }
        counter n { packets 3 bytes 4
        }
        chain c { counter name "n"
 update @s { ip saddr limit rate 3/second }
 accept comment "a comment"
 }
        chain in { type filter hook input priority filter; policy drop; tcp dport vmap @v; }
      }`);
    const before = await nl.nft.save();
    nft(ns, 'flush', 'ruleset');
    load(JSON.stringify(before), '-j');
    const steady = (listing: object) => JSON.stringify(listing).replace(/"expires":\d+/g, '"expires":0');
    assert.equal(steady(await nl.nft.save()), steady(before));
  });
});
