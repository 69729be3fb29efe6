// Results as files: JSON with the machine that they come from, and pictures.
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Bench, Row } from './bench.js';
import { draw } from './plot.js';

/** The machine, as far as it matters to the figures. */
function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    /** What else ran when it began: figures of a busy machine are worth little. */
    loadBefore: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
  };
}

/** Taken before the first bench. */
export const thisMachine = machine();

/** Writes a bench's rows and pictures to a directory. */
export async function save(directory: string, bench: Bench, rows: Row[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  const result = { bench: bench.name, title: bench.title, date: new Date().toISOString(), machine: thisMachine, rows };
  await writeFile(join(directory, `${bench.name}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
  for (const chart of bench.charts(rows)) {
    if (chart.rows.length > 0) await writeFile(join(directory, `${chart.name}.svg`), `${await draw(chart)}\n`);
  }
}

const figure = (value: number) =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString();

/** Rows as a table for a terminal, and for Markdown. */
export function table(rows: Row[]): string {
  const lines = rows.map((row) => [
    Object.entries(row.conditions)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
    row.measure,
    row.contestant,
    `${figure(row.median)} ${row.unit}`,
    `${figure(row.low)} to ${figure(row.high)}`,
    row.toFloor === undefined ? '' : row.toFloor.toFixed(2),
  ]);
  const all = [['conditions', 'measure', 'contestant', 'median', 'spread', 'to floor'], ...lines];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const format = (line: string[]) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [format(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(format)].join('\n');
}
