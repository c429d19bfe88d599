import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { read } from "../src/html/read";
import { write } from "../src/html/write";
import { anyDocument } from "./documents";

const N_RUNS = 1_000;

test("whatever is written is read and written again as the same text", () => {
  fc.assert(
    fc.property(anyDocument, (doc) => {
      doc.check();
      const once = write(doc);
      assert.equal(write(read(once)), once);
    }),
    { numRuns: N_RUNS },
  );
});

test("what was read from storage is the same document when it is read again", () => {
  fc.assert(
    fc.property(anyDocument, (doc) => {
      const stored = read(write(doc));
      const again = read(write(stored));
      again.check();
      assert.deepEqual(again.toJSON(), stored.toJSON());
    }),
    { numRuns: N_RUNS },
  );
});
