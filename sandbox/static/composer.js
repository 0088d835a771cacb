// Writing, answering, editing; commands, attachments, recording, the reply keyboard.

import { $, h, icon, put } from "./dom.js";
import { closing, dialog, menu, toast } from "./dialogs.js";
import { gist } from "./bubbles.js";
import { askPlace } from "./place.js";
import { record } from "./recorder.js";
import { act } from "./wire.js";
import { size, t } from "./words.js";

const text = $("text");
const LONGEST = 4096;
const drafts = new Map();
const coarse = matchMedia("(pointer: coarse)");
let chat = null; // {me, commands, keyboard, places, lastOwn()}
let quoting = null; // {message, edit}
let folded = false;

/** Turn to another person's chat; unfinished words wait for the way back. */
export function turn(next) {
  if (chat && chat.me !== next.me) {
    drafts.set(chat.me, text.value);
    quote(null);
    text.value = drafts.get(next.me) || "";
  } else if (!chat) text.value = "";
  chat = next;
  grow();
  keyboard(next.keyboard);
}

export function refresh(changes) {
  Object.assign(chat, changes);
  if ("keyboard" in changes) keyboard(chat.keyboard);
  if ("commands" in changes) suggest();
}

/** Answer (or with `edit` change) a message; null ends it. */
export function quote(message, edit = false) {
  if (quoting?.edit && !edit) text.value = "";
  quoting = message && { message, edit };
  const bar = $("quoting");
  bar.hidden = !message;
  if (message) {
    const name = edit ? t("editing") : t("replyTo", { name: message.from.is_bot ? t("bot") : message.from.first_name });
    put(bar, icon(edit ? "pen" : "reply"), h("span.what", {}, h("b", {}, name), h("span", {}, gist(message))),
      h("button.round", { type: "button", "aria-label": t("cancel"), onclick: () => (quote(null), text.focus()) }, icon("close")));
    if (edit) text.value = message.text || message.caption || "";
    text.focus();
  }
  grow();
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  const empty = !text.value.trim();
  $("send").hidden = empty;
  $("mic").hidden = !empty;
  suggest();
}

async function send() {
  const words = text.value.trim();
  if (!words || !chat) return;
  const { me } = chat;
  const held = quoting;
  text.value = "";
  quote(null);
  const done = held?.edit
    ? await act("edit", me, { message_id: held.message.message_id, text: words })
    : await sayAll(words, held?.message.message_id);
  if (!done && !text.value) text.value = words;
  grow();
}

/** A long text goes as several messages, broken at a line or a blank where there is one. */
async function sayAll(words, replyTo) {
  let rest = words;
  let done = true;
  while (rest && done) {
    let end = rest.length;
    if (end > LONGEST) {
      const head = rest.slice(0, LONGEST);
      end = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "), head.lastIndexOf("。") + 1);
      if (end < LONGEST / 2) end = LONGEST;
    }
    done = await say(rest.slice(0, end), rest === words ? replyTo : undefined);
    if (done) rest = rest.slice(end).trim();
    else if (!text.value) text.value = rest;
  }
  return done;
}

export async function say(words, replyTo) {
  const done = await act("say", chat.me, { text: words, reply_to: replyTo });
  if (done && chat.keyboard?.one_time_keyboard) fold(true);
  return done;
}

// commands

function suggest() {
  const typed = /^\/(\w*)$/.exec(text.value);
  const found = typed && chat ? chat.commands.filter((one) => one.command.startsWith(typed[1].toLowerCase())) : [];
  list(found);
}

function list(found) {
  const box = $("commands");
  box.hidden = !found.length;
  put(box, found.map((one, i) => h("li.option", { role: "option", id: `c${i}`, "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: () => choose(one) },
    h("b", {}, `/${one.command}`), h("span", {}, one.description))));
  text.removeAttribute("aria-activedescendant");
}

function choose(one) {
  text.value = "";
  list([]);
  say(`/${one.command}`);
  grow();
  text.focus();
}

function walk(step) {
  const options = [...$("commands").children];
  const here = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = options[(here + step + options.length + (here < 0 && step < 0 ? 1 : 0)) % options.length];
  options.forEach((one) => one.setAttribute("aria-selected", String(one === next)));
  text.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const open = !$("commands").hidden;
  const chosen = $("commands").querySelector('[aria-selected="true"]');
  if (event.isComposing || event.keyCode === 229) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !event.shiftKey && !(coarse.matches && !chosen)) {
    event.preventDefault();
    if (open && chosen) chosen.click();
    else send();
  } else if (event.key === "Escape") {
    if (open) list([]);
    else if (quoting) quote(null);
  } else if (event.key === "ArrowUp" && !text.value && chat?.lastOwn()) {
    event.preventDefault();
    quote(chat.lastOwn(), true);
  }
}

