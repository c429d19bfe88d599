/** What keys do, and what typing makes of itself. */

import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { splitListItem, liftListItem, sinkListItem } from "prosemirror-schema-list";
import { NodeSelection, type Command, type Plugin } from "prosemirror-state";
import { goToNextCell } from "prosemirror-tables";
import type { Host } from "../host";
import { schema } from "../schema";
import { openField } from "./chips";
import { COMMANDS } from "./commands";

const { nodes: n } = schema;

/** The keys of the text view. `Tab` moves inside tables and lists; after `Escape` it leaves the text instead. */
export function keys(host: Host, focusBar: () => void): Plugin[] {
  let isLeaving = false;
  const tab = (command: Command): Command => (state, dispatch, view) => !isLeaving && command(state, dispatch, view);
  const run = (name: string): Command => (_, dispatch) => (dispatch ? host.exec(name) : true);
  const own: Record<string, Command> = {
    "Mod-b": COMMANDS.bold!,
    "Mod-i": COMMANDS.italic!,
    "Mod-u": COMMANDS.underline!,
    "Mod-Shift-x": COMMANDS.strike!,
    "Mod-k": run("link"),
    "Mod-Alt-0": COMMANDS.paragraph!,
    "Mod-Alt-1": COMMANDS.heading1!,
    "Mod-Alt-2": COMMANDS.heading2!,
    "Mod-Alt-3": COMMANDS.heading3!,
    "Mod-Shift-7": COMMANDS.ordered!,
    "Mod-Shift-8": COMMANDS.bullet!,
    "Mod-Shift-9": COMMANDS.quote!,
    "Mod-\\": COMMANDS.clear!,
    "Mod-z": COMMANDS.undo!,
    "Mod-y": COMMANDS.redo!,
    "Mod-Shift-z": COMMANDS.redo!,
    "Shift-Enter": chainCommands(exitCode, COMMANDS.break!),
    "Alt-F10": () => {
      focusBar();
      return true;
    },
    Enter: chainCommands(openSelected(host), splitListItem(n.list_item)),
    Tab: tab(chainCommands(goToNextCell(1), sinkListItem(n.list_item))),
    "Shift-Tab": tab(chainCommands(goToNextCell(-1), liftListItem(n.list_item))),
    Escape: () => {
      isLeaving = true;
      return false;
    },
  };
  const watch = keymap({});
  watch.props.handleKeyDown = (_, event) => {
    isLeaving = isLeaving && (event.key === "Tab" || event.key === "Shift" || event.key === "Escape");
    return false;
  };
  return [watch, keymap(own), keymap(baseKeymap)];
}

/** Opens the field or the picture that is selected. */
function openSelected(host: Host): Command {
  return (state, dispatch) => {
    const node = state.selection instanceof NodeSelection ? state.selection.node : null;
    if (node?.type === n.image) {
      return dispatch ? host.exec("picture") : true;
    }
    return node?.type === n.merge_field && (dispatch ? openField(host, node) : true);
  };
}

/** `- `, `1. `, `# `, `> ` and `---` at the begin of a line make what they stand for. */
export function typed(): Plugin {
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*•]\s$/, n.bullet_list),
      wrappingInputRule(
        /^(\d{1,3})[.)]\s$/,
        n.ordered_list,
        (match) => ({ start: Number(match[1]) }),
        (match, node) => node.childCount + (node.attrs.start as number) === Number(match[1]),
      ),
      wrappingInputRule(/^\s*>\s$/, n.blockquote),
      textblockTypeInputRule(/^(#{1,3})\s$/, n.heading, (match) => ({ level: match[1]!.length })),
      new InputRule(/^---$/, (state, _, from, to) => state.tr.replaceRangeWith(from - 1, to, n.horizontal_rule.create())),
    ],
  });
}
