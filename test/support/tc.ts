// The witness of traffic control: what `tc` shows, and the kernel's own bytes.
import { run } from './sandbox.js';

type Ns = { name: string };

/** Runs `tc -n NAME` with words. */
export function tc(ns: Ns, words: string): string {
  return run('tc', '-n', ns.name, ...words.trim().split(/\s+/));
}

/** Runs `tc -j -d -s -n NAME` with words and parses what it prints. */
// biome-ignore lint/suspicious/noExplicitAny: the witness's JSON has no types
export function tcJson(ns: Ns, words: string): any {
  const text = run('tc', '-j', '-d', '-s', '-n', ns.name, ...words.trim().split(/\s+/));
  return text.trim() === '' ? [] : JSON.parse(text);
}

// Asks the kernel for qdiscs or classes and prints, for each, its handle, kind and TCA_OPTIONS.
const DUMP = `
import json, socket, struct, sys
what, device = int(sys.argv[1]), socket.if_nametoindex(sys.argv[2])
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
s.bind((0, 0))
s.send(struct.pack('=IHHII', 36, what, 0x301, 1, 0) + struct.pack('=BxxxiIII', 0, device, 0, 0, 0))
out, done = [], False
while not done:
    data = s.recv(1 << 18)
    while data:
        size, kind = struct.unpack_from('=IH', data)
        if kind == 3 or kind == 2:
            done = True
            break
        ifindex, handle, parent = struct.unpack_from('=iII', data, 20)
        at, entry = 36, {'handle': handle, 'parent': parent, 'kind': '', 'options': None}
        while at + 4 <= size:
            length, number = struct.unpack_from('=HH', data, at)
            value = data[at + 4:at + length]
            if number & 0x3fff == 1: entry['kind'] = value.rstrip(b'\\0').decode()
            if number & 0x3fff == 2: entry['options'] = value.hex()
            at += (length + 3) & ~3
        if ifindex == device: out.append(entry)
        data = data[(size + 3) & ~3:]
print(json.dumps(out))
`;

/** A qdisc or class as the kernel tells it: numbers, and its options' bytes in hex. */
export interface RawTc {
  handle: number;
  parent: number;
  kind: string;
  options: string | null;
}

/** What the kernel tells of a link's qdiscs or classes. */
export function rawTc(ns: Ns, what: 'qdisc' | 'class', device: string): RawTc[] {
  const type = what === 'qdisc' ? '38' : '42';
  return JSON.parse(run('ip', 'netns', 'exec', ns.name, 'python3', '-c', DUMP, type, device));
}
