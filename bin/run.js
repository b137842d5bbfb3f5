#!/usr/bin/env node
import { execute } from '@oclif/core/execute';

// What a shell reports for a program that SIGPIPE ended; Node ignores that signal.
const EXIT_BROKEN_PIPE = 141;

process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(EXIT_BROKEN_PIPE);
  throw error;
});
// Progress that nobody reads any more is no reason to stop a migration.
process.stderr.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

await execute({ dir: import.meta.url });
