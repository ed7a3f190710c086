/** Ends a run with one plain line, "N passed, N failed", for whoever reads the output by machine. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    let passed = 0;
    // A file that cannot load, or an error outside every test, has no test to its name: count it.
    let failed = errors.length;
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      passed += states.filter((state) => state === 'passed').length;
      const failures = states.filter((state) => state === 'failed').length;
      failed += module.ok() ? failures : Math.max(1, failures);
    }
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
