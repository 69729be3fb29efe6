// Types taken from expressions: described in user data, and told from there again.
import assert from 'node:assert/strict';
import type { NfSetSpec } from '../../../lib/generated/objects.js';
import { compile } from '../../../lib/nft/compile/index.js';
import { tellTypeof } from '../../../lib/nft/decompile/typeof.js';
import type { NftExpression } from '../../../lib/nft/json.js';
import { SET_USERDATA, unpack } from '../../../lib/nft/userdata.js';

describe('nft typeof', () => {
  const expressions: NftExpression[] = [
    { payload: { protocol: 'ip', field: 'saddr' } },
    { payload: { protocol: 'vlan', field: 'id' } },
    { payload: { base: 'ih', offset: 32, len: 32 } },
    { exthdr: { name: 'frag', field: 'frag-off' } },
    { 'tcp option': { name: 'maxseg', field: 'size' } },
    { 'sctp chunk': { name: 'data', field: 'ssn' } },
    { meta: { key: 'cpu' } },
    { ct: { key: 'zone' } },
    { ct: { key: 'ip saddr', dir: 'original' } },
    { rt: { key: 'nexthop', family: 'ip6' } },
    { socket: { key: 'mark' } },
    { osf: { key: 'name' } },
    { fib: { result: 'type', flags: ['daddr', 'iif'] } },
    { numgen: { mode: 'random', mod: 4, offset: 1 } },
    { symhash: { mod: 4 } },
    { ipsec: { key: 'saddr', family: 'ip', dir: 'out', spnum: 1 } },
    { concat: [{ payload: { protocol: 'tcp', field: 'doff' } }, { meta: { key: 'iifname' } }] },
  ];
  for (const expression of expressions) {
    it(JSON.stringify(expression), () => {
      const set = { family: 'inet', table: 't', name: 's', type: { typeof: expression } } as const;
      const spec: NfSetSpec = compile([{ add: { set } }])[0]?.spec ?? {};
      const description = unpack(spec.userdata ?? new Uint8Array())?.get(SET_USERDATA.keyTypeof);
      assert.deepEqual(tellTypeof(description), expression);
    });
  }

  it('tells nothing of what is no description', () => {
    assert.equal(tellTypeof(undefined), undefined);
    assert.equal(tellTypeof(Uint8Array.of(0, 4, 1)), undefined);
    assert.equal(tellTypeof(Uint8Array.of(0, 4, 99, 0, 0, 0, 1, 0)), undefined);
  });
});
