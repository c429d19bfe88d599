import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LABEL_KEYS } from "../src/labels";
import { fold } from "../src/text/fold";

declare const TESTS: string;

for (const language of ["sk", "cs", "en"]) {
  test(`every text is there in ${language}, and none is left over`, () => {
    const texts = JSON.parse(readFileSync(join(TESTS, "../../locales", language, "editor.json"), "utf8")) as Record<string, string>;
    assert.deepEqual(Object.keys(texts).sort(), [...LABEL_KEYS].sort());
    assert.ok(Object.values(texts).every((it) => it.trim() === it && it !== ""));
  });
}

test("case and diacritics do not matter when fields are searched", () => {
  assert.equal(fold("Dátum SPLATNOSTI č. Ř"), "datum splatnosti c. r");
});
