// Locations: a card in the chat, and the dialog that asks for one.

import { h, icon } from "./dom.js";
import { closing, dialog, toast } from "./dialogs.js";
import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function placeCard(latitude, longitude) {
  const words = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return h("a.place", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": `${t("place")} ${words}, ${t("map")}` },
    sketch(latitude, longitude), h("span.pin", {}, icon("place")), h("span.where", {}, h("b", {}, t("place")), h("span", {}, words)));
}

// Streets that belong to no town: drawn from the coordinates, so that two places look different and nothing is fetched.
function sketch(latitude, longitude) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 260 130");
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  svg.setAttribute("aria-hidden", "true");
  let seed = Math.abs(Math.round(latitude * 1e4) * 31 + Math.round(longitude * 1e4) * 17) % 233280;
  const any = () => (seed = (seed * 9301 + 49297) % 233280) / 233280;
  const draw = (kind, d) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", kind);
    path.setAttribute("d", d);
    svg.append(path);
  };
  const slope = any() * 40 - 20;
  draw("water", `M0 ${100 + any() * 20} C70 ${70 + any() * 40} 160 ${110 + any() * 20} 260 ${80 + any() * 30} V130 H0z`);
  draw("park", `M${any() * 180} ${any() * 50} h${40 + any() * 40} v${24 + any() * 20} h-${30 + any() * 20}z`);
  for (let i = 0; i < 6; i += 1) draw("street", `M${-20 + i * 52 + any() * 20} -5 l${slope} 140`);
  for (let i = 0; i < 4; i += 1) draw("street", `M-5 ${8 + i * 36 + any() * 12} L265 ${8 + i * 36 + slope / 2 + any() * 12}`);
  draw("road", `M-5 ${30 + any() * 70} C80 ${20 + any() * 60} 150 ${40 + any() * 70} 265 ${20 + any() * 80}`);
  return svg;
}

/** Resolves with {latitude, longitude}, or null. */
export async function askPlace(places) {
  let found = null;
  const field = h("input", { id: "coordinates", inputmode: "text", placeholder: "31.23040, 121.47370", autocomplete: "off" });
  const wrong = h("p.wrong", { role: "alert" });
  const leave = (node, at) => ((found = { latitude: at[0], longitude: at[1] }), node.closest("dialog").close("ok"));
  const rows = places.map((one) => h("button.row", { type: "button", onclick: (event) => leave(event.target, one.at) },
    icon("place"), h("span", {}, one.name), h("small", {}, one.at.map((n) => n.toFixed(4)).join(", "))));
  const here = h("button.row.here", { type: "button", onclick: () => locate(here, leave) }, icon("place"), h("span", {}, t("here")));
  const submit = (event) => {
    event.preventDefault();
    const at = field.value.split(/[\s,，]+/).filter(Boolean).map(Number);
    const good = at.length === 2 && at.every(Number.isFinite) && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180;
    wrong.textContent = good ? "" : t("badPlace");
    field.setAttribute("aria-invalid", String(!good));
    if (good) leave(field, at);
  };
  const form = h("form.stack", { onsubmit: submit }, here,
    rows.length ? h("p.small", {}, t("places")) : null, rows,
    h("label.small", { for: "coordinates" }, t("coordinates")), field, wrong,
    h("div.actions", {}, closing(t("cancel"), ""), h("button.action.strong", { type: "submit" }, t("send"))));
  await dialog(t("placeTitle"), form, []);
  return found;
}

function locate(button, leave) {
  if (!navigator.geolocation) return toast(t("noGeo"), "bad");
  button.classList.add("busy");
  navigator.geolocation.getCurrentPosition(
    (at) => button.isConnected && leave(button, [at.coords.latitude, at.coords.longitude]),
    () => (button.classList.remove("busy"), toast(t("noGeo"), "bad")),
    { timeout: 8000, maximumAge: 60000 },
  );
}
