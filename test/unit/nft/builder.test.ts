// The builder makes JSON that the compiler takes.
import assert from 'node:assert/strict';
import type { NfRuleSpec } from '../../../lib/generated/objects.js';
import { nft } from '../../../lib/index.js';
import { compile } from '../../../lib/nft/compile/index.js';

const { accept, anyOf, back, concat, counter, ct, dnatTo, drop, fib, goto, ip, ip6, jump, limit, log, map } = nft;
const { masquerade, match, meta, named, notrack, prefix, range, redirect, reject, rule, set, snatTo, tcp, th, vmap } =
  nft;

const chain = { family: 'inet', table: 'nat', chain: 'prerouting' } as const;

describe('nft builder', () => {
  it('makes libnftables’ JSON', () => {
    assert.deepEqual(match(tcp.dport, 22), {
      match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 22 },
    });
    assert.deepEqual(match(ct('state'), 'in', ['established', 'related']), {
      match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] },
    });
    assert.deepEqual(dnatTo('10.0.0.2', { port: 8080 }), { dnat: { addr: '10.0.0.2', family: 'ip', port: 8080 } });
    assert.deepEqual(snatTo(range('fd00::1', 'fd00::9'), { flags: ['persistent'] }), {
      snat: { addr: { range: ['fd00::1', 'fd00::9'] }, family: 'ip6', flags: ['persistent'] },
    });
    assert.deepEqual(masquerade(), { masquerade: null });
    assert.deepEqual(redirect({ port: 80 }), { redirect: { port: 80 } });
    assert.deepEqual(vmap(tcp.dport, 'ports'), {
      vmap: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: '@ports' },
    });
    assert.deepEqual(prefix('10.0.0.0/8'), { prefix: { addr: '10.0.0.0', len: 8 } });
    assert.deepEqual(rule(chain, accept()), { rule: { ...chain, expr: [{ accept: null }] } });
  });

  it('makes what compiles', () => {
    const published = map(concat(ip.daddr, tcp.dport), [[concat('192.0.2.1', 80), concat('10.0.0.2', 8080)]]);
    const rules = [
      rule(
        chain,
        match(meta('iifname'), '!=', 'br0'),
        match(tcp.dport, anyOf(80, range(8000, 8999))),
        counter(),
        accept(),
      ),
      rule(
        chain,
        match(fib('type', 'daddr'), 'local'),
        match(meta('l4proto'), 'tcp'),
        dnatTo(published, { family: 'ip' }),
      ),
      rule(chain, match(ip.saddr, prefix('10.0.0.0/8')), match(ip.daddr, '!=', '10.0.0.0/8'), masquerade()),
      rule(chain, match(ip6.daddr, 'fd00::2'), dnatTo('fd00::3')),
      rule(chain, match(meta('l4proto'), anyOf('tcp', 'udp')), match(th.dport, 53), redirect({ port: 5353 })),
      rule(
        chain,
        vmap(ct('state'), [
          ['established', accept()],
          ['invalid', drop()],
          ['new', jump('new')],
        ]),
      ),
      rule(
        chain,
        limit(1, { per: 'minute', burst: 3 }),
        log({ prefix: 'dropped: ' }),
        reject('icmpx', 'admin-prohibited'),
      ),
      rule(chain, set(meta('mark'), { '|': [ct('mark'), 1] }), notrack(), back()),
      rule(chain, match(tcp.dport, named('ports')), goto('other')),
    ];
    const commands = [
      { add: { set: { family: 'inet', table: 'nat', name: 'ports', type: 'inet_service' } } } as const,
      ...rules.map((add) => ({ add })),
    ];
    const messages = compile(commands).filter(({ operation }) => operation === 'nft.addRule');
    assert.equal(messages.length, rules.length);
    for (const { spec } of messages) assert.ok(((spec as NfRuleSpec).expressions ?? []).length > 0);
  });
});
