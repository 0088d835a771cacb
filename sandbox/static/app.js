// The page: people on one side, the conversation of the one you are on the other.

import { $, face, h, icon, put } from "./dom.js";
import { closing, dialog, menu, tell, toast } from "./dialogs.js";
import { gist } from "./bubbles.js";
import * as composer from "./composer.js";
import * as log from "./log.js";
import { act, get, listen } from "./wire.js";
import { label, language, stamp, t, turnLanguage } from "./words.js";

const THEMES = ["auto", "light", "dark"];
const state = { run: "", me: null, people: new Map(), bot: {}, places: [], taps: new Map(), quiet: 0, linked: false };

const on = {
  command: (words) => composer.say(words),
  jump: log.jump,
  tap,
  actions,
  earlier,
};

async function load() {
  try {
    const told = await get("/chat/people");
    state.stream?.close();
    Object.assign(state, { run: told.run, bot: told.bot, places: told.places, people: new Map(told.people.map((one) => [one.id, one])) });
    state.stream = listen(told.run, told.n, hear, load, linked);
    const wanted = Number(location.hash.slice(1));
    list();
    if (state.people.has(wanted)) await open(wanted, false);
    else if (!state.me && state.people.size && matchMedia("(min-width: 800px)").matches) await open([...state.people.keys()][0], false);
  } catch {
    linked(false);
    setTimeout(load, 2000);
  }
}

function linked(up) {
  state.linked = up;
  $("link").textContent = t(up ? "online" : "offline");
  document.body.classList.toggle("cut", !up);
  status();
}

// people

function list() {
  const people = [...state.people.values()];
  put($("people"), people.length ? people.map((one) => h("li", {}, row(one, () => open(one.id)))) : h("li.none", {}, t("nobody")));
  const others = people.filter((one) => one.id !== state.me && one.unread).length;
  $("back").classList.toggle("news", others > 0);
  $("me").classList.toggle("news", others > 0);
}

function row(one, run) {
  const rank = [one.title, one.subtitle].filter(Boolean).join(" · ");
  const badge = one.unread ? h("span.badge", { "aria-label": t("unread", { n: one.unread }) }, one.unread > 99 ? "99+" : String(one.unread)) : null;
  return h("button.person", { type: "button", "aria-current": one.id === state.me ? "true" : null, "data-id": String(one.id), onclick: run },
    face(one.id, one.name),
    h("span.about", {}, h("span.top", {}, h("b", {}, one.name), rank ? h("span.rank", {}, rank) : null), h("span.last", {}, one.last ? gist(one.last) : t("none"))),
    h("span.side", {}, h("small", {}, one.last ? stamp(one.last.date) : ""), badge));
}

async function open(id, focus = true) {
  const told = await get(`/chat/history?me=${id}`);
  const person = state.people.get(id);
  state.me = id;
  state.taps.clear();
  history.replaceState(null, "", `#${id}`);
  $("app").dataset.view = "chat";
  put($("me"), face(id, person.name), h("span", {}, person.name));
  $("me").setAttribute("aria-label", t("me", { name: person.name }));
  $("me").title = t("switch");
  composer.turn({ me: id, commands: person.commands, keyboard: person.keyboard, places: state.places, lastOwn: () => log.newest((one) => !one.from.is_bot && (one.text || one.caption)) });
  log.fill(told.messages, told.more, on);
  hush();
  empty(told.messages.length === 0);
  seen();
  if (focus && matchMedia("(pointer: fine)").matches) $("text").focus();
}

function empty(none) {
  const about = state.people.get(state.me)?.about;
  $("empty").hidden = !none;
  put($("empty"), h("div.card", {}, h("span.face.bot.big", { "aria-hidden": "true" }), h("b", {}, state.bot.name), h("p", {}, about || t("emptyHint")),
    h("button.action.strong", { type: "button", onclick: () => composer.say("/start") }, t("start"))));
}

async function earlier() {
  const first = log.oldest().message_id;
  const told = await get(`/chat/history?me=${state.me}&before=${first}`);
  log.prepend(told.messages, told.more, on);
}

/** The newest is seen when the chat is open, in sight and at its end. */
function seen() {
  const person = state.people.get(state.me);
  if (!person || document.hidden || $("app").dataset.view !== "chat") return list();
  const last = log.newest((one) => one.from.is_bot);
  if (person.unread && last) act("read", state.me, { message_id: last.message_id });
  person.unread = 0;
  list();
}

function switchPerson() {
  const rows = [...state.people.values()].map((one) => h("li", {}, row(one, (event) => (event.currentTarget.closest("dialog").close(), open(one.id)))));
  dialog(t("switch"), h("ul.list", {}, rows), [closing(t("cancel"), "")]);
}

// what happens

