import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails with every serious or critical finding of axe-core on the page as it is now; the test goes on and finds the others too. */
export async function expectAccessible(page: Page, name = page.url()): Promise<void> {
  // A mail inside a frame runs no script, so axe-core cannot look into it; its title is looked at from outside.
  const { violations } = await new AxeBuilder({ page }).exclude("iframe[sandbox]").setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const findings = serious.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${id}: ${target} ${failureSummary.replaceAll(/\s+/g, " ")}`),
  );
  expect.soft(findings, `accessibility of ${name}`).toEqual([]);
}
