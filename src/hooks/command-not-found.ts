import type { Hook } from '@oclif/core';
import { DmsctlError } from '../errors/dmsctl-error.js';
import { nearestWord } from '../lib/nearest-word.js';
import { errorJson, errorText } from '../views/error-view.js';

/** oclif's own answer exits with 2, which means "changes" here, and is not JSON under `--json`. */
const commandNotFound: Hook.CommandNotFound = async ({ id, argv, config }) => {
  const words = id.replaceAll(':', ' ');
  const near = nearestWord(words, config.commandIDs.map((known) => known.replaceAll(':', ' ')));
  const error = new DmsctlError('CLI_USAGE', {
    detail: `there is no command ${words}.${near === null ? '' : ` Did you mean ${near}?`}`,
    fix: 'See the commands:\n\n  dmsctl --help',
  });
  if (argv?.includes('--json') === true) process.stdout.write(`${JSON.stringify(errorJson(error), null, 2)}\n`);
  else process.stderr.write(errorText(error));
  process.exitCode = error.exitCode;
  return Promise.resolve();
};

export default commandNotFound;
