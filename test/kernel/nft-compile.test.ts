// What the compiler makes of nft's own JSON, beside what nft makes of its own language: the same expressions, sets and
// elements in the kernel, and the same words in nft's list.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Netlink } from '../../lib/index.js';
import type { NftCommand, NftFamily, NftRuleset } from '../../lib/nft/json.js';
import type { RawRuleset } from '../../lib/nft/raw.js';
import { nft, Sandbox } from '../support/sandbox.js';

const RULES: Partial<Record<NftFamily, string>> = {
  inet: `
    tcp dport 22 accept
    tcp dport { 22, 80-90, 443 } accept
    udp sport != 53 drop
    ip saddr 10.0.0.0/8 ip daddr != 192.0.2.0/25 counter
    ip saddr { 10.0.0.0/8, 192.0.2.1-192.0.2.9 } drop
    ip6 saddr fe80::/10 ip6 daddr { ::1, fc00::/7 } accept
    ip daddr . tcp dport { 192.0.2.1 . 80, 192.0.2.2 . 443 } accept
    ip daddr . tcp dport { 10.0.0.0/8 . 80-90, 192.0.2.1 . 443 } accept
    ip saddr vmap { 10.0.0.0/8 : jump other, 192.0.2.1 : drop, * : continue }
    iifname . oifname vmap { "lo" . "eth0" : accept, "eth1" . "eth2" : return }
    iifname "veth*" oifname != "br0" accept
    iifname { "lo", "veth*" } accept
    ct state established,related accept
    ct state vmap { established : accept, related : accept, invalid : drop }
    ct status dnat accept
    ct mark & 0xff == 5 counter
    ct mark set ct mark | 0x10
    ct original ip daddr 192.0.2.1 accept
    ct expiration 1m-1h
    ct bytes > 100000
    meta mark 0x10-0x20 accept
    meta mark set tcp dport map { 80 : 1, 443 : 2, 8000-8999 : 3 }
    meta mark set meta mark << 4
    meta priority set "1:2"
    meta length 100-200
    meta l4proto { tcp, udp } th dport 53 accept
    meta skuid 1000-2000
    meta hour "10:00"-"12:00"
    meta day { "Monday", "Friday" }
    fib daddr type local accept
    fib saddr . iif oif missing drop
    icmp type { echo-request, echo-reply } accept
    icmp id 5
    icmpv6 type nd-neighbor-solicit accept
    ip dscp { cs1, cs2 } counter
    ip dscp vmap { cs1 : accept, cs2 - cs4 : drop }
    ip6 flowlabel 1-5
    ip ttl set 5
    ip dscp set cs3
    ip6 hoplimit set 9
    tcp flags & (syn | ack) == syn
    tcp flags syn
    tcp sport 1 tcp dport 2 ip saddr 192.0.2.1
    tcp option maxseg size set rt mtu
    tcp option sack-perm exists
    frag more-fragments 1
    exthdr hbh exists
    sctp chunk init num-inbound-streams 5
    vlan id 5 counter
    ether saddr 02:00:00:00:00:01 accept
    @th,16,16 80
    @nh,12,4 3
    jhash ip saddr . tcp dport mod 10 seed 0x5 == 3
    numgen inc mod 10 vmap { 0-4 : accept, 5-9 : drop }
    symhash mod 4 offset 1 == 2
    limit rate 10/second burst 20 packets accept
    limit rate over 1 mbytes/second drop
    quota over 1 mbytes drop
    ct count over 10 drop
    log prefix "hello: " level info flags skuid
    log group 5 snaplen 64 queue-threshold 10
    counter packets 3 bytes 100 accept
    reject with icmpx admin-prohibited
    reject with tcp reset
    tcp dport 80 dnat ip to 10.0.0.2:8080
    dnat ip to ip daddr . tcp dport map { 192.0.2.1 . 80 : 10.0.0.2 . 8080 }
    dnat ip to meta l4proto . th dport map { tcp . 80 : 10.0.0.2 . 8080, udp . 53 : 10.0.0.3 . 5353 }
    dnat ip to ip protocol . th dport map { tcp . 80 : 10.0.0.2 . 8080 }
    dnat ip prefix to ip daddr map { 192.0.2.0/24 : 10.0.0.0/24 }
    rt ipsec exists
    socket transparent 1
    osf name "Linux"
    ipsec in reqid 5`,
  bridge: `
    ip saddr 192.0.2.1
    ether daddr 02:00:00:00:00:01 ether saddr 02:00:00:00:00:02
    vlan id 5 vlan pcp 3 ip saddr 10.0.0.0/8
    ether saddr . vlan id { 02:00:00:00:00:01 . 5 }
    arp operation request arp saddr ip 192.0.2.1
    ip option rr ptr 5
    icmp type echo-request
    tcp dport 22 counter`,
};

