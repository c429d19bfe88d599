import "./dom";
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { read, readTree } from "../src/html/read";
import { write } from "../src/html/write";
import { clean, isSource, pictureInside } from "../src/paste";
import { schema } from "../src/schema";

declare const TESTS: string;
const CLIPBOARD = join(TESTS, "clipboard");

/** What the text view stores after this was pasted into an empty text. */
function pasted(html: string): string {
  return write(schema.topNodeType.createAndFill(null, readTree(clean(html).html))!);
}

for (const name of readdirSync(CLIPBOARD).filter((it) => it.endsWith(".html") && !it.endsWith(".expected.html"))) {
  test(`what is copied from ${name} comes out clean`, () => {
    const result = `${pasted(readFileSync(join(CLIPBOARD, name), "utf8"))}\n`;
    const expected = join(CLIPBOARD, name.replace(".html", ".expected.html"));
    if (process.env.EDITOR_ACCEPT && !existsSync(expected)) {
      writeFileSync(expected, result);
    }
    assert.equal(result, readFileSync(expected, "utf8"));
    assert.equal(`${write(read(result))}\n`, result, "what was pasted is stored and read again as it is");
  });
}

test("a picture that lies on the other program's disk is counted as lost", () => {
  assert.equal(clean(readFileSync(join(CLIPBOARD, "word.html"), "utf8")).nLost, 1);
  assert.equal(clean(readFileSync(join(CLIPBOARD, "gmail.html"), "utf8")).nLost, 0, "a picture that counts readers is no loss");
});

test("whatever is pasted, nothing that acts or loads comes through", () => {
  const piece = fc.constantFrom(
    ..."< > / = \" ' <p <a <img <svg <table> <td> <style> </style> <script> </script> <!-- --> <![if x]> onerror= onclick= href= src= style= javascript: data: x http://y {{ }} {% %} &lt; &#106; </p> </a>".split(" "),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const { html } = clean(parts.join(" "));
      const { body } = new DOMParser().parseFromString(html, "text/html");
      for (const element of Array.from(body.querySelectorAll("*"))) {
        assert.ok(!/^(script|style|iframe|object|embed|svg|math|link|base|form|input)$/.test(element.localName), element.outerHTML);
        for (const { name } of Array.from(element.attributes)) {
          assert.ok(!name.startsWith("on") && name !== "style" && name !== "srcdoc", element.outerHTML);
        }
      }
      const stored = pasted(parts.join(" "));
      assert.equal(write(read(stored)), stored);
    }),
    { numRuns: 500 },
  );
});

test("the source of a whole design is told from words", () => {
  assert.ok(isSource('<!DOCTYPE html>\n<html><body>x</body></html>\n'));
  assert.ok(isSource("<table><tr><td>x</td></tr></table>"));
  assert.ok(isSource("<mjml><mj-body></mj-body></mjml>"));
  assert.ok(!isSource("x < y a z > 1"));
  assert.ok(!isSource("<p>malý kúsok"));
});

test("a picture inside the HTML becomes a file of its kind", () => {
  const file = pictureInside("data:image/jpg;base64,AAEC")!;
  assert.deepEqual([file.name, file.type, file.size], ["picture.jpg", "image/jpeg", 3]);
  assert.equal(pictureInside("data:image/svg+xml;base64,AAEC"), null);
  assert.equal(pictureInside("data:image/png;base64,***"), null);
});
