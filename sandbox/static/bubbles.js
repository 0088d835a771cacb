// One message as a bubble in the log.

import { h, icon } from "./dom.js";
import { lightbox } from "./dialogs.js";
import { placeCard } from "./place.js";
import { rich } from "./rich.js";
import { player } from "./voice.js";
import { fileAddress } from "./wire.js";
import { clock, size, t } from "./words.js";

/** The words that stand for a message in a list or a quotation. */
export function gist(message) {
  if (!message) return t("none");
  const words = message.text || message.caption;
  const kind = ["photo", "voice", "audio", "location", "document"].find((one) => message[one]);
  const name = { photo: t("photo"), voice: t("voice"), audio: t("audio"), location: t("place"), document: message.document?.file_name || t("file") }[kind];
  return [kind && `[${name}]`, words].filter(Boolean).join(" ");
}

/** `on` holds the callbacks tap(message, button, node), command(text), actions(message, node, point), jump(id). */
export function bubble(message, on) {
  const bot = message.from.is_bot;
  const body = h("div.bubble", { oncontextmenu: (event) => open(event, message, on) },
    origin(message), quoted(message, on), media(message), words(message, on), foot(message, on));
  const who = h("span.hidden", {}, `${t("said", { name: bot ? t("bot") : t("markedOwn") })} `);
  const node = h(`li.msg.${bot ? "bot" : "own"}`, { id: `m${message.message_id}`, tabindex: "-1" }, who, body, buttons(message, on));
  node.message = message;
  if (message.media_group_id) node.dataset.album = message.media_group_id;
  return node;
}

function open(event, message, on) {
  if (event.target.closest("a, img, input") || String(getSelection())) return;
  event.preventDefault();
  on.actions(message, event.currentTarget.querySelector(".dots"), { x: event.clientX, y: event.clientY });
}

function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const name = from.sender_user ? from.sender_user.first_name : from.sender_user_name || "?";
  return h("p.origin", {}, icon("forward"), t("forwarded", { name }));
}

function quoted(message, on) {
  const other = message.reply_to_message;
  if (!other) return null;
  return h("button.quote", { type: "button", "aria-label": `${t("quoteOf")}: ${gist(other)}`, onclick: () => on.jump(other.message_id) },
    h("b", {}, other.from.is_bot ? t("bot") : other.from.first_name), h("span", {}, gist(other)));
}

function words(message, on) {
  const text = message.text || message.caption;
  if (!text) return null;
  return h("div.text", { dir: "auto" }, rich(text, message.entities || message.caption_entities || [], on.command));
}

function media(message) {
  if (message.photo) return h("div.grid", {}, photo(message));
  if (message.voice) return player(fileAddress(message.voice.file_id), message.voice.duration, message.voice.file_size);
  if (message.audio) return player(fileAddress(message.audio.file_id), message.audio.duration, message.audio.file_size);
  if (message.location) return placeCard(message.location.latitude, message.location.longitude);
  return message.document ? attachment(message.document) : null;
}

export function photo(message) {
  const best = message.photo[message.photo.length - 1];
  const address = fileAddress(best.file_id);
  const image = h("img", { src: address, alt: message.caption || t("photo"), loading: "lazy", decoding: "async" });
  image.width = best.width;
  image.height = best.height;
  return h("button.photo", { type: "button", "data-id": String(message.message_id), "aria-label": t("openPhoto"), onclick: () => lightbox(address, message.caption) }, image);
}

function attachment(file) {
  const ending = (file.file_name || "").split(".").pop().slice(0, 4).toUpperCase();
  return h("a.file", { href: `${fileAddress(file.file_id)}?download`, download: file.file_name || "file", "aria-label": t("download", { name: file.file_name || t("file") }) },
    h("span.sort", { "aria-hidden": "true" }, ending || icon("file")), h("span.about", {}, h("b", {}, file.file_name || t("file")), h("small", {}, size(file.file_size))));
}

function foot(message, on) {
  const bot = message.from.is_bot;
  return h("span.foot", {},
    message.edit_date ? h("span", {}, t("edited")) : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    bot ? null : icon("tick"),
    h("button.dots", { type: "button", "aria-label": t("actions"), "aria-haspopup": "menu", onclick: (event) => on.actions(message, event.currentTarget) }, icon("more")));
}

function buttons(message, on) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div.buttons", { role: "group", "aria-label": t("keyboard") }, rows.map((row) => h("div.row", {}, row.map((one) => button(message, one, on)))));
}

function button(message, one, on) {
  if (one.url && /^https?:/i.test(one.url)) {
    return h("a.key", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, one.text, icon("link"));
  }
  return h("button.key", { type: "button", "data-data": one.callback_data, onclick: (event) => on.tap(message, one, event.currentTarget) }, one.text);
}