/** Rules of one chain each, as their texts are. */
const rulesOf = (family: NftFamily) =>
  (RULES[family] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the kernel has, without handles. */
function shown(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const all = value.map((each) => shown(each));
    return key === 'flags' || key === 'elements' ? all.map((each) => JSON.stringify(each)).sort() : all;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
  const left = Object.entries(value).filter(([name]) => name !== 'handle');
  return Object.fromEntries(left.map(([name, each]) => [name, shown(each, name)]));
}

function essence({ rules, sets, elements }: RawRuleset) {
  return {
    rules: rules.map(({ chain, expressions }) => shown({ chain, expressions })),
    sets: sets.map((set) => shown(set)),
    elements: elements.map((each) => shown(each)),
  };
}

describe('nft compile, beside nft', () => {
  let sandbox: Sandbox;
  let nl: Netlink;
  let ns: { name: string };
  let directory: string;

  before(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    directory = mkdtempSync(join(tmpdir(), 'netplumb-nft-'));
  });
  after(async () => {
    rmSync(directory, { recursive: true });
    await sandbox[Symbol.asyncDispose]();
  });

  function load(text: string): void {
    const file = join(directory, 'rules');
    writeFileSync(file, text);
    nft(ns, '-f', file);
  }

  for (const family of ['inet', 'bridge'] as const) {
    it(`makes the same of rules of family ${family}`, async () => {
      const chains = rulesOf(family).map((rule, i) => `chain c${i} { ${rule}; }`);
      load(`flush ruleset\ntable ${family} t { chain other { }\n ${chains.join('\n ')}\n}\n`);
      const theirs = (await nl.nft.read()).ruleset;
      const text = nft(ns, '-s', 'list', 'ruleset');
      const { nftables }: NftRuleset = JSON.parse(nft(ns, '-j', 'list', 'ruleset'));
      await nl.nft.apply([{ flush: { ruleset: null } }, ...nftables] as NftCommand[]);
      const ours = (await nl.nft.read()).ruleset;
      assert.equal(nft(ns, '-s', 'list', 'ruleset'), text);
      assert.deepEqual(essence(ours), essence(theirs));
    });
  }

  it('declares sets and maps as nft does, and fills them', async () => {
    load(`flush ruleset
      table inet t {
        comment "a table"
        set a { type ipv4_addr; comment "addresses"; size 100; elements = { 192.0.2.1 comment "one", 192.0.2.2 } }
        set b { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 80-90 } }
        set c { type inet_service; flags interval; auto-merge; elements = { 1-5, 10-20, 65000-65535 } }
        set e { type ifname; flags timeout; timeout 1m; gc-interval 5s; }
        set f { type ipv6_addr; flags dynamic,timeout; size 1000; counter; }
        map g { type inet_proto . inet_service : ipv4_addr . inet_service; elements = { tcp . 80 : 10.0.0.2 . 8080 } }
        map h { type ipv4_addr : verdict; flags interval; elements = { 10.0.0.0/8 : accept, 192.0.2.1 : jump c } }
        map i { type ipv4_addr : mark; elements = { 192.0.2.1 : 5 } }
        counter n { }
        map j { type ipv4_addr : counter; elements = { 192.0.2.1 : "n" } }
        chain c { }
      }
    `);
    const theirs = (await nl.nft.read()).ruleset;
    const text = nft(ns, '-s', 'list', 'ruleset');
    const saved = await nl.nft.save();
    await nl.nft.apply([{ flush: { ruleset: null } }, ...saved.nftables] as NftCommand[]);
    const ours = (await nl.nft.read()).ruleset;
    assert.equal(nft(ns, '-s', 'list', 'ruleset'), text);
    assert.deepEqual(essence(ours).elements, essence(theirs).elements);
  });

  it('takes types from expressions', async () => {
    const at = { family: 'inet', table: 't', name: 's' } as const;
    const key = [{ payload: { protocol: 'ip', field: 'saddr' } }, { payload: { protocol: 'vlan', field: 'id' } }];
    await nl.nft.apply([
      { flush: { ruleset: null } },
      { add: { table: { family: 'inet', name: 't' } } },
      { add: { set: { ...at, type: { typeof: { concat: key } }, elem: [{ concat: ['192.0.2.1', 5] }] } } },
    ]);
    // Types are known from the kernel as well.
    await nl.nft.apply([{ add: { element: { ...at, elem: [{ concat: ['192.0.2.2', 4095] }] } } }]);
    const text = nft(ns, 'list', 'set', 'inet', 't', 's');
    assert.match(text, /typeof ip saddr \. vlan id/);
    assert.match(text, /192\.0\.2\.1 \. 5/);
    assert.match(text, /192\.0\.2\.2 \. 4095/);
    // What is saved says them too.
    await nl.nft.restore(await nl.nft.save(), { flush: true });
    assert.equal(nft(ns, 'list', 'set', 'inet', 't', 's'), text);
  });

  it('joins and cuts intervals of sets that merge them', async () => {
    const at = { family: 'ip', table: 't', name: 's' } as const;
    await nl.nft.apply([
      { flush: { ruleset: null } },
      { add: { table: { family: 'ip', name: 't' } } },
      { add: { set: { ...at, type: 'inet_service', flags: ['interval'], 'auto-merge': true } } },
      { add: { element: { ...at, elem: [{ range: [10, 20] }] } } },
    ]);
    const elements = () => /elements = \{ (.*) \}/.exec(nft(ns, 'list', 'set', 'ip', 't', 's'))?.[1];
    await nl.nft.apply([{ add: { element: { ...at, elem: [{ range: [15, 30] }, 31, { range: [40, 65535] }] } } }]);
    assert.equal(elements(), '10-31, 40-65535');
    await nl.nft.apply([{ delete: { element: { ...at, elem: [{ range: [12, 14] }, 65535] } } }]);
    assert.equal(elements(), '10-11, 15-31, 40-65534');
    await nl.nft.apply([{ add: { element: { ...at, elem: [{ range: [12, 39] }] } } }]);
    assert.equal(elements(), '10-65534');
    await assert.rejects(nl.nft.apply([{ delete: { element: { ...at, elem: [5] } } }]), { code: 'ENOENT' });
  });
});
