// The kinds of actions.
import type {
  BpfAction,
  ConnmarkAction,
  CsumAction,
  CtAction,
  CtinfoAction,
  GactAction,
  GateAction,
  IfeAction,
  MplsAction,
  SampleAction,
  SimpleAction,
  SkbeditAction,
  SkbmodAction,
  TunnelKeyAction,
  VlanAction,
} from '../../generated/objects.js';
import { type BpfProgramOptions, readProgram, writeProgram } from '../bpf.js';
import { impossible, type Wire } from '../kind.js';
import { type MirredOptions, mirred, mirredControl } from './mirred.js';
import { type NatOptions, nat } from './nat.js';
import { type PeditOptions, pedit } from './pedit.js';
import { type PoliceOptions, police } from './police.js';

/** What a kind of action does with its options. */
export interface ActionKindOf<Options> {
  /** The kernel's form of the options, but for control and index; throws for what is impossible. */
  write(options: Options, control: unknown): Wire;
  /** The caller's form of them. */
  read(wire: Wire): Options;
  /** The control if none is given, as tc has it; undefined: there must be one. */
  control(wire: Wire): string | undefined;
  /** Puts control and index among the options. */
  place(wire: Wire, fields: { control: unknown; index: number | undefined }): Wire;
  /** Gets them out again, with what the kernel counts. */
  lift(wire: Wire): Wire;
}

type Generic = 'index' | 'control' | 'refs' | 'binds' | 'times' | 'unknown';
/** A kind's own options. */
export type OwnOptions<Fields> = Omit<Fields, Generic>;

const at = {
  place: (wire: Wire, fields: object) => ({ ...wire, ...fields }),
  lift: (wire: Wire) => wire,
};

/** A kind whose options are the kernel's fields. */
function plain<Fields>(
  control: string | undefined,
  check: (options: OwnOptions<Fields>) => void = () => {},
): ActionKindOf<OwnOptions<Fields>> {
  return {
    ...at,
    write: (options) => {
      check(options);
      return options;
    },
    read: (wire) => wire,
    control: () => control,
  };
}

/** Refuses an action of several without what it needs, or with what it has no use for. */
function needs(options: object, action: string, required: readonly string[], useless: readonly string[] = []): void {
  const given = options as Record<string, unknown>;
  for (const name of required) {
    if (given[name] === undefined) {
      impossible(`options.${name}`, `The "options.${name}" field is needed for "options.action" '${action}'`);
    }
  }
  for (const name of useless) {
    if (given[name] !== undefined) {
      impossible(`options.${name}`, `The "options.${name}" field makes no sense with "options.action" '${action}'`);
    }
  }
}

function oneOf(options: { action?: unknown }, names: readonly string[]): string {
  const { action } = options;
  if (typeof action !== 'string' || !names.includes(action)) {
    impossible(
      'options.action',
      `The "options.action" field must be one of ${names.map((name) => `'${name}'`).join(', ')}. Received ${JSON.stringify(action)}`,
    );
  }
  return action;
}

/** Options of a 'gact' action. */
export type GactOptions = OwnOptions<GactAction>;
/** Options of a 'bpf' action. */
export type BpfActionOptions = Omit<OwnOptions<BpfAction>, 'program' | 'opsLen' | 'bytecode'> & BpfProgramOptions;
/** Options of an 'skbmod' action: `flags` follow from the fields. */
export type SkbmodOptions = Omit<OwnOptions<SkbmodAction>, 'flags'> & {
  /** Source and destination change places. */
  swapmac?: boolean | undefined;
  /** Packets of flows that can do it are marked as having met congestion. */
  ecn?: boolean | undefined;
};
/** Options of a 'ct' action. */
export type CtOptions = OwnOptions<CtAction>;

