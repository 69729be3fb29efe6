// The package as a user gets it: packed, installed in an empty directory, compiled there, imported, required, typed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the packed package', function () {
  this.timeout(600_000);
  let directory = '';
  let installed = '';

  /** Runs a program in the consumer's directory; an error shows what it wrote. */
  function run(program: string, args: string[], cwd = directory, variables: Record<string, string> = {}): string {
    const env = { ...process.env, ...variables };
    return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs the package's own script, which npm would have run when it installed it. */
  const install = (variables: Record<string, string>) =>
    run('npm', ['rebuild', '--offline', '--foreground-scripts', 'netplumb'], directory, variables);

  /** Gives the installed files that are byte for byte the tree's their times in the tree; how many those are. */
  function dateAsTree(): number {
    let count = 0;
    for (const entry of readdirSync(installed, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const own = join(root, relative(installed, file));
      if (!existsSync(own) || !readFileSync(own).equals(readFileSync(file))) continue;
      const { atime, mtime } = statSync(own);
      utimesSync(file, atime, mtime);
      count++;
    }
    return count;
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
    const options = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    run('npm', ['install', ...options, ...packed, pack(root)]);
    installed = join(directory, 'node_modules/netplumb');
    // Where npm puts it for whoever depends on another version: compilers are called as in the tree then.
    mkdirSync(join(installed, 'node_modules'));
    renameSync(join(directory, 'node_modules/node-addon-api'), join(installed, 'node_modules/node-addon-api'));
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  it('brings what it needs and no more', () => {
    for (const file of ['LICENSE', 'dist/index.js', 'dist/index.d.ts', 'native/sources.txt', 'binding.gyp']) {
      assert(existsSync(join(installed, file)), `${file} is missing`);
    }
    for (const file of ['test', 'bench', 'native/test', 'scripts/test.ts', 'tsconfig.json', 'build']) {
      assert(!existsSync(join(installed, file)), `${file} does not belong there`);
    }
  });

  // What make finds compiled from the same files by the same commands it need not compile again: the tree's objects are
  // put in after everything has been configured. They name all that they were compiled from. What of it is missing in
  // the package, or is another, has make call the compiler.
  it('is compiled from its own files', () => {
    assert(dateAsTree() > 200);
    const make = join(directory, 'make.sh');
    const objects = `cp -a "${root}/build/Release" build/ && rm build/Release/netplumb.node build/Release/obj.target/netplumb.node`;
    writeFileSync(make, `#!/bin/sh\n${objects}\nexec make "$@"\n`, { mode: 0o755 });
    const told = install({ npm_config_build_from_source: 'true', MAKE: make });
    assert.match(told, /SOLINK_MODULE.*netplumb\.node/);
    assert(existsSync(join(installed, 'build/Release/netplumb.node')));
  });

  it('is not compiled where it has been for this machine', () => {
    const built = join(installed, 'build/Release/netplumb.node');
    const prebuilds = join(installed, 'prebuilds', `${process.platform}-${process.arch}`);
    mkdirSync(prebuilds, { recursive: true });
    copyFileSync(built, join(prebuilds, 'netplumb.node'));
    rmSync(join(installed, 'build'), { recursive: true });
    install({ MAKE: 'false' });
    assert(!existsSync(built));
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
