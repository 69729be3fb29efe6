// What cannot be done for several at once is done for each half of them, in the end one by one: that finds the few that
// stand in the way sooner than going through all.

/** Both halves of a list. */
export function halves<T>(list: readonly T[]): [readonly T[], readonly T[]] {
  return [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
}
