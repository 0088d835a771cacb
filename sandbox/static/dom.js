// Building elements; text only ever goes in as text.

const SVG = "http://www.w3.org/2000/svg";

export const $ = (id) => document.getElementById(id);

/** An element: `h("a.link", {href, onclick, "aria-label"}, child, "text", …)`; null children are left out. */
export function h(kind, given = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-5.5 16-3-6.5z M11.5 13.5L20 4",
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z M6 11a6 6 0 0 0 12 0 M12 17v4",
  attach: "M19 11.5l-7.4 7.4a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.5 1.5 0 0 1-2.2-2.1l7-7",
  slash: "M9 20L15 4",
  keys: "M4 7h16v10H4z M7.5 10.5h0 M12 10.5h0 M16.5 10.5h0 M8.5 14h7",
  more: "M12 6h0 M12 12h0 M12 18h0",
  down: "M6 10l6 6 6-6",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8.5 5.5v13 M15.5 5.5v13",
  file: "M7 3h7l5 5v13H7z M14 3v5h5",
  photo: "M4 5h16v14H4z M4 16l4.5-4.5 4 4 3-3L20 17 M15.5 9h0",
  place: "M12 21c4-5 6.5-8.2 6.5-11.3a6.5 6.5 0 1 0-13 0C5.5 12.800 8 16 12 21z M12 9.500h0",
  close: "M6 6l12 12 M18 6L6 18",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2.500v2 M12 19.500v2 M2.500 12h2 M19.500 12h2 M5.300 5.300l1.400 1.400 M17.300 17.300l1.400 1.400 M5.300 18.700l1.400-1.400 M17.300 6.700l1.400-1.400",
  moon: "M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z",
  auto: "M12 4a8 8 0 1 0 0 16z M12 4a8 8 0 0 1 0 16",
  tick: "M5 12.500l4.500 4.500L19 7.500",
  bin: "M5 7h14 M10 4h4 M7 7l1 13h8l1-13",
  reply: "M10 6l-6 6 6 6 M4 12h9a7 7 0 0 1 7 7",
  pen: "M4 20l1-4L16.500 4.500l3 3L8 19z",
  copy: "M9 9h10v11H9z M5 15V4h10",
  forward: "M14 6l6 6-6 6 M20 12h-9a7 7 0 0 0-7 7",
  link: "M14 5h5v5 M19 5l-8 8 M10 6H5v13h13v-5",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A person's round picture: the first sign of the name on a colour of the id. */
export function face(id, name) {
  const node = h("span.face", { "aria-hidden": "true" }, [...name][0] || "?");
  node.style.setProperty("--hue", String((Number(id) * 137 + 150) % 360));
  return node;
}

export function put(node, ...children) {
  node.replaceChildren(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
}
