// Writes lib/generated/objects.ts: the TypeScript types of all netlink objects, from the addon's own tables.
// With --check it writes nothing and fails where the file differs from what the tables say.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { addon, type ReflectedField, type ReflectedValue } from '../lib/addon.js';

const FILE = new URL('../lib/generated/objects.ts', import.meta.url);
const { objects, tables } = addon.tables();
const out: string[] = [
  '// Generated from the attribute tables in native/ by `npm run generate`. Not to be edited.',
  '/* biome-ignore-all lint: generated */',
  '/* biome-ignore-all format: generated */',
];

const quote = (text: string) => `'${text}'`;
const union = (names: Record<string, number>) => Object.keys(names).map(quote).join(' | ');

type Side = 'spec' | 'read';

/** The name under which a table is a type; the struct or nest of an object's own fields has none. */
function typeOf(value: ReflectedValue, side: Side): string {
  if (value.isRepeated) {
    const { isRepeated: _, ...single } = value;
    return arrayOf(typeOf(single, side));
  }
  if (value.isMasked) {
    const { isMasked: _, ...plain } = value;
    const type = typeOf(plain, side);
    return /\bstring\b/.test(type) ? type : `${type} | string`;
  }
  if (value.isEmptiable) {
    const { isEmptiable: _, ...plain } = value;
    return `${typeOf(plain, side)} | true`;
  }
  if (value.type === 'handle') return side === 'spec' ? 'string | number' : 'string';
  if (value.unit) return side === 'spec' ? 'number | string' : 'number';
  if (value.isFlags) {
    const flags =
      value.names && Object.keys(value.names).length ? `(${union(value.names)} | (string & {}))[]` : 'string[]';
    return side === 'spec' ? `${flags} | number` : flags;
  }
  if (value.names) {
    const numbered = (value.numberedNames ?? []).map((name) => `\`${name} \${number}\` | `);
    return `${union(value.names)} | ${numbered.join('')}number`;
  }
  switch (value.type) {
    case 'u64':
    case 's64':
    case 'be64':
      if (value.multiplier || value.divisor) return 'number';
      return side === 'spec' ? 'bigint | number' : 'bigint';
    case 'bool':
    case 'bool32':
    case 'flag':
    case 'bit':
      return 'boolean';
    case 'string':
    case 'mac':
    case 'ip':
    case 'ipv4':
    case 'ipv6':
    case 'prefix':
    case 'via':
      return 'string';
    case 'link':
      return side === 'spec' ? 'string | number | null' : 'string | number';
    case 'structs':
      return `${value.table}[]`;
    case 'netns':
      return 'NetnsRef';
    case 'program':
      return '{ fd: number } | { path: string }';
    case 'nested':
    case 'struct':
      return value.table as string;
    case 'selected':
      return `${value.selectorType}[keyof ${value.selectorType}] | UnknownOptions`;
    case 'list':
    case 'array':
      return arrayOf(typeOf(value.element as ReflectedValue, side));
    case 'records':
      return side === 'spec' ? `${value.object}Spec[]` : `${value.object}[]`;
    case 'object':
      return side === 'spec' ? `${value.object}Spec` : (value.object as string);
    case 'binary':
      return 'Uint8Array';
    default:
      return 'number';
  }
}

const arrayOf = (element: string) => (/[ |]/.test(element) ? `(${element})[]` : `${element}[]`);

/** What callers may write beside a number. */
const UNITS = {
  rate: "Bit/s, or a rate such as '10mbit'.",
  size: "Bytes, or a size such as '32kb'.",
  time: "Milliseconds, or a time such as '25ms'.",
};

function doc(field: ReflectedField): string {
  const notes: string[] = [];
  if (field.min !== undefined || field.max !== undefined) notes.push(`${field.min ?? ''} to ${field.max ?? ''}`.trim());
  if (field.type === 'string') notes.push(`at most ${field.maxLength} bytes`);
  if (field.isInfinite) notes.push('Infinity: for ever');
  const text = `${field.doc}${field.unit ? ` ${UNITS[field.unit]}` : ''}${notes.length ? ` (${notes.join('; ')})` : ''}`;
  return `  /** ${text.replaceAll('*/', '* /')}${text.endsWith('.') || text.endsWith(')') ? '' : '.'} Kernel: \`${field.attribute}\`. */`;
}

