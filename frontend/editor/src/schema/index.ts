/** The one schema of a mail's text: what cannot be written with it cannot be sent by accident. */

import { Schema } from "prosemirror-model";
import { blocks } from "./blocks";
import { marks } from "./marks";
import { phrases } from "./phrases";
import { tables } from "./tables";

/** The schema of the text view. */
export const schema = new Schema({ nodes: { ...blocks, ...tables, ...phrases }, marks });
