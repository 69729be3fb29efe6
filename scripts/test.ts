// `npm test`: builds and checks everything, stage by stage, and counts. `tsx scripts/test.ts lint unit` runs the stages
// named only. The last line says `N passed, N failed, N skipped`; the exit status is 0 only where nothing failed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, root, run, Turn } from './run.js';
import { ensureTools, type Tool } from './tools.js';

/** What came out of a stage. */
interface Outcome {
  passed: number;
  /** What failed, and why. */
  failed: string[];
  /** What was skipped, and why. */
  skipped: [what: string, reason: string][];
}

interface Stage {
  name: string;
  title: string;
  tools: Tool[];
  /** A stage without which this one makes no sense. */
  after?: string;
  /** Whether it runs beside the others where there is more than one processor, after those of its kind before it. */
  beside?: boolean;
  run(): Promise<Outcome>;
}

const bin = (name: string) => join(root, 'node_modules/.bin', name);
const node = process.execPath;
const sanitized = join(root, 'build-asan');
const kernelSpec = 'test/kernel/**/*.test.ts';
const conformanceSpec = 'test/conformance/**/*.test.ts';

/** What is about rates, or about what processes agree on, and has nothing done by the addon that other tests have not. */
const notSanitized = [
  'cgroups',
  'demo',
  'network-bandwidth',
  'network-capacity',
  'network-churn',
  'network-crash',
  'network-holders',
  'network-ports',
  'network-shared',
  'nft-traffic',
].flatMap((name) => ['--ignore', `test/kernel/${name}.test.ts`]);

/** Longer than any stage takes, in milliseconds: what has not ended by then hangs. */
const HANGS_AFTER = 900_000;
const kernelTools: Tool[] = ['ip', 'tc', 'nft', 'conntrack', 'unshare', 'sysctl', 'crun', 'ping', 'python3'];
const guestTools: Tool[] = ['qemu-system-x86_64', 'busybox', 'modprobe'];
const parallel = { CMAKE_BUILD_PARALLEL_LEVEL: String(availableParallelism()) };
const sanitizerOptions = {
  // Node itself frees little at its end. What the addon leaks is measured by tests of its own.
  ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=1:strict_string_checks=1',
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
};

const stages: Stage[] = [
  {
    name: 'build',
    title: 'build: the addon by node-gyp, lib/ by tsc',
    tools: ['g++', 'make', 'python3'],
    run: () =>
      checks({
        'build:native': [node, 'scripts/addon.mjs', 'build'],
        'build:ts': ['npm', 'run', '--silent', 'build:ts'],
      }),
  },
  {
    name: 'lint',
    title: 'lint: format, style and static analysis',
    tools: ['cppcheck'],
    run: () =>
      checks({
        biome: [bin('biome'), 'check', '--error-on-warnings'],
        'clang-format': [bin('clang-format'), '--glob=native/**/*.{cpp,h}', '--dry-run', '-Werror'],
        cppcheck: ['cppcheck', ...cppcheckOptions, 'native'],
        tsc: [bin('tsc'), '-p', 'tsconfig.check.json'],
      }),
  },
  {
    name: 'generated',
    title: 'generated: the TypeScript types are those of the attribute tables',
    tools: [],
    after: 'build',
    run: () => checks({ generate: ['npm', 'run', '--silent', 'generate', '--', '--check'] }),
  },
  {
    name: 'unit',
    title: 'unit: tests without privilege',
    tools: [],
    after: 'build',
    run: () => mocha('test/unit/**/*.test.ts'),
  },
  {
    name: 'kernel',
    title: 'kernel: tests against the kernel, in a network namespace of their own',
    tools: kernelTools,
    after: 'build',
    run: () => kernelTests(kernelSpec),
  },
  {
    name: 'conformance',
    title: 'conformance: cases that are not part of the project, from the folder that NETPLUMB_CONFORMANCE names',
    tools: kernelTools,
    after: 'build',
    run: async () =>
      process.env.NETPLUMB_CONFORMANCE === undefined
        ? { passed: 0, failed: [], skipped: [['all cases', 'NETPLUMB_CONFORMANCE is not set']] }
        : kernelTests(conformanceSpec),
  },
  {
    name: 'package',
    title: 'package: the packed package, installed elsewhere',
    tools: [],
    after: 'build',
    run: () => mocha('test/package/**/*.test.ts'),
  },
  {
    name: 'sanitized',
    title: 'sanitized: everything again by cmake-js, with AddressSanitizer and UndefinedBehaviorSanitizer',
    tools: ['g++', 'make', 'cmake', '/usr/include/doctest/doctest.h'],
    after: 'build',
    beside: true,
    run: () => checks({ 'build:asan': ['nice', '-n', '19', 'npm', 'run', '--silent', 'build:asan'] }, parallel),
  },
  {
    name: 'native',
    title: 'native: unit tests in C++, sanitized',
    tools: [],
    after: 'sanitized',
    beside: true,
    run: nativeTests,
  },
  {
    name: 'kernel-sanitized',
    title: 'kernel-sanitized: the same with the sanitized addon, but for what is about rates or between processes',
    tools: kernelTools,
    after: 'sanitized',
    beside: true,
    run: () =>
      kernelTests([kernelSpec, ...notSanitized], {
        NETPLUMB_ADDON: join(sanitized, 'netplumb.node'),
        LD_PRELOAD: ['libasan.so', 'libubsan.so', 'libstdc++.so.6'].map(compilerLibrary).join(' '),
        ...sanitizerOptions,
      }),
  },
  {
    name: 'vm',
    title: 'vm: the tests against the kernel, under a full Debian kernel in QEMU',
    tools: kernelTools,
    after: 'build',
    run: fullKernelTests,
  },
  {
    name: 'lanes',
    title: 'lanes: what this kernel lacks has been tried under the full one, and the other way round',
    tools: [],
    run: compareLanes,
  },
];

