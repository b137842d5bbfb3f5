/** Exit codes of contract section 3; the only place where their numbers are written. */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  dataDiffer: 3,
  incomplete: 4,
  stale: 5,
  locked: 6,
  usage: 64,
  invalidSpec: 65,
  unreachable: 69,
  precheckFailed: 77,
  secondSignal: 130,
} as const;

export type ExitName = keyof typeof EXIT;

/** One entry of the error catalogue. The docs page of error codes is generated from these. */
export interface CodeEntry {
  /** Fixed words, no names of this case; starts a sentence, no full stop. */
  readonly summary: string;
  /** For the docs page: what leads here and what it means for the data. */
  readonly meaning: string;
  readonly exit: ExitName;
}
