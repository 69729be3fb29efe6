// What an element's comment tells: words of the form name=value, so that people can read it in `nft list ruleset`, and
// quotes and spaces don't stand in anybody's way.

/** Longest comment that an element's user data holds: 255 bytes less the type, the length and the NUL. */
export const MAX_COMMENT = 252;

const UNSAFE = /[^\w.:/,@+-]/u;
const ALL_UNSAFE = /[^\w.:/,@+-]/gu;

/** Makes a comment of fields; those that are undefined are left out. */
export function writeComment(fields: Record<string, string | number | undefined>): string {
  let text = '';
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    if (text !== '') text += ' ';
    text += `${name}=${typeof value === 'number' ? value : writeWord(value)}`;
  }
  return text;
}

/** Makes a word of a text. */
export function writeWord(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replace(ALL_UNSAFE, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** Reads a comment. */
export function readComment(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const word of text.split(' ')) {
    const at = word.indexOf('=');
    if (at > 0) fields[word.slice(0, at)] = readWord(word.slice(at + 1));
  }
  return fields;
}

/** Reads a word. */
export function readWord(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
