// The conversation: days, bubbles in order, albums, scrolling, what is new below.

import { $, h, icon, put } from "./dom.js";
import { bubble, photo } from "./bubbles.js";
import { day, t } from "./words.js";

const log = $("log");
let shown = new Map(); // nodes by message id; an album's messages share one
let kept = new Map(); // messages by id, oldest first
let more = false;
let below = 0;

export const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 90;
export const oldest = () => kept.values().next().value;
export const newest = (test = () => true) => [...kept.values()].reverse().find(test);

/** Show a whole conversation; not read out, for it isn't news. */
export function fill(messages, hasMore, on) {
  log.setAttribute("aria-live", "off");
  shown = new Map();
  kept = new Map();
  more = hasMore;
  put(log);
  messages.forEach((one) => append(one, on));
  if (more) log.prepend(earlier(on));
  log.scrollTop = log.scrollHeight;
  count(0);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 400);
}

function earlier(on) {
  return h("li.earlier", {}, h("button.action.quiet", { type: "button", onclick: () => on.earlier() }, t("earlier")));
}

/** Put older messages above, keeping what is seen where it is. */
export function prepend(messages, hasMore, on) {
  const all = [...messages, ...kept.values()];
  const rest = log.scrollHeight - log.scrollTop;
  fill(all, hasMore, on);
  log.scrollTop = log.scrollHeight - rest;
}

export function add(message, on) {
  if (shown.has(message.message_id)) return change(message, on);
  const follow = atEnd() || !message.from.is_bot;
  append(message, on);
  if (follow) toEnd();
  else count(below + 1);
  $("empty").hidden = true;
}

function append(message, on) {
  const last = log.lastElementChild;
  kept.set(message.message_id, message);
  const album = message.media_group_id && last?.dataset.album === message.media_group_id && message.photo;
  if (album) {
    last.querySelector(".grid").append(photo(message));
    last.querySelector(".grid").dataset.count = last.querySelectorAll(".photo").length;
    shown.set(message.message_id, last);
    return;
  }
  const before = last?.message;
  if (!before || day(before.date) !== day(message.date)) log.append(h("li.day", {}, h("span", {}, day(message.date))));
  const node = bubble(message, on);
  if (before && before.from.is_bot === message.from.is_bot && message.date - before.date < 300) node.classList.add("same");
  log.append(node);
  shown.set(message.message_id, node);
}

export function change(message, on) {
  const old = shown.get(message.message_id);
  if (old) kept.set(message.message_id, message);
  if (!old || (old.dataset.album && old.message.message_id !== message.message_id)) return;
  const follow = atEnd();
  const node = bubble(message, on);
  const photos = [...old.querySelectorAll(".photo")].slice(1);
  node.querySelector(".grid")?.append(...photos);
  if (photos.length) node.querySelector(".grid").dataset.count = photos.length + 1;
  if (old.classList.contains("same")) node.classList.add("same");
  const focused = old.contains(document.activeElement);
  old.replaceWith(node);
  shown.set(message.message_id, node);
  node.classList.add("changed");
  if (focused) (node.querySelector(".key") || $("text")).focus({ preventScroll: true });
  if (follow) toEnd();
}

export function remove(messageId) {
  const node = shown.get(messageId);
  if (!node) return undefined;
  if (node.contains(document.activeElement)) $("text").focus();
  shown.delete(messageId);
  kept.delete(messageId);
  const photos = [...node.querySelectorAll(".photo")];
  if (photos.length < 2) return void node.remove();
  photos.find((one) => one.dataset.id === String(messageId))?.remove();
  node.querySelector(".grid").dataset.count = photos.length - 1;
  return undefined;
}

export function jump(messageId) {
  const node = shown.get(messageId);
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: calm() });
  node.classList.remove("flash");
  requestAnimationFrame(() => node.classList.add("flash"));
  node.focus({ preventScroll: true });
}

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  count(0);
}

function count(n) {
  below = n;
  const button = $("down");
  button.hidden = atEnd() && !n;
  put(button, icon("down"), n ? h("span.badge", {}, String(n)) : null);
  button.setAttribute("aria-label", n ? t("newer", { n }) : t("down"));
}

/** The dots of a bot that is about to speak. */
export function typing(on) {
  const follow = atEnd();
  log.parentElement.classList.toggle("typing", on);
  if (follow) toEnd();
}

log.addEventListener("scroll", () => (atEnd() ? count(0) : ($("down").hidden = false)), { passive: true });
log.addEventListener("load", () => atEnd() && toEnd(), true);
$("down").addEventListener("click", () => (toEnd(), $("text").focus()));
new ResizeObserver(() => below || log.dataset.away || toEnd()).observe(log);
log.addEventListener("scroll", () => (atEnd() ? delete log.dataset.away : (log.dataset.away = "1")), { passive: true });
