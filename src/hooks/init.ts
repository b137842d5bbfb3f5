import type { Hook } from '@oclif/core';
import { isSwitchedOn, wantsJson } from '../cli/wants-json.js';

/** Before anything else of the command line is looked at. */
const init: Hook.Init = async ({ id, config }) => {
  // What colours by itself (listr2, oclif's help) knows the common variable only, and reads it when it is loaded.
  if (isSwitchedOn('DMSCTL_NO_COLOR')) process.env.NO_COLOR = '1';
  if (id === '--version' && wantsJson()) {
    process.stdout.write(`${JSON.stringify({ status: 'ok', version: config.version })}\n`);
    process.exit(0);
  }
  return Promise.resolve();
};

export default init;
