/** A worker whose run is gone (killed, or ended by a signal) would go on to the end of its test, and its servers with it. */
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