const cppcheckOptions = [
  '--quiet',
  '--error-exitcode=1',
  '--std=c++20',
  '--language=c++',
  '--library=posix',
  '--enable=warning,performance,portability',
  '--inline-suppr',
  // Without all headers of the system it knows some types by name only, and says so.
  '--suppress=missingIncludeSystem',
  '-I',
  'native',
  `-j${availableParallelism()}`,
];

/** Runs commands that pass or fail as a whole. */
async function checks(commands: Record<string, string[]>, env: Record<string, string> = {}): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: [], skipped: [] };
  for (const [name, command] of Object.entries(commands)) {
    const ended = await run(command, { env, timeout: 1_200_000 });
    if (ended.status === 0) outcome.passed++;
    else outcome.failed.push(`${name}: ${ended.how}`);
    Turn.show(`${ended.status === 0 ? 'passed' : 'FAILED'}: ${name}\n`);
  }
  return outcome;
}

/** Runs the doctest program and reads its summary. */
async function nativeTests(): Promise<Outcome> {
  const options = { ...sanitizerOptions, ASAN_OPTIONS: 'detect_leaks=1:detect_stack_use_after_return=1' };
  const program = ['env', ...assignments(options), join(sanitized, 'netplumb_unit'), '--no-colors=true'];
  const lack = hasRtnetlink ? undefined : await guestLack();
  if (lack !== undefined) return { passed: 0, failed: [], skipped: [['all tests', lack]] };
  const ended = await run(hasRtnetlink ? program : [...guest(), ...program]);
  const summary = ended.output.match(/test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped/);
  const [passed = 0, failed = 0, skipped = 0] = summary?.slice(2).map(Number) ?? [];
  const failures = [...ended.output.matchAll(/^TEST CASE: {2}(.*)/gm)].map((match) => match[1] ?? '');
  return {
    passed,
    failed:
      ended.status === 0 || failed > 0
        ? Array.from({ length: failed }, (_, i) => [...new Set(failures)][i] ?? 'see above')
        : [`the program: ${ended.how}`],
    skipped: Array.from({ length: skipped }, () => ['a test case', 'it has doctest::skip()']),
  };
}

/** The arguments by which env sets variables. */
const assignments = (env: Record<string, string>) => Object.entries(env).map(([key, value]) => `${key}=${value}`);

/** The program that runs another one in the guest, for as long as there is time; it can write to the directory. */
function guest(directory?: string): string[] {
  return ['scripts/vm.sh', '-t', String(guestSeconds()), ...(directory === undefined ? [] : ['-o', directory])];
}

/** How long the guest may run: NETPLUMB_DEADLINE, in seconds since 1970, is when all has to be done. */
function guestSeconds(): number {
  const most = isGuestWanted ? 3600 : 1500;
  const deadline = Number(process.env.NETPLUMB_DEADLINE);
  return deadline > 0 ? Math.max(0, Math.min(most, Math.floor(deadline - Date.now() / 1000 - 15))) : most;
}

/** How many lines of a program that died are shown in the summary, where a log may have been cut. */
const LAST_LINES = 25;

