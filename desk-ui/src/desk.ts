// Every page of the desk. Everything works without: this only saves a walk to
// the mouse or a reload. This file only lists the parts.
import { changes } from "./desk/changes";
import { commandBox } from "./desk/command";
import { counters } from "./desk/counters";
import { drop } from "./desk/drop";
import { keys } from "./desk/keys";
import { keySheet } from "./desk/keysheet";
import { list } from "./desk/list";
import { passkey } from "./desk/passkey";
import { preview } from "./desk/preview";
import { secret } from "./desk/secret";
import { line } from "./live/line";
import { liveList } from "./live/list";
import { liveStory } from "./live/story";
import { noteForms } from "./notes/forms";
import { mentions } from "./notes/names";
import { notesOnPage } from "./notes/reading";
import { waiting } from "./desk/waiting";

document.documentElement.classList.add("js");
changes();
counters();
list();
drop();
keys();
keySheet();
commandBox();
passkey();
preview();
secret();
noteForms();
mentions();
notesOnPage();
liveList();
liveStory();
line();
waiting();
