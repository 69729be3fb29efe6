// Names that stand for numbers on this machine: interfaces by what was read of them, users and groups by the system's files.
import { readFileSync } from 'node:fs';
import type { Names } from './datatypes.js';

/** Name and number in the lines of a file such as /etc/passwd. */
function readNumbers(path: string): Map<string, number> {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // A system without such a file knows numbers only.
  }
  return new Map(
    text.split('\n').flatMap((line) => {
      const [name = '', , number = ''] = line.split(':');
      return /^\d+$/.test(number) ? [[name, Number(number)] as const] : [];
    }),
  );
}

/** The machine's names, with those of interfaces given. Files are read when one of their names is asked for. */
export function machineNames(links: readonly { name: string; index: number }[]): Names {
  const indices = new Map(links.map(({ name, index }) => [name, index]));
  const names = new Map(links.map(({ name, index }) => [index, name]));
  let users: Map<string, number> | undefined;
  let groups: Map<string, number> | undefined;
  return {
    linkIndex: (name) => indices.get(name),
    linkName: (index) => names.get(index),
    user: (name) => {
      users ??= readNumbers('/etc/passwd');
      return users.get(name);
    },
    group: (name) => {
      groups ??= readNumbers('/etc/group');
      return groups.get(name);
    },
  };
}