/** What became of a test. */
interface Told {
  status: string;
  name: string;
  title?: string;
  reason?: string;
  /** The file that it is in. */
  file?: string;
}

/** What became of each test, by lane and name. */
const lanes = new Map<string, Map<string, Told>>();

/** Runs mocha, before which another program may set the scene, and reads what the reporter has written. */
async function mocha(
  specs: string | readonly string[],
  env: Record<string, string> = {},
  scene: (directory: string) => string[] = () => [],
  lane?: string,
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'netplumb-test-'));
  const results = join(directory, 'results');
  // env sets the variables for Node only: the programs of the scene are to run without preloaded sanitizers.
  const variables = assignments({ ...env, NETPLUMB_TEST_RESULTS: results });
  let ended: Ended;
  let lines: string[] = [];
  try {
    ended = await run([...scene(directory), 'env', ...variables, node, bin('mocha'), ...[specs].flat()], {
      timeout: scene === guest ? (guestSeconds() + 100) * 1000 : HANGS_AFTER,
    });
    if (existsSync(results)) lines = readFileSync(results, 'utf8').trimEnd().split('\n');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const outcome: Outcome = { passed: 0, failed: [], skipped: [] };
  let isWhole = false;
  for (const line of lines) {
    const told: Told = JSON.parse(line);
    const { status, name, reason } = told;
    if (lane !== undefined && status !== 'end') {
      lanes.set(lane, (lanes.get(lane) ?? new Map<string, Told>()).set(name, told));
    }
    if (status === 'passed') outcome.passed++;
    else if (status === 'end') isWhole = true;
    else if (status === 'skipped') outcome.skipped.push([name, String(reason)]);
    else outcome.failed.push(`${name}: ${reason}`);
  }
  const isLate = scene === guest && ended.status === 124 && process.env.NETPLUMB_DEADLINE !== undefined;
  if (isLate) outcome.skipped.push(['the rest of the tests', 'no time is left']);
  // Died on the way, or after the last test: both are failures that no test has told of.
  else if (!isWhole || (ended.status !== 0 && outcome.failed.length === 0)) {
    const lastLines = ended.output.trimEnd().split('\n').slice(-LAST_LINES).join('\n  ');
    outcome.failed.push(`mocha: ${ended.how}, its last lines:\n  ${lastLines}`);
  }
  return outcome;
}

/** Runs the kernel tests in network and mount namespaces of their own, so that nothing of this machine is touched. */
async function kernelTests(spec: string | readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  if (!hasRtnetlink) {
    const lack = await guestLack();
    return lack === undefined ? mocha(spec, env, guest) : { passed: 0, failed: [], skipped: [['all tests', lack]] };
  }
  const namespaces = ['--net', '--mount'];
  if (process.getuid?.() !== 0) namespaces.unshift('--user', '--map-root-user');
  // Named network namespaces live below /run.
  const scene = ['unshare', ...namespaces, 'sh', '-c', 'mount -t tmpfs tmpfs /run && exec "$@"', 'sh'];
  const probe = await run([...scene, 'true'], { quiet: true });
  if (probe.status !== 0) {
    const reason = `the kernel does not allow it (${scene.slice(0, 3).join(' ')}...): ${probe.output.trim() || probe.how}`;
    return { passed: 0, failed: [], skipped: [['all kernel tests', reason]] };
  }
  const lane = spec === conformanceSpec ? 'conformance' : 'kernel';
  return mocha(spec, env, () => scene, Object.keys(env).length === 0 ? lane : undefined);
}

/**
 * Runs the kernel tests, and after them the cases of NETPLUMB_CONFORMANCE, under a full kernel, where one is at hand,
 * can be had, or was asked for. Who has not asked gets the files that this machine's own kernel could not do all of, and
 * of cases that have an id (the first word of their title) those that it could not do, as emulation is slow.
 */
