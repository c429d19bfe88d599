/**
 * Builds the editor into `frontend/assets/editor`, from where the site is built: committed, so that building Posel needs no npm.
 *
 * `node build.mjs` writes; `node build.mjs --check` fails when what is committed differs from a fresh build or weighs more than it may.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = join(HERE, "../assets/editor");

/** The most that each may weigh on the wire, in bytes with brotli. */
const LIMITS = { "editor.js": 110_000, "source.js": 240_000, "editor.css": 8_000 };

const common = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

async function make() {
  const scripts = await build({
    ...common,
    entryPoints: { editor: "src/editor.ts", source: "src/source/index.ts" },
    outdir: TARGET,
    format: "esm",
    target: "es2022",
  });
  const sheet = await build({ ...common, entryPoints: { editor: "../../style/editor.css" }, outdir: TARGET, target: "esnext" });
  const files = new Map([...scripts.outputFiles, ...sheet.outputFiles].map((it) => [relative(TARGET, it.path), Buffer.from(it.contents)]));
  files.set("editor-LICENSES.txt", Buffer.from(licences(Object.keys(scripts.metafile.inputs))));
  return files;
}

/** The licences of all packages that are inside. */
function licences(inputs) {
  const names = new Set(inputs.map((it) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(it)?.[1]).filter(Boolean));
  const texts = [...names].sort().map((name) => {
    const folder = join(HERE, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"].map((it) => join(folder, it)).find(existsSync);
    if (!file) {
      throw new Error(`${name} has no licence text`);
    }
    return `${name} ${version} (${license})\n\n${readFileSync(file, "utf8").trim()}\n`;
  });
  return `What editor.js and source.js are built from, with the licences.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

const files = await make();
const faults = [];
for (const [name, bytes] of files) {
  const weight = brotliCompressSync(bytes).length;
  console.log(`${name}: ${bytes.length} bytes, ${weight} with brotli`);
  if (LIMITS[name] < weight) {
    faults.push(`${name} weighs ${weight} bytes with brotli, more than the ${LIMITS[name]} it may`);
  }
  const path = join(TARGET, name);
  if (process.argv.includes("--check")) {
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) {
      faults.push(`${relative(HERE, path)} is not what a fresh build makes: run \`npm run build\` in frontend/editor`);
    }
  } else {
    mkdirSync(TARGET, { recursive: true });
    writeFileSync(path, bytes);
  }
}
if (0 < faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
