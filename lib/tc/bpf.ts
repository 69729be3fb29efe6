// BPF programs of filters and actions.
import { argumentError } from '../errors.js';
import type { BpfInstruction } from '../generated/objects.js';
import { impossible, type Wire } from './kind.js';

/** Where a program comes from: one of the first two. */
export interface BpfProgramOptions {
  /** A loaded program: its descriptor, which must stay open until the request is answered, or where it is pinned. */
  program?: { fd: number } | { path: string } | undefined;
  /** A classic program: instructions, or as `tcpdump -ddd` prints them, with commas: `'1,6 0 0 65535'`. */
  bytecode?: BpfInstruction[] | string | undefined;
}

const MAX_INSTRUCTIONS = 4096;

function parseBytecode(text: string): BpfInstruction[] {
  const refuse = (): never =>
    impossible(
      'options.bytecode',
      'The "options.bytecode" field must be a count and as many instructions: \'1,6 0 0 65535\'',
    );
  const [count, ...lines] = text
    .trim()
    .replace(/,$/, '')
    .split(/\s*[,\n]\s*/);
  const instructions = lines.map((line) => {
    const numbers = line.split(/\s+/).map(Number);
    if (numbers.length !== 4 || !numbers.every(Number.isInteger)) return refuse();
    const [code = 0, jt = 0, jf = 0, k = 0] = numbers;
    return { code, jt, jf, k };
  });
  if (Number(count) !== instructions.length) return refuse();
  return instructions;
}

/** The kernel's form of a program. */
export function writeProgram(options: BpfProgramOptions & object): Wire {
  const { program, bytecode, ...wire }: BpfProgramOptions & Wire = options;
  if (program !== undefined && bytecode !== undefined) {
    impossible(
      'options.bytecode',
      'The "options.bytecode" field cannot be with "options.program": there is one program',
    );
  }
  if (program !== undefined) wire.program = program;
  if (bytecode !== undefined) {
    const instructions = typeof bytecode === 'string' ? parseBytecode(bytecode) : bytecode;
    if (!Array.isArray(instructions)) {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        'options.bytecode',
        'The "options.bytecode" field must be an array or a string',
      );
    }
    if (instructions.length < 1 || instructions.length > MAX_INSTRUCTIONS) {
      throw argumentError(
        'ERR_OUT_OF_RANGE',
        'options.bytecode',
        `The "options.bytecode" field must have 1 to ${MAX_INSTRUCTIONS} instructions. Received ${instructions.length}`,
      );
    }
    wire.bytecode = instructions;
    wire.opsLen = instructions.length;
  }
  return wire;
}

/** The caller's form. The program itself is told by id and tag. */
export function readProgram(wire: Wire): Wire {
  const { opsLen: _, ...options } = wire;
  return options;
}