async function fullKernelTests(): Promise<Outcome> {
  const nothing = (reason: string): Outcome => ({ passed: 0, failed: [], skipped: [['all tests', reason]] });
  if (guestSeconds() < LEAST_GUEST_SECONDS) return nothing('no time is left');
  if (isGuestWanted || process.env.NETPLUMB_VM === 'try') {
    const advice = (await ensureTools(guestTools, hasRtnetlink)) ?? (await makeGuestKernel());
    if (advice !== undefined) return isGuestWanted ? { passed: 0, failed: [advice], skipped: [] } : nothing(advice);
  } else {
    const lack = await guestLack();
    if (lack !== undefined) return nothing(lack);
  }
  if (guestSeconds() < LEAST_GUEST_SECONDS) return nothing('no time is left');
  const skipped = (lane: string) => [...(lanes.get(lane)?.values() ?? [])].filter(({ status }) => status === 'skipped');
  const specsOf = (lane: string, pattern: string) => {
    const lacking = new Set(skipped(lane).map(({ file }) => file));
    return globSync(pattern).filter((file) => isGuestWanted || !lanes.has(lane) || lacking.has(file));
  };
  const specs = specsOf('kernel', kernelSpec);
  const env: Record<string, string> = {};
  if (process.env.NETPLUMB_CONFORMANCE !== undefined && (isGuestWanted || lanes.has('conformance'))) {
    specs.push(...specsOf('conformance', conformanceSpec));
    const ids = skipped('conformance').map(({ title = '' }) => title.split(' ', 1)[0]);
    if (!isGuestWanted) env.NETPLUMB_CONFORMANCE_CASES = ids.join(',');
  }
  const outcome = await mocha(specs, env, guest, 'vm');
  // Now and then an emulated machine dies while programs start: it gets a second chance where no test has begun.
  if (lanes.has('vm')) return outcome;
  if (guestSeconds() >= LEAST_GUEST_SECONDS) return mocha(specs, env, guest, 'vm');
  return isGuestWanted
    ? outcome
    : nothing('the emulated machine died before a test began; no time is left for another');
}

/** Makes the guest's kernel where there is none yet. Resolves to why there is none. */
async function makeGuestKernel(): Promise<string | undefined> {
  if ((await guestLack()) === undefined) return undefined;
  if (guestSeconds() < LEAST_KERNEL_SECONDS) return 'no time is left to make a kernel';
  const advice = await ensureTools(['debootstrap'], hasRtnetlink);
  if (advice !== undefined) return advice;
  const begun = await run([...guest().slice(0, 2), '120', 'true'], { quiet: true, timeout: guestSeconds() * 1000 });
  return begun.status === 0 ? undefined : `no guest: ${begun.output.trim().split('\n').at(-1)}`;
}

/** Below this, starting a guest is not worth the while. */
const LEAST_GUEST_SECONDS = 60;
/** The same where its kernel has to be made first. */
const LEAST_KERNEL_SECONDS = 360;

/** The files below the root that a pattern of the form `directory/**\/*.suffix` names, in order. */
function globSync(pattern: string): string[] {
  const [directory = '', suffix = ''] = pattern.split('**/*');
  const entries = readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' });
  return entries
    .filter((file) => file.endsWith(suffix))
    .map((file) => join(directory, file))
    .sort();
}

/**
 * No test may be skipped both by this machine's kernel and by the full one. Cases of others may want what neither has:
 * they are skipped with both reasons.
 */
async function compareLanes(): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: [], skipped: [] };
  const [own, full] = [lanes.get('kernel'), lanes.get('vm')];
  if (!own || !full) {
    outcome.skipped.push([
      'the comparison',
      own ? 'no test ran under the full kernel' : 'no test ran under this kernel',
    ]);
    return outcome;
  }
  const cases = lanes.get('conformance') ?? new Map<string, Told>();
  for (const [name, { status, reason }] of [...own, ...cases]) {
    if (status !== 'skipped') continue;
    const other = full.get(name);
    const nowhere = cases.has(name) ? other?.reason : undefined;
    if (nowhere !== undefined && other?.status === 'skipped') outcome.skipped.push([name, nowhere]);
    else if (!other) outcome.skipped.push([name, 'not reached under the full kernel']);
    else if (other.status === 'skipped' && process.env.NETPLUMB_VM_KERNEL !== undefined)
      outcome.skipped.push([name, `the kernel that NETPLUMB_VM_KERNEL names cannot do it either: ${other.reason}`]);
    else if (other.status === 'skipped')
      outcome.failed.push(`${name} is skipped everywhere: ${reason}; ${other.reason}`);
    else outcome.passed++;
  }
  for (const line of outcome.failed) console.log(line);
  console.log(`${outcome.passed} tests that this kernel cannot run have run under the full one`);
  return outcome;
}

/** Why no guest can be started here as things are; undefined where one can. */
async function guestLack(): Promise<string | undefined> {
  const query = await run(['scripts/vm.sh', '-n'], { quiet: true });
  return query.status === 0 ? undefined : `no guest: ${query.output.trim()}`;
}