// reply keyboard

function keyboard(markup) {
  const keys = $("keys");
  const rows = markup?.keyboard;
  keys.hidden = !rows;
  put(keys, icon("keys"));
  text.placeholder = markup?.input_field_placeholder || t("write");
  put($("keyboard"), (rows || []).map((row) => h("div.row", {}, row.map((key) => h("button.key", { type: "button", onclick: () => press(key) }, key.text)))));
  fold(!rows);
}

function fold(shut) {
  folded = shut;
  $("keyboard").hidden = shut;
  $("keys").setAttribute("aria-expanded", String(!shut));
}

const press = (key) => (key.request_location ? place() : say(key.text));

// attachments

async function place() {
  const at = await askPlace(chat.places);
  if (at) act("location", chat.me, at);
  text.focus();
}

async function offer(files, asPhotos) {
  const kept = [...files].slice(0, 10);
  if (!kept.length || !chat) return;
  const caption = h("input", { placeholder: t("caption"), "aria-label": t("caption"), maxlength: "1024" });
  const shown = h(asPhotos ? "div.previews" : "ul.previews.names", {}, kept.map((one) => (asPhotos ? h("img", { src: URL.createObjectURL(one), alt: one.name }) : h("li", {}, icon("file"), one.name, h("small", {}, size(one.size))))));
  const form = h("form.stack", { onsubmit: (event) => (event.preventDefault(), event.target.closest("dialog").close("ok")) }, shown, caption,
    h("div.actions", {}, closing(t("cancel"), ""), h("button.action.strong", { type: "submit", autofocus: true }, t("send"))));
  const answer = await dialog(asPhotos ? t("photosTitle") : t("filesTitle"), form, []);
  if (answer === "ok") upload(asPhotos ? "photo" : "document", kept, caption.value);
  text.focus();
}

function upload(kind, files, caption) {
  const body = new FormData();
  if (caption.trim()) body.set("caption", caption);
  files.forEach((one, i) => body.set(`file${i}`, one, one.name));
  return act(kind, chat.me, body);
}

const isPhoto = (file) => /^image\/(jpeg|png|webp|gif|bmp)$/.test(file.type);

function take(files) {
  const all = [...files];
  if (all.length) offer(all, all.every(isPhoto));
}

// voice

async function speak() {
  const line = $("line");
  const bar = $("recording");
  line.hidden = true;
  bar.hidden = false;
  try {
    const kept = await record(bar);
    if (kept && kept.blob.size) {
      const body = new FormData();
      body.set("duration", kept.seconds.toFixed(1));
      body.set("file", kept.blob, "voice");
      act("voice", chat.me, body);
    }
  } catch {
    toast(t("noMic"), "bad");
  }
  line.hidden = false;
  bar.hidden = true;
  put(bar);
  $("mic").focus();
}

export function start() {
  put($("attach"), icon("attach"));
  put($("send"), icon("send"));
  put($("mic"), icon("mic"));
  put($("slash"), icon("slash"));
  $("composer").addEventListener("submit", (event) => (event.preventDefault(), send(), text.focus()));
  text.addEventListener("input", grow);
  text.addEventListener("keydown", onKey);
  text.addEventListener("paste", (event) => event.clipboardData.files.length && (event.preventDefault(), take(event.clipboardData.files)));
  $("mic").addEventListener("click", speak);
  $("keys").addEventListener("click", () => fold(!folded));
  $("slash").addEventListener("click", () => ($("commands").hidden ? list(chat.commands) : list([]), text.focus()));
  $("attach").addEventListener("click", () => menu($("attach"), [
    { word: t("photo"), icon: "photo", run: () => $("photos").click() },
    { word: t("file"), icon: "file", run: () => $("files").click() },
    { word: t("place"), icon: "place", run: place },
  ]));
  $("photos").addEventListener("change", (event) => (offer(event.target.files, true), (event.target.value = "")));
  $("files").addEventListener("change", (event) => (offer(event.target.files, false), (event.target.value = "")));
  document.addEventListener("dragover", (event) => (event.preventDefault(), chat && document.body.classList.add("dropping")));
  document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => (event.preventDefault(), document.body.classList.remove("dropping"), take(event.dataTransfer.files)));
}
