// The package as a user gets it: packed, installed in an empty directory, compiled there, imported, required, typed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the packed package', function () {
  this.timeout(600_000);
  let directory = '';

  /** Runs a program in the consumer's directory; an error shows what it wrote. */
  function run(program: string, args: string[], cwd = directory): string {
    // Compiled even where the tree has a prebuilt addon.
    const env = { ...process.env, npm_config_build_from_source: 'true' };
    return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Packs a package's directory; the tarball's path. */
  function pack(source: string): string {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
    const [packed] = JSON.parse(run('npm', args, source)) as { filename: string }[];
    assert(packed);
    return join(directory, packed.filename);
  }

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'netplumb-package-'));
    writeFileSync(join(directory, 'package.json'), '{ "name": "consumer", "private": true }\n');
    // What it depends on comes from here too, so that no registry is needed.
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    const packed = Object.keys(dependencies).map((name) => pack(join(root, 'node_modules', name)));
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...packed, pack(root)]);
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  it('brings what it needs and no more', () => {
    const installed = join(directory, 'node_modules/netplumb');
    for (const file of ['LICENSE', 'dist/index.js', 'dist/index.d.ts', 'native/sources.txt', 'binding.gyp']) {
      assert(existsSync(join(installed, file)), `${file} is missing`);
    }
    for (const file of ['test', 'bench', 'native/test', 'scripts/test.ts', 'tsconfig.json', 'node_modules']) {
      assert(!existsSync(join(installed, file)), `${file} does not belong there`);
    }
  });

  it('can be imported', () => {
    const script = "import * as netplumb from 'netplumb'; console.log(Object.keys(netplumb).length > 0)";
    assert.equal(run(process.execPath, ['--input-type=module', '-e', script]).trim(), 'true');
  });

  it('can be required, and is the same module then', () => {
    const script = "import('netplumb').then((imported) => console.log(imported === require('netplumb')))";
    assert.equal(run(process.execPath, ['--no-warnings', '-e', script]).trim(), 'true');
  });

  it('has types that a strict compiler takes, from ESM and CommonJS', () => {
    const source = "import * as netplumb from 'netplumb';\nexport type Face = typeof netplumb;\n";
    writeFileSync(join(directory, 'consumer.mts'), source);
    writeFileSync(join(directory, 'consumer.cts'), source);
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
    const libraries = ['--lib', 'es2022,esnext.disposable'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    run(join(root, 'node_modules/.bin/tsc'), [...options, ...libraries, ...types, 'consumer.mts', 'consumer.cts']);
  });
});
