/** What the parts of the editor know of the whole. */

import type { EditorView } from "prosemirror-view";
import type { Field, FieldUse } from "./field";
import type { LabelKey } from "./labels";
import type { Diagnostic } from "./source/contract";

/** Something that went wrong, for the page to word. */
export type Fault =
  | { code: "picture-lost"; count: number }
  | { code: "picture-refused"; name: string }
  | { code: "upload-failed"; name: string; reason: string }
  | { code: "source-unreachable" }
  | { code: "style-unreachable" };

/** A field that was opened by a click or by Enter. */
export interface OpenedField extends FieldUse {
  /** Whether the catalogue has it. */
  isKnown: boolean;
}

/** The editor as its parts see it. */
export interface Host {
  /** The element that everything is in. */
  readonly root: HTMLElement;
  /** The text view. */
  readonly view: EditorView;
  readonly fields: readonly Field[];
  readonly isReadonly: boolean;
  /** Whether the page has pictures to choose from. */
  readonly hasLibrary: boolean;
  /** What was found wrong. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text of that name in the language of the person who writes. */
  label(key: LabelKey): string;
  /** An address under which the browser may show a picture of the mail; nothing when it may not. */
  shown(src: string): string | null;
  /** Takes files into the text at this place. */
  upload(files: readonly File[], at: number): void;
  /** Lets the page offer its pictures; the chosen one goes where the cursor is. */
  askLibrary(): void;
  openField(field: OpenedField): void;
  fault(fault: Fault): void;
  exec(command: string): boolean;
}
