import { createInterface } from 'node:readline/promises';
import { DmsctlError } from '../errors/dmsctl-error.js';

/** Asks on the terminal; only `yes` counts. Without one nobody can be asked: the error names `command`, which needs no answer. */
export async function confirm(question: string, command: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new DmsctlError('CLI_NOT_CONFIRMED', {
      detail: 'there is no terminal to ask on.',
      fix: `To go on without being asked:\n\n  ${command}`,
    });
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(`${question}\n  Only "yes" is accepted: `);
    return answer.trim() === 'yes';
  } finally {
    prompt.close();
  }
}
