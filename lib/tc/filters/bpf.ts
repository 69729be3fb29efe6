// The bpf filter: a program, loaded or classic.
import type { BpfFilter } from '../../generated/objects.js';
import { type BpfProgramOptions, readProgram, writeProgram } from '../bpf.js';
import type { Wire } from '../kind.js';
import { type FilterKind, readCommon, type WithCommon, writeCommon } from './common.js';

/** Options of a 'bpf' filter (tc-bpf(8)). */
export type BpfOptions = Omit<WithCommon<BpfFilter>, 'program' | 'opsLen' | 'bytecode' | 'programFlags'> &
  BpfProgramOptions & {
    /** The program returns an action's control, not whether the packet matches. */
    directAction?: boolean | undefined;
  };

export const bpf: FilterKind<BpfOptions> = {
  write(options: BpfOptions): Wire {
    const { directAction, ...rest } = writeProgram(options) as Wire;
    if (directAction) rest.programFlags = ['directAction'];
    return writeCommon(rest);
  },
  read(wire: Wire): BpfOptions {
    const { programFlags, ...rest } = readProgram(wire);
    if (programFlags?.includes('directAction')) rest.directAction = true;
    return readCommon(rest) as BpfOptions;
  },
};
