/** Parts stored HTML into what the editor can hold and what it keeps verbatim. */

import type { Token } from "./scan";
import { VOID, isBlank, scan } from "./scan";
import { isOwn } from "./own";

/** A run of stored HTML with its tokens. */
export interface Piece {
  kind: "own" | "island";
  from: number;
  to: number;
  tokens: Token[];
}

/** Parts the text at its outermost elements; an island reaches from its first to its last foreign element. */
export function pieces(html: string): Piece[] {
  const tokens = scan(html);
  const outermost = outer(html, tokens);
  const runs: Piece[] = [];
  let blank: Token[] = [];
  for (const piece of outermost ?? []) {
    const last = runs.at(-1);
    if (piece.kind === "blank") {
      blank.push(...piece.tokens);
    } else if (last?.kind === piece.kind) {
      last.tokens.push(...blank, ...piece.tokens);
      last.to = piece.to;
      blank = [];
    } else {
      runs.push({ kind: piece.kind, from: piece.from, to: piece.to, tokens: piece.tokens });
      blank = [];
    }
  }
  // Where nothing is ours every byte stays, also the empty lines around.
  return outermost && (runs.length === 0 || runs.some((it) => it.kind === "own"))
    ? runs
    : [{ kind: "island", from: 0, to: html.length, tokens }];
}

interface Outer {
  kind: Piece["kind"] | "blank";
  from: number;
  to: number;
  tokens: Token[];
}

/** The outermost elements and texts; nothing when an element does not end or ends twice. */
function outer(html: string, tokens: readonly Token[]): Outer[] | null {
  const found: Outer[] = [];
  const open: string[] = [];
  let first = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === "open" && !VOID.has(token.name)) {
      open.push(token.name);
    } else if (token.kind === "close" && open.pop() !== token.name) {
      return null;
    }
    if (open.length === 0) {
      found.push(piece(html, tokens.slice(first, at + 1)));
      first = at + 1;
    }
  }
  return open.length === 0 ? found : null;
}

function piece(html: string, tokens: Token[]): Outer {
  const [from, to] = [tokens[0]!.from, tokens.at(-1)!.to];
  if (tokens.length === 1 && tokens[0]!.kind === "text" && isBlank(html.slice(from, to))) {
    return { kind: "blank", from, to, tokens };
  }
  return { kind: isOwn(html, tokens) ? "own" : "island", from, to, tokens };
}
