import type { Hook, Interfaces } from '@oclif/core';
import { reportError } from '../cli/report-error.js';
import { seeHelp } from '../cli/usage-error.js';
import { wantsJson } from '../cli/wants-json.js';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { nearestWord } from '../lib/nearest-word.js';

/** oclif's own answer exits with 2, which means "changes" here, and is not JSON under `--json`. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  reportError(explain(id, config), { isJson: wantsJson() });
  return Promise.resolve();
};

export default commandNotFound;

/** `id`: the words up to the first flag, with colons between them. */
function explain(id: string, config: Interfaces.Config): DmsctlError {
  const words = id.split(':');
  const command = longestPrefix(words, (prefix) => config.findCommand(prefix.join(':')) !== undefined);
  const topic = longestPrefix(words, (prefix) => config.findTopic(prefix.join(':')) !== undefined);
  if (id.startsWith('-')) {
    return usage('flags come after the command, as in dmsctl plan --json.', '');
  }
  if (command.length > 0) {
    const rest = words.slice(command.length).join(' ');
    return usage(`${command.join(' ')} takes no argument, but was given ${rest}.`, command.join(' '));
  }
  const known = config.commandIDs.map((one) => one.replaceAll(':', ' '));
  const near = nearestWord(words.join(' '), known);
  const hint = near === null ? '' : ` Did you mean ${near}?`;
  return usage(`there is no command ${words.join(' ')}.${hint}`, topic.join(' '));
}

function longestPrefix(words: readonly string[], isKnown: (prefix: readonly string[]) => boolean): readonly string[] {
  const lengths = words.map((_, index) => words.length - index);
  return lengths.map((length) => words.slice(0, length)).find(isKnown) ?? [];
}

function usage(detail: string, command: string): DmsctlError {
  return new DmsctlError('CLI_USAGE', { detail, fix: seeHelp(command) });
}
