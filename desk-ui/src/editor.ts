// The editor page. This file only lists the parts, in the order in which they
// see keys, clipboard and changes.
import * as addresses from "./editor/addresses";
import * as pictures from "./pictures/part";
import * as paste from "./paste/part";
import * as suggest from "./suggest/part";
import * as editor from "./editor/part";
import * as keep from "./keep/part";
import * as check from "./check/part";
import * as notes from "./notes/part";
import * as live from "./live/part";
import { mount } from "./editor/mount";

mount([addresses, pictures, paste, suggest, editor, keep, check, notes, live]);