const HEARD = {
  message(event, person) {
    person.last = event.message;
    if (event.message.from.is_bot) person.unread += 1;
    if (event.chat !== state.me) return list();
    if (event.message.from.is_bot) hush();
    log.add(event.message, on);
    return seen();
  },
  edit(event, person) {
    if (person.last?.message_id === event.message.message_id) person.last = event.message;
    if (event.chat === state.me) log.change(event.message, on);
    list();
  },
  delete(event) {
    if (event.chat === state.me) log.remove(event.message_id);
  },
  action(event) {
    if (event.chat === state.me) speakingSoon(event.action);
  },
  answer(event) {
    const node = state.taps.get(event.id);
    state.taps.delete(event.id);
    node?.classList.remove("busy");
    if (event.chat !== state.me || !event.text) return;
    if (event.alert) tell(event.text);
    else toast(event.text);
  },
  keyboard(event, person) {
    person.keyboard = event.keyboard;
    if (event.chat === state.me) composer.refresh({ keyboard: event.keyboard });
  },
  block(event, person) {
    person.blocked = event.blocked;
    if (event.chat === state.me) status();
  },
  read(event, person) {
    person.unread = [person.last].filter((one) => one?.from.is_bot && one.message_id > event.read).length;
    list();
  },
};

function hear(event) {
  const person = state.people.get(event.chat);
  if (event.kind === "commands") return again();
  if (person) HEARD[event.kind]?.(event, person);
  else again();
  return undefined;
}

let renewing = 0;
/** Someone is new, or the bot's name or commands changed: ask once for all such changes. */
function again() {
  clearTimeout(renewing);
  renewing = setTimeout(async () => {
    const told = await get("/chat/people");
    for (const one of told.people) state.people.set(one.id, { ...one, unread: state.people.get(one.id)?.unread ?? one.unread });
    state.bot = told.bot;
    if (state.me) composer.refresh({ commands: state.people.get(state.me).commands });
    list();
    status();
  }, 150);
}

function speakingSoon(action) {
  clearTimeout(state.quiet);
  state.quiet = setTimeout(hush, 5200);
  state.action = t(action) === action ? t("typing") : t(action);
  log.typing(true);
  status();
}

function hush() {
  clearTimeout(state.quiet);
  state.action = "";
  log.typing(false);
  status();
}

function status() {
  $("bot").textContent = state.bot.name || "";
  const blocked = state.people.get(state.me)?.blocked;
  $("status").textContent = !state.linked ? t("offline") : blocked ? t("blocked") : state.action || t("bot");
  $("status").classList.toggle("lively", Boolean(state.action));
}

// acts on messages

async function tap(message, one, node) {
  if (one.callback_data === undefined || node.classList.contains("busy")) return;
  node.classList.add("busy");
  const done = await act("tap", state.me, { message_id: message.message_id, data: one.callback_data });
  if (!done) return node.classList.remove("busy");
  state.taps.set(done.result, node);
  setTimeout(() => node.classList.remove("busy"), 15000);
  return undefined;
}

function actions(message, anchor, point = null) {
  const words = message.text || message.caption;
  const own = !message.from.is_bot;
  const entries = [
    { word: t("reply"), icon: "reply", run: () => composer.quote(message) },
    words && { word: t("copy"), icon: "copy", run: () => navigator.clipboard.writeText(words).then(() => toast(t("copied"))) },
    { word: t("forward"), icon: "forward", run: () => act("forward", state.me, { message_id: message.message_id }) },
    own && words && { word: t("edit"), icon: "pen", run: () => composer.quote(message, true) },
    { word: t("remove"), icon: "bin", danger: true, run: () => act("delete", state.me, { message_id: message.message_id }) },
  ].filter(Boolean);
  menu(anchor, entries, point);
}

function more() {
  const person = state.people.get(state.me);
  menu($("more"), [
    { word: t("switch"), icon: "reply", run: switchPerson },
    person && { word: t(person.blocked ? "unblock" : "block"), icon: "close", danger: !person.blocked, run: () => act("block", state.me, { blocked: !person.blocked }) },
  ].filter(Boolean));
}

// looks

function dress(theme) {
  localStorage.setItem("theme", theme);
  document.documentElement.dataset.theme = theme;
  put($("theme"), icon({ auto: "auto", light: "sun", dark: "moon" }[theme]));
  $("theme").setAttribute("aria-label", t("theme", { name: t(theme) }));
  $("theme").title = t("theme", { name: t(theme) });
}

function speak() {
  label();
  $("language").textContent = language() === "en" ? "中" : "EN";
  $("language").setAttribute("aria-label", t("language"));
  $("language").title = t("language");
  dress(localStorage.getItem("theme") || "auto");
  linked(state.linked);
}

function start() {
  put($("back"), icon("back"));
  put($("more"), icon("more"));
  composer.start();
  $("language").addEventListener("click", () => (turnLanguage(), speak(), state.people.size && (list(), state.me && open(state.me, false))));
  $("theme").addEventListener("click", () => dress(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % 3]));
  $("back").addEventListener("click", () => {
    $("app").dataset.view = "people";
    document.querySelector('.person[aria-current="true"]')?.focus();
  });
  $("me").addEventListener("click", switchPerson);
  $("more").addEventListener("click", more);
  document.addEventListener("visibilitychange", seen);
  speak();
  load();
}

start();
