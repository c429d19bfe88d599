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

/** HTML as people write it: ours, foreign and half right. */
const { flow: written } = fc.letrec<{ phrase: string; phrases: string; flow: string; item: string }>((tie) => ({
  phrase: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("a", " ", "\n", "  b ", "&nbsp;", "&amp;", "<br>", "<br>", "č", "{{a.b}}", "{{ a | f('x') }}", "{% if a < b %}", "{%endif%}", "<!--x-->", "<"),
    fc.tuple(fc.constantFrom("b", "strong", "em", "u", "del", 'span style="color:RED; font-size:12pt"', 'a href="https://a.sk" target="_blank"', "font"), tie("phrases")).map(
      ([tag, content]) => `<${tag}>${content}</${tag.split(" ")[0]}>`,
    ),
    fc.constantFrom('<img src="cid:a" alt="b">', "<img src=x>", '<span style="margin:0">x</span>'),
  ),
  phrases: fc.array(tie("phrase"), { maxLength: 4 }).map((all) => all.join("")),
  item: fc.tuple(fc.constantFrom("li", "td", "th", 'td width="50%" style="border:1px solid red"'), fc.oneof(tie("phrases"), tie("flow"))).map(
    ([tag, content]) => `<${tag}>${content}</${tag.split(" ")[0]}>`,
  ),
  flow: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        tie("phrases"),
        fc.tuple(fc.constantFrom("p", "h1", 'p align="center"', "div", "blockquote", 'p class="x"'), tie("phrases")).map(
          ([tag, content]) => `<${tag}>${content}</${tag.split(" ")[0]}>`,
        ),
        fc.array(tie("item"), { maxLength: 3 }).map((items) => `<ul>${items.filter((it) => it.startsWith("<li")).join("\n")}</ul>`),
        fc.array(tie("item"), { maxLength: 3 }).map((items) => `<table><tr>${items.filter((it) => it.startsWith("<t")).join("")}</tr></table>`),
        fc.constantFrom("\n", "<hr>", "{% for x in y %}", "{% endfor %}"),
      ),
      { maxLength: 4 },
    )
    .map((all) => all.join("")),
}));

test("whatever somebody writes into the source, reading it again changes nothing more", () => {
  fc.assert(
    fc.property(written, (html) => {
      const once = write(read(html));
      assert.equal(write(read(once)), once);
    }),
    { numRuns: 500 },
  );
});
