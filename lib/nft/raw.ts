// The ruleset in netlink form: what the kernel's dumps tell, before it is read into the JSON schema.
import type { NfChain, NfElements, NfFlowtable, NfObject, NfRule, NfSet, NfTable } from '../generated/objects.js';

/** What was read of one generation of the ruleset, each kind in the kernel's order. */
export interface RawRuleset {
  tables: NfTable[];
  chains: NfChain[];
  rules: NfRule[];
  /** Anonymous sets too. */
  sets: NfSet[];
  /** Of each set that was read, in the order of `sets`, one entry with all of its elements. */
  elements: NfElements[];
  objects: NfObject[];
  flowtables: NfFlowtable[];
}

/** A ruleset with nothing in it. */
export function emptyRuleset(): RawRuleset {
  return { tables: [], chains: [], rules: [], sets: [], elements: [], objects: [], flowtables: [] };
}
