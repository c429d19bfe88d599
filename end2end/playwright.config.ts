import { defineConfig } from "@playwright/test";
import { fromEnvironment } from "./harness/environment";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: true,
  // A second try tells a story that wavers on a busy machine from one that fails; the summary names it.
  retries: 1,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["./harness/summary.ts"]],
  use: {
    locale: "sk-SK",
    timezoneId: "Europe/Bratislava",
    // A trace takes as much of the processor as the story itself: `--trace on` records one when a story is looked into.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: fromEnvironment("POSEL_CHROMIUM"),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
