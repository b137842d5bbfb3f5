import type { Reporter, TestModule, TestSuite } from 'vitest/node';
import './provided-servers.js';

/** Names what was skipped for want of a server, after everything else: a run that tested less must not look complete. */
export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules
      .flatMap((module) => [...module.children.allSuites()])
      .filter((suite) => reasonOf(suite) !== null);
    if (skipped.length === 0) return;
    console.error(`Skipped, because this machine lacks what they need (${skipped.length}):`);
    for (const suite of skipped) {
      console.error(`  ${suite.module.relativeModuleId} > ${suite.fullName}\n    ${reasonOf(suite) ?? ''}`);
    }
  }
}

function reasonOf(suite: TestSuite): string | null {
  return suite.meta().missing ?? null;
}
