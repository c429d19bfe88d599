/** Runs the tests with Node's own runner; arguments are names of test files, none means all. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(join(HERE, "tests")).filter((it) => it.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((name) => it.startsWith(name))));
// Inside the folder, so that packages are found.
const folder = mkdtempSync(join(HERE, "node_modules/.tests-"));
try {
  await build({
    absWorkingDir: HERE,
    entryPoints: names.map((it) => join("tests", it)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    define: { TESTS: JSON.stringify(join(HERE, "tests")) },
    sourcemap: "inline",
    logLevel: "warning",
  });
  const files = readdirSync(folder).map((it) => join(folder, it));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
