// Toasts, dialogs and menus.

import { $, h, icon } from "./dom.js";
import { t } from "./words.js";

export function toast(words, kind = "") {
  const node = h(`div.toast${kind ? `.${kind}` : ""}`, {}, words);
  $("toasts").append(node);
  setTimeout(() => node.classList.add("leaving"), 3200 + words.length * 40);
  setTimeout(() => node.remove(), 3600 + words.length * 40);
}

/** A modal dialog; the browser keeps the focus inside and gives it back. Resolves with its return value. */
export function dialog(title, body, actions, kind = "") {
  return new Promise((resolve) => {
    const heading = h("h2", { id: "dialog-title" }, title);
    const foot = actions.length ? h("div.actions", {}, actions) : null;
    const box = h(`dialog.sheet${kind ? `.${kind}` : ""}`, { "aria-labelledby": "dialog-title" }, heading, body, foot);
    box.addEventListener("close", () => (box.remove(), resolve(box.returnValue)));
    box.addEventListener("click", (event) => event.target === box && box.close(""));
    document.body.append(box);
    box.showModal();
  });
}

export function closing(word, value, kind = "quiet") {
  return h(`button.action.${kind}`, { type: "button", onclick: (event) => event.target.closest("dialog").close(value) }, word);
}

export function tell(words) {
  return dialog(t("bot"), h("p.words", {}, words), [closing(t("ok"), "ok", "strong")], "small");
}

export function lightbox(address, words) {
  const picture = h("img", { src: address, alt: words || t("photo") });
  const box = h("dialog.lightbox", { "aria-label": words || t("photo"), onclick: () => box.close() },
    picture, h("button.round.shut", { type: "button", "aria-label": t("close"), onclick: () => box.close() }, icon("close")));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

/** A popup menu beside `anchor`: entries are {word, icon, run, danger}. Arrow keys move, Escape closes. */
export function menu(anchor, entries, at = null) {
  document.querySelector(".menu")?.remove();
  const items = entries.map((one) => h(`button.entry${one.danger ? ".danger" : ""}`,
    { type: "button", role: "menuitem", onclick: () => (shut(), one.run()) }, icon(one.icon), h("span", {}, one.word)));
  const node = h("div.menu", { role: "menu", onkeydown: move }, items);
  const outside = (event) => !node.contains(event.target) && shut(false);
  function shut(back = true) {
    node.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (back) anchor.focus();
  }
  function move(event) {
    const here = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(here + step + items.length) % items.length].focus();
    if (event.key === "Escape" || event.key === "Tab") shut();
    if (step || event.key === "Escape") event.preventDefault();
  }
  document.body.append(node);
  place(node, anchor, at);
  document.addEventListener("pointerdown", outside, true);
  items[0]?.focus();
}

function place(node, anchor, at) {
  const box = anchor.getBoundingClientRect();
  const own = node.getBoundingClientRect();
  const x = at ? at.x : box.left;
  const y = at ? at.y : box.bottom + own.height + 8 > innerHeight ? box.top - own.height - 6 : box.bottom + 6;
  node.style.left = `${Math.max(8, Math.min(x, innerWidth - own.width - 8))}px`;
  node.style.top = `${Math.max(8, Math.min(y, innerHeight - own.height - 8))}px`;
}
