import { DmsctlError } from '../../errors/dmsctl-error.js';
import type { PolicyCounts } from '../../model/load-part.js';
import type { Policies } from '../../model/policies.js';
import { formatTableName, type TableName } from '../../model/table.js';

/** The policies on values of one table, and how often each changed one. */
export class ValuePolicies implements PolicyCounts {
  readonly zeroDatePolicy: string;
  readonly nulPolicy: string;
  readonly invalidTextPolicy: Policies['invalidText'];
  readonly #table: TableName;
  zeroDate = 0;
  nulCharacter = 0;
  invalidText = 0;

  constructor(table: TableName, policies: Policies) {
    this.#table = table;
    this.zeroDatePolicy = policies.zeroDate;
    this.nulPolicy = policies.nulCharacter;
    this.invalidTextPolicy = policies.invalidText;
  }

  refuseZeroDate(column: string): DmsctlError {
    return new DmsctlError('MYSQL_ZERO_DATE', {
      detail: `${this.#where(column)} holds a date whose year, month or day is zero, which the target cannot store.`,
      fix: 'Correct the rows, or say what to store instead (NULL, or a date):\n  policies: { zeroDate: "null" }',
    });
  }

  refuseNulCharacter(column: string): DmsctlError {
    return new DmsctlError('MYSQL_NUL_CHARACTER', {
      detail: `${this.#where(column)} holds a text with the character U+0000, which the target cannot store.`,
      fix: 'Correct the rows, or say what to store instead (nothing, or a text):\n  policies: { nulCharacter: strip }',
    });
  }

  refuseInvalidText(column: string): DmsctlError {
    return new DmsctlError('MYSQL_INVALID_TEXT', {
      detail: `${this.#where(column)} holds a text whose bytes are not valid in UTF-8, which the target cannot store.`,
      fix: 'Correct the rows, or have each such byte replaced by U+FFFD:\n  policies: { invalidText: replace }',
    });
  }

  #where(column: string): string {
    return `table ${formatTableName(this.#table)}, column ${column}`;
  }
}
