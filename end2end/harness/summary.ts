import type { FullResult, Reporter, Suite, TestError } from "@playwright/test/reporter";

/**
 * Ends the output with one line that people and machines read alike: `12 passed, 0 failed`. Before it stands, by name, what
 * passed only in its second try: it is to be looked into, for a story that wavers tells of a person who saw it fail.
 */
export default class Summary implements Reporter {
  private suite?: Suite;
  private nErrors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  /** Counts what went wrong outside of any test, such as a file that does not compile. */
  onError(_error: TestError): void {
    this.nErrors += 1;
  }

  /** A test that did not run has not passed. */
  async onEnd(result: FullResult): Promise<{ status: FullResult["status"] }> {
    return { status: result.status === "passed" && 0 < this.nFailed() ? "failed" : result.status };
  }

  async onExit(): Promise<void> {
    for (const test of this.tests().filter((it) => it.outcome() === "flaky")) {
      console.log(`passed only in a second try: ${test.titlePath().slice(2).join(" › ")}`);
    }
    console.log(`${this.nPassed()} passed, ${this.nFailed()} failed`);
  }

  printsToStdio(): boolean {
    return false;
  }

  private nPassed(): number {
    return this.tests().filter((test) => test.ok() && test.outcome() !== "skipped").length;
  }

  private nFailed(): number {
    return this.tests().length - this.nPassed() + this.nErrors;
  }

  private tests() {
    return this.suite?.allTests() ?? [];
  }
}