const skbmod: ActionKindOf<SkbmodOptions> = {
  ...at,
  control: () => 'pipe',
  write({ swapmac, ecn, ...fields }) {
    const given = fields as Record<string, unknown>;
    const flags = ['dmac', 'smac', 'etype'].filter((name) => given[name] !== undefined);
    if (swapmac) flags.push('swapmac');
    if (ecn) flags.push('ecn');
    if (flags.length === 0)
      impossible('options', 'An \'skbmod\' action needs "dmac", "smac", "etype", "swapmac" or "ecn"');
    if (ecn && flags.length > 1) impossible('options.ecn', 'The "options.ecn" field can only be alone');
    if (swapmac && flags.length > 1) impossible('options.swapmac', 'The "options.swapmac" field can only be alone');
    return { ...fields, flags };
  },
  read({ flags, ...options }) {
    if (flags?.includes('swapmac')) options.swapmac = true;
    if (flags?.includes('ecn')) options.ecn = true;
    return options;
  },
};

const ct: ActionKindOf<CtOptions> = {
  ...at,
  control: () => 'pipe',
  write(options) {
    const action = Array.isArray(options.action) ? options.action : [];
    if (typeof options.action === 'number') return options;
    const has = (name: string) => action.includes(name);
    if (has('clear') && action.length > 1)
      impossible('options.action', 'The "options.action" field \'clear\' can only be alone');
    if (has('src') && has('dst'))
      impossible('options.action', "The \"options.action\" field has 'src' and 'dst': one of them");
    if ((has('src') || has('dst')) && !has('nat')) {
      impossible('options.action', "The \"options.action\" field needs 'nat' beside 'src' or 'dst'");
    }
    if (has('force') && !has('commit'))
      impossible('options.action', "The \"options.action\" field needs 'commit' beside 'force'");
    if (options.natMin !== undefined && !(has('src') || has('dst'))) {
      impossible(
        'options.natMin',
        "The \"options.natMin\" field needs \"options.action\" with 'nat' and 'src' or 'dst'",
      );
    }
    return options;
  },
  read: (wire) => wire,
};

const bpf: ActionKindOf<BpfActionOptions> = {
  ...at,
  control: () => 'pipe',
  write(options) {
    if (options.program === undefined && options.bytecode === undefined) {
      impossible('options.program', 'A \'bpf\' action needs "options.program" or "options.bytecode"');
    }
    return writeProgram(options);
  },
  read: (wire) => readProgram(wire),
};

const mpls: ActionKindOf<OwnOptions<MplsAction>> = {
  ...plain<MplsAction>('pipe', (options) => {
    const action = oneOf(options, ['pop', 'push', 'modify', 'dec_ttl', 'mac_push']);
    if (action === 'pop') needs(options, action, ['protocol'], ['label', 'tc', 'ttl', 'bos']);
    if (action === 'push' || action === 'mac_push') needs(options, action, ['label']);
    if (action === 'modify') needs(options, action, [], ['protocol']);
    if (action === 'dec_ttl') needs(options, action, [], ['protocol', 'label', 'tc', 'ttl', 'bos']);
  }),
  // The kernel tells a protocol where it takes none.
  read: ({ protocol, ...wire }) =>
    protocol === undefined || wire.action === 'modify' || wire.action === 'dec_ttl' ? wire : { ...wire, protocol },
};

/** The options of each kind of action. */
export interface ActionOptionsByKind {
  /** tc-bpf(8) */
  bpf: BpfActionOptions;
  /** tc-connmark(8) */
  connmark: OwnOptions<ConnmarkAction>;
  /** tc-csum(8) */
  csum: OwnOptions<CsumAction>;
  /** tc-ct(8) */
  ct: CtOptions;
  /** tc-ctinfo(8) */
  ctinfo: OwnOptions<CtinfoAction>;
  /** tc-actions(8) */
  gact: GactOptions;
  /** tc-gate(8) */
  gate: OwnOptions<GateAction>;
  /** tc-ife(8) */
  ife: OwnOptions<IfeAction>;
  /** tc-mirred(8) */
  mirred: MirredOptions;
  /** tc-mpls(8) */
  mpls: OwnOptions<MplsAction>;
  /** tc-nat(8) */
  nat: NatOptions;
  /** tc-pedit(8) */
  pedit: PeditOptions;
  /** tc-police(8) */
  police: PoliceOptions;
  /** tc-sample(8) */
  sample: OwnOptions<SampleAction>;
  /** tc-simple(8) */
  simple: OwnOptions<SimpleAction>;
  /** tc-skbedit(8) */
  skbedit: OwnOptions<SkbeditAction>;
  /** tc-skbmod(8) */
  skbmod: SkbmodOptions;
  /** tc-tunnel_key(8) */
  tunnel_key: OwnOptions<TunnelKeyAction>;
  /** tc-vlan(8) */
  vlan: OwnOptions<VlanAction>;
}

