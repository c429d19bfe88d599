import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { read } from "../src/html/read";
import { write } from "../src/html/write";
import { anyDocument } from "./documents";

const N_RUNS = 500;

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

test("whatever somebody writes into the source, reading it again changes nothing more", () => {
  const piece = fc.constantFrom(
    ..."<p> </p> <p align=center> <b> </b> <span style=\"color:red\"> </span> <a href=\"https://a.sk\"> </a> <br> <ul> <li> </li> </ul> <table> <tr> <td width=5> <th> </td> </tr> </table> <div> </div> <!--x--> <h2> </h2> <img src=cid:a> text   &nbsp; &amp; {{ a.b }} {{a|f(\"<\")}} {%\u00a0if\u00a0x\u00a0%} {%endif%} <style>a{}</style>".split(
      " ",
    ),
    " ",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (parts) => {
      const once = write(read(parts.join("")));
      assert.equal(write(read(once)), once);
    }),
    { numRuns: 1_000 },
  );
});
