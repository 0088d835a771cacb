// A message's text with Telegram's entities, as nodes. Offsets are UTF-16 units, as JavaScript's own.

import { h } from "./dom.js";
import { t } from "./words.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE = /^(https?:|mailto:|tel:)/i;

/** A list of nodes; `onCommand(text)` is called when a command in the text is pressed. */
export function rich(text, spans = [], onCommand = () => {}) {
  const sorted = [...spans].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return weave(text, 0, text.length, sorted, onCommand);
}

function weave(text, from, to, spans, onCommand) {
  const out = [];
  let at = from;
  let left = spans;
  while (left.length) {
    const [span, ...rest] = left;
    const end = Math.min(span.offset + span.length, to);
    if (span.offset < at || end <= span.offset) {
      left = rest;
      continue;
    }
    if (span.offset > at) out.push(text.slice(at, span.offset));
    const inner = rest.filter((one) => one.offset < end);
    out.push(wrap(span, weave(text, span.offset, end, inner, onCommand), text.slice(span.offset, end), onCommand));
    at = BLOCKS.has(span.type) && text[end] === "\n" ? end + 1 : end;
    left = rest.filter((one) => one.offset >= end);
  }
  // a block ends its own line
  if (at < to) out.push(text.slice(at, to));
  return out;
}

function wrap(span, children, words, onCommand) {
  const kind = span.type;
  if (PLAIN[kind]) return h(PLAIN[kind], {}, children);
  if (kind === "pre") return h("pre", {}, h("code", { "data-language": span.language }, children));
  if (kind === "blockquote") return h("blockquote", {}, children);
  if (kind === "expandable_blockquote") return folded(children);
  if (kind === "spoiler") return spoiler(children);
  if (kind === "text_link") return link(span.url, children);
  if (kind === "url") return link(words.includes("://") ? words : `https://${words}`, children);
  if (kind === "email") return link(`mailto:${words}`, children);
  if (kind === "bot_command") return h("button.command", { type: "button", onclick: () => onCommand(words) }, children);
  if (kind === "mention" || kind === "hashtag") return h("span.tag", {}, children);
  return h("span", {}, children);
}

function link(address, children) {
  if (!SAFE.test(address)) return h("span.tag", { title: address }, children);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const show = () => node.classList.add("shown");
  const node = h("span.spoiler", { role: "button", tabindex: "0", "aria-label": t("spoiler"), onclick: show }, h("span", {}, children));
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), show()));
  node.addEventListener("click", () => node.removeAttribute("aria-label"));
  return node;
}

function folded(children) {
  const node = h("blockquote.folded", {}, children);
  const turn = () => node.classList.toggle("open");
  node.append(h("button.unfold", { type: "button", "aria-label": t("expand"), onclick: turn }, "⌄"));
  return node;
}
