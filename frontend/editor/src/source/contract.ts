/** What the editor and the chunk of the source view know of one another. */

import type { Field } from "../field";

/** A finding in the source, given from outside. */
export interface Diagnostic {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units as the browser counts. */
  column: number;
  /** In UTF-16 units. */
  length: number;
  severity: "error" | "warning" | "info";
  message: string;
  /** The merge code it stands in, as it is written; the text view underlines what holds it. */
  code?: string;
}

/** How the source is opened. */
export interface SourceOptions {
  value: string;
  fields: readonly Field[];
  label: string;
  language: string;
  isReadonly: boolean;
  changed(): void;
}

/** The opened source. */
export interface Source {
  value(): string;
  setValue(value: string): void;
  update(options: SourceOptions): void;
  show(diagnostics: readonly Diagnostic[]): void;
  insert(text: string): void;
  goTo(line: number, column: number): void;
  focus(): void;
  destroy(): void;
}

/** What the chunk gives. */
export interface SourceChunk {
  openSource(place: HTMLElement, options: SourceOptions): Source;
}
