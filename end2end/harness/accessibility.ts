import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Serious and critical findings of axe-core, each with the pages that have it: one mistake in the frame is on all of them. */
export class Findings {
  private readonly found = new Map<string, string[]>();

  /** Looks at the page as it is now; without `sheets` where reading style sheets would break the page's policy. */
  async look(page: Page, name: string, { sheets = true } = {}): Promise<void> {
    // A mail inside a frame runs no script, so axe-core cannot look into it; its title is looked at from outside.
    const { violations } = await new AxeBuilder({ page }).exclude("iframe[sandbox]").setLegacyMode().options({ preload: sheets }).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") {
        for (const { target, failureSummary = "" } of nodes) {
          this.note(`${id}: ${target} ${failureSummary.replaceAll(/\s+/g, " ")}`, name);
        }
      }
    }
  }

  /** Fails when there were any. */
  expectNone(): void {
    expect(Object.fromEntries(this.found), "findings of axe-core").toEqual({});
  }

  private note(finding: string, name: string): void {
    this.found.set(finding, [...(this.found.get(finding) ?? []), name]);
  }
}
