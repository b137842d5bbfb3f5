/** What to do with values and rows that the target cannot hold as they are. One key a policy of the spec. */
export interface Policies {
  readonly existingRows: 'error' | 'keep';
  /** `error`, `null`, or the ISO date to store instead. */
  readonly zeroDate: string;
  /** `error`, `strip`, or the text to store instead of each NUL. */
  readonly nulCharacter: string;
  readonly invalidText: 'error' | 'replace';
  readonly noPrimaryKey: 'allow' | 'error';
  readonly ddl: 'stop' | 'apply' | 'ignore';
  readonly truncate: 'apply' | 'ignore' | 'stop';
  readonly rowError: 'stop' | 'suspend-table' | 'record';
}

export const DEFAULT_POLICIES: Policies = {
  existingRows: 'error',
  zeroDate: 'error',
  nulCharacter: 'error',
  invalidText: 'error',
  noPrimaryKey: 'allow',
  ddl: 'stop',
  truncate: 'apply',
  rowError: 'stop',
};
