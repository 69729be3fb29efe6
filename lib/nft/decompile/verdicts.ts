// Verdicts in JSON.
import type { NftVerdict } from '../json.js';
import type { RawVerdict } from './tree.js';
import { tellUnknown } from './unknown.js';

/** A verdict of a rule or of a map's element. */
export function tellVerdict(verdict: RawVerdict): NftVerdict {
  switch (verdict.code) {
    case 'accept':
    case 'drop':
    case 'continue':
    case 'return':
      return { [verdict.code]: null } as unknown as NftVerdict;
    case 'jump':
    case 'goto':
      return { [verdict.code]: { target: verdict.chain ?? '' } } as unknown as NftVerdict;
    default:
      return tellUnknown({ name: 'verdict', data: verdict }) as unknown as NftVerdict;
  }
}
