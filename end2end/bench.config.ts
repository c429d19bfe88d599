import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Measurements in the browser, one after another. */
export default defineConfig(tests, { testDir: "bench", fullyParallel: false, workers: 1, timeout: 300_000, reporter: "line" });