/** Where the compiler has a library of its own, such as a sanitizer's. */
function compilerLibrary(name: string): string {
  return realpathSync(execFileSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' }).trim());
}

/** A line for each thing that was skipped, or for many with one reason. */
function gathered(skipped: Outcome['skipped']): string[] {
  const byReason = new Map<string, string[]>();
  for (const [what, reason] of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
  return [...byReason].flatMap(([reason, some]) =>
    some.length > 5 ? [`${some.length} tests: ${reason}`] : some.map((what) => `${what}: ${reason}`),
  );
}

async function main(names: string[]): Promise<number> {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`no such stage: ${unknown.join(', ')}. There are: ${stages.map((stage) => stage.name).join(', ')}`);
    return 2;
  }
  if (!hasRtnetlink) {
    console.log(
      'This machine’s kernel does not answer rtnetlink (a task seems to have died with the RTNL lock): tests that need\n' +
        'it run under a full kernel in QEMU.',
    );
    const preload = `--require "${join(root, 'scripts/no-network-interfaces.cjs')}"`;
    if (!process.env.NODE_OPTIONS?.includes(preload)) {
      process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${preload}`;
    }
  }
  // In the guest the stages kernel and vm are the same.
  const usual = stages.filter((stage) => hasRtnetlink || (stage.name !== 'vm' && stage.name !== 'lanes'));
  const chosen = names.length === 0 ? usual : stages.filter((stage) => names.includes(stage.name));
  const tools = chosen.flatMap((stage) => stage.tools);
  const advice = await ensureTools(isGuestWanted ? [...tools, ...guestTools] : tools, hasRtnetlink);
  if (advice !== undefined) {
    console.error(advice);
    console.log('0 passed, 1 failed, 0 skipped');
    return 1;
  }

  const done = new Map<string, { outcome: Outcome; seconds: number }>();
  const perform = async ({ name, after, run }: Stage) => {
    const started = performance.now();
    const isBroken = after !== undefined && (done.get(after)?.outcome.failed.length ?? 0) > 0;
    const outcome: Outcome = isBroken
      ? { passed: 0, failed: [], skipped: [[`all of ${name}`, `${after} failed`]] }
      : await run();
    done.set(name, { outcome, seconds: (performance.now() - started) / 1000 });
  };
  const isBeside = (stage: Stage) => stage.beside === true && availableParallelism() > 1;
  const turns = new Map<Stage, { turn: Turn; ended: Promise<void> }>();
  const beginOthers = () => {
    let last = Promise.resolve();
    for (const stage of chosen.filter(isBeside)) {
      const turn = new Turn();
      last = last.then(() => turn.begin(() => perform(stage)));
      turns.set(stage, { turn, ended: last });
    }
  };
  if (!chosen.some(({ name }) => name === 'build')) beginOthers();
  for (const stage of chosen) {
    console.log(`\n=== ${stage.title}`);
    const other = turns.get(stage);
    other?.turn.come();
    await (other?.ended ?? perform(stage));
    if (stage.name === 'build') beginOthers();
  }

  console.log('\n=== summary');
  const total: Outcome = { passed: 0, failed: [], skipped: [] };
  const skips: string[] = [];
  for (const { name } of chosen) {
    const { outcome, seconds } = done.get(name) as { outcome: Outcome; seconds: number };
    const { passed, failed, skipped } = outcome;
    console.log(
      `${name.padEnd(18)}${String(passed).padStart(6)} passed${String(failed.length).padStart(5)} failed` +
        `${String(skipped.length).padStart(5)} skipped${seconds.toFixed(1).padStart(8)} s`,
    );
    total.passed += passed;
    total.failed.push(...failed.map((line) => `${name}: ${line}`));
    total.skipped.push(...skipped.map(([what, reason]): [string, string] => [`${name}: ${what}`, reason]));
    skips.push(...gathered(skipped).map((line) => `skipped: ${name}: ${line}`));
  }
  for (const line of skips) console.log(line);
  for (const line of total.failed) console.log(`FAILED: ${line}`);
  console.log(`${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`);
  return total.failed.length === 0 ? 0 : 1;
}

// The stages run in process groups of their own, which run() kills when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const names = process.argv.slice(2);
/** Whether the guest was asked for, and may thus cost a download: otherwise it is used where it is at hand. */
const isGuestWanted = names.includes('vm') || (names.length === 0 && process.env.NETPLUMB_VM === '1');
const hasRtnetlink = (await run(['scripts/rtnetlink-answers.sh'])).status === 0;
// Nobody needs to ask again.
process.env.NETPLUMB_RTNETLINK = hasRtnetlink ? 'yes' : 'no';
process.exitCode = await main(names);