/** All fields of a table as the caller sees them, those of nests that stand in their parent included. */
function fieldsOf(table: string): ReflectedField[] {
  return (tables[table]?.fields ?? []).flatMap((field) => {
    if (field.type === 'pad') return [];
    if (field.name !== '') return [field];
    if (!field.table) return [];
    return fieldsOf(field.table).map((inner) => (field.isReadOnly ? { ...inner, isReadOnly: true as const } : inner));
  });
}

const selectors = new Map<string, ReflectedField>();
const flattened = new Set<string>();

for (const table of Object.values(tables)) {
  for (const field of table.fields) if (field.name === '' && field.table) flattened.add(field.table);
}
for (const table of Object.values(tables)) {
  for (const field of table.fields) if (field.name !== '' && field.table) flattened.delete(field.table);
}

function name(owner: string, field: ReflectedField): ReflectedField {
  if (field.type !== 'selected') return field;
  const selectorType = `${owner}${field.name[0]?.toUpperCase()}${field.name.slice(1)}By${field.selector?.[0]?.toUpperCase()}${field.selector?.slice(1)}`;
  selectors.set(selectorType, field);
  return { ...field, selectorType };
}

function emit(title: string, text: string, owner: string, fields: ReflectedField[], side: Side | 'both'): void {
  out.push('', `/** ${text} */`, `export interface ${title} {`);
  const seen = new Set<string>();
  for (const raw of fields) {
    const field = name(owner, raw);
    if (seen.has(field.name)) continue;
    seen.add(field.name);
    if (side === 'spec' && field.isReadOnly) continue;
    if (side === 'read' && field.isWriteOnly) continue;
    const readonly = field.isReadOnly ? 'readonly ' : '';
    const type = typeOf(field, side === 'read' ? 'read' : 'spec');
    out.push(
      doc(field),
      `  ${readonly}${/^[A-Za-z]\w*$/.test(field.name) ? field.name : quote(field.name)}?: ${type}${side === 'read' ? '' : ' | undefined'};`,
    );
    if (field.type === 'link' && side !== 'spec') {
      out.push(`  /** Index of \`${field.name}\`. */`, `  readonly ${field.name}Index?: number;`);
    }
  }
  if (side !== 'spec') {
    out.push('  /** Attributes that no table names, by number. */', '  readonly unknown?: UnknownAttribute[];');
  }
  out.push('}');
}

const heads = new Set(Object.values(objects).flatMap((object) => [object.header, object.attributes]));
for (const object of Object.values(objects)) {
  const fields = [...fieldsOf(object.header), ...fieldsOf(object.attributes)];
  emit(`${object.name}Spec`, `${object.doc} As given by the caller.`, object.name, fields, 'spec');
  emit(object.name, `${object.doc} As told by the kernel.`, object.name, fields, 'read');
}
for (const table of Object.values(tables)) {
  if (heads.has(table.name) || flattened.has(table.name)) continue;
  emit(table.name, table.doc, table.name, fieldsOf(table.name), 'both');
}
for (const [title, field] of selectors) {
  out.push('', `/** The types of \`${field.name}\`, by \`${field.selector}\`. */`, `export interface ${title} {`);
  for (const [choice, table] of Object.entries(field.choices ?? {}))
    out.push(`  ${/^\w+$/.test(choice) ? choice : quote(choice)}: ${table ?? 'UnknownOptions'};`);
  out.push('}');
}

out.push('', '/** What each kind of event tells of. */', 'export interface EventObjects {');
for (const event of addon.events()) out.push(`  ${event.name}: ${event.object};`);
out.push('}');

const head = [
  '',
  "import type { NetnsRef } from '../netns.js';",
  '',
  '/** An attribute that no table names. */',
  'export interface UnknownAttribute {',
  '  /** The attribute type. */',
  '  type: number;',
  '  /** The payload. */',
  '  data: Uint8Array;',
  '  /** The nest that it was in, where that is not shown as an object of its own. */',
  '  nest?: string;',
  '}',
  '',
  '/** Options of a kind that no table names. */',
  'export interface UnknownOptions {',
  '  /** Attributes by number, sent and told as they are. */',
  '  unknown?: UnknownAttribute[] | undefined;',
  '}',
];
out.splice(3, 0, ...head);
const text = `${out.join('\n')}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('lib/generated/objects.ts differs from the tables: run `npm run generate`');
    process.exit(1);
  }
} else {
  mkdirSync(new URL('.', FILE), { recursive: true });
  writeFileSync(FILE, text);
}
