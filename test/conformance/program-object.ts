// A file of BPF programs, as clang would make it: put together by the assembler, which needs to know no instruction.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs by section: one that returns 0, and one that returns without a value, which the kernel does not take. */
const SOURCE = `
.section "action-ok", "ax", @progbits
.globl ok
.type ok, @function
ok: .quad 0xb7, 0x95
.size ok, .-ok
.section "action-ko", "ax", @progbits
.globl ko
.type ko, @function
ko: .quad 0x95
.size ko, .-ko
.section "license", "aw", @progbits
.asciz "GPL"
`;

const MACHINE_AT = 18;
const EM_BPF = 247;

let made: string | undefined;

/** The path of the file, made once. */
export function programObject(): string {
  if (made !== undefined) return made;
  const path = join(mkdtempSync(join(tmpdir(), 'netplumb-bpf-')), 'action-ebpf');
  execFileSync('as', ['-o', path, '-'], { input: SOURCE, env: { ...process.env, LD_PRELOAD: '' } });
  const bytes = readFileSync(path);
  bytes.writeUInt16LE(EM_BPF, MACHINE_AT);
  writeFileSync(path, bytes);
  made = path;
  return path;
}
