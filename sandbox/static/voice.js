// A voice message's player: real waveform, seekable, one playing at a time.

import { h, icon, put } from "./dom.js";
import { length, t } from "./words.js";

const BARS = 42;
let playing = null;

export function player(address, seconds, bytes) {
  const sound = new Audio();
  sound.preload = "none";
  const bars = Array.from({ length: BARS }, () => h("i"));
  const time = h("span.time", {}, length(seconds));
  const slider = h("input", { type: "range", min: "0", max: "1000", value: "0", "aria-label": t("seek") });
  const button = h("button.play", { type: "button", "aria-label": `${t("play")} ${t("seconds", { n: Math.round(seconds) })}` }, icon("play"));
  const total = () => (Number.isFinite(sound.duration) && sound.duration > 0 ? sound.duration : seconds || 1);
  const show = () => {
    const share = Math.min(1, sound.currentTime / total());
    bars.forEach((bar, i) => bar.classList.toggle("past", sound.currentTime > 0 && i / BARS < share));
    slider.value = String(Math.round(share * 1000));
    time.textContent = length(sound.currentTime > 0 ? sound.currentTime : seconds);
  };
  const face = () => {
    put(button, icon(sound.paused ? "play" : "pause"));
    button.setAttribute("aria-label", sound.paused ? t("play") : t("pause"));
  };
  button.addEventListener("click", () => {
    if (!sound.src) sound.src = address;
    if (!sound.paused) return sound.pause();
    if (playing && playing !== sound) playing.pause();
    playing = sound;
    sound.play().catch(face);
  });
  slider.addEventListener("input", () => {
    if (!sound.src) sound.src = address;
    sound.currentTime = (Number(slider.value) / 1000) * total();
    show();
  });
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, face);
  sound.addEventListener("timeupdate", show);
  sound.addEventListener("ended", () => ((sound.currentTime = 0), show()));
  if (bytes < 3e6) draw(address, bars);
  return h("div.voice", {}, button, h("div.wave", {}, h("div.bars", { "aria-hidden": "true" }, bars), slider), time);
}

async function draw(address, bars) {
  try {
    const data = await (await fetch(address)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(data);
    const signal = sound.getChannelData(0);
    const step = Math.max(1, Math.floor(signal.length / BARS));
    const loud = bars.map((_, i) => peak(signal, i * step, (i + 1) * step));
    const top = Math.max(...loud, 0.02);
    bars.forEach((bar, i) => bar.style.setProperty("--tall", (0.14 + 0.86 * (loud[i] / top)).toFixed(2)));
  } catch {
    bars.forEach((bar, i) => bar.style.setProperty("--tall", (0.3 + 0.25 * Math.sin(i * 0.9)).toFixed(2)));
  }
}

function peak(signal, from, to) {
  let sum = 0;
  for (let i = from; i < Math.min(to, signal.length); i += 4) sum += signal[i] * signal[i];
  return Math.sqrt((sum * 4) / Math.max(1, to - from));
}