function needField(name: string, kind: string): (options: object) => void {
  return (options) => {
    if ((options as Record<string, unknown>)[name] === undefined) {
      impossible(`options.${name}`, `The "options.${name}" field is needed for a '${kind}' action`);
    }
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the kind's name decides the type of its options
export const ACTION_KINDS: Record<string, ActionKindOf<any>> = {
  bpf,
  connmark: plain('pipe'),
  csum: plain<CsumAction>('ok', needField('update', 'csum')),
  ct,
  ctinfo: plain<CtinfoAction>('pipe', (options) => {
    const { dscpMask } = options;
    if (dscpMask !== undefined && !/^0*1{6,}0*$/.test((dscpMask >>> 0).toString(2))) {
      impossible('options.dscpMask', 'The "options.dscpMask" field must have at least six bits side by side');
    }
    if (dscpMask !== undefined && options.dscpStateMask !== undefined && (dscpMask & options.dscpStateMask) !== 0) {
      impossible('options.dscpStateMask', 'The "options.dscpStateMask" field has bits of "options.dscpMask"');
    }
  }),
  gact: plain(undefined),
  gate: plain<GateAction>('pipe'),
  ife: plain<IfeAction>('pipe', needField('mode', 'ife')),
  mirred: { ...at, ...mirred, control: mirredControl },
  mpls,
  nat: { ...at, ...nat, control: () => 'ok' },
  pedit,
  police: { ...at, ...police, control: () => 'reclassify' },
  sample: plain<SampleAction>('pipe', (options) => {
    needField('rate', 'sample')(options);
    needField('group', 'sample')(options);
  }),
  simple: plain<SimpleAction>('pipe', needField('sdata', 'simple')),
  skbedit: plain<SkbeditAction>('pipe', (options) => {
    const { mask, mark } = options;
    if (mask !== undefined && mark === undefined) {
      impossible('options.mask', 'The "options.mask" field needs "options.mark"');
    }
    if (Object.values(options).every((value) => value === undefined)) {
      impossible('options', 'An \'skbedit\' action needs something to set, such as "priority" or "mark"');
    }
  }),
  skbmod,
  tunnel_key: plain<TunnelKeyAction>('pipe', (options) => {
    const action = oneOf(options, ['set', 'unset']);
    if (action === 'set') needs(options, action, ['srcIp', 'dstIp']);
    else needs(options, action, [], ['srcIp', 'dstIp', 'id', 'dstPort', 'options', 'tos', 'ttl', 'nocsum']);
    const { srcIp, dstIp } = options;
    if (srcIp && dstIp && srcIp.includes(':') !== dstIp.includes(':')) {
      impossible('options.dstIp', 'The "options.dstIp" field must be of the same address family as "options.srcIp"');
    }
  }),
  vlan: plain<VlanAction>('pipe', (options) => {
    const action = oneOf(options, ['pop', 'push', 'modify', 'pop_eth', 'push_eth']);
    const tag = ['id', 'protocol', 'priority'];
    if (action === 'push' || action === 'modify') needs(options, action, ['id'], ['dstMac', 'srcMac']);
    if (action === 'push_eth') needs(options, action, ['dstMac', 'srcMac'], tag);
    if (action === 'pop' || action === 'pop_eth') needs(options, action, [], [...tag, 'dstMac', 'srcMac']);
  }),
} satisfies { [Kind in keyof ActionOptionsByKind]: ActionKindOf<ActionOptionsByKind[Kind]> };
