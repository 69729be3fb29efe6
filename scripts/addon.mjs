// Compiles the addon by binding.gyp, with Node's headers from this machine where they lie beside the node binary.
//
//   install    uses a prebuilt addon that loads, else compiles (what npm runs on installation)
//   build      compiles what has changed
//   prebuilds  makes the prebuilt addon that goes into the package
//
// It is plain JavaScript, and needs no development dependency, because it runs on users' machines.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** The directory above include/node of this very Node version, or undefined: then node-gyp downloads the headers. */
function nodeDirectory() {
  const prefix = resolve(dirname(process.execPath), '..');
  try {
    const header = readFileSync(join(prefix, 'include/node/node_version.h'), 'utf8');
    const part = (name) => header.match(new RegExp(`#define NODE_${name}_VERSION (\\d+)`))?.[1];
    return `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === process.version ? prefix : undefined;
  } catch {
    return undefined;
  }
}

const commands = {
  install: () => [require.resolve('node-gyp-build/bin.js')],
  build: () => [require.resolve('node-gyp/bin/node-gyp.js'), 'configure', 'build', '--loglevel=warn'],
  prebuilds: () => [require.resolve('prebuildify/bin.js'), '--napi', '--strip', '--tag-libc'],
};

const command = commands[process.argv[2]];
if (command === undefined) {
  console.error(`usage: node scripts/addon.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
const env = { JOBS: 'max', ...process.env };
const nodedir = nodeDirectory();
if (nodedir !== undefined) env.npm_config_nodedir ??= nodedir;
const { status, error } = spawnSync(process.execPath, command(), { cwd: root, env, stdio: 'inherit' });
if (error) throw error;
process.exit(status ?? 1);
