// The microphone: records until stopped or discarded, shows time and level.

import { h, icon } from "./dom.js";
import { length, t } from "./words.js";

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4", "audio/webm"];

/** Fills `bar` with the recording's controls; resolves with {blob, seconds}, or null when discarded. */
export async function record(bar) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true } });
  const type = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => event.data.size && parts.push(event.data));
  const began = performance.now();
  const time = h("span.time", { role: "timer" }, "0:00");
  const meter = h("span.meter", { "aria-hidden": "true" }, Array.from({ length: 24 }, () => h("i")));
  const quiet = watch(stream, meter, () => (time.textContent = length((performance.now() - began) / 1000)));
  const kept = await new Promise((resolve) => {
    const done = h("button.round.main", { type: "button", "aria-label": t("stop"), title: t("stop"), onclick: () => resolve(true) }, icon("send"));
    const drop = h("button.round", { type: "button", "aria-label": t("discard"), title: t("discard"), onclick: () => resolve(false) }, icon("bin"));
    bar.replaceChildren(drop, h("span.lamp.red", { "aria-hidden": "true" }), time, meter, h("span.hidden", { role: "status" }, t("recording")), done);
    bar.onkeydown = (event) => event.key === "Escape" && resolve(false);
    recorder.start(250);
    done.focus();
  });
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => {
    recorder.addEventListener("stop", resolve, { once: true });
    recorder.stop();
  });
  quiet();
  stream.getTracks().forEach((track) => track.stop());
  return kept ? { blob: new Blob(parts, { type: recorder.mimeType.split(";")[0] }), seconds } : null;
}

function watch(stream, meter, each) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Uint8Array(analyser.fftSize);
  const levels = Array(meter.children.length).fill(0);
  const timer = setInterval(() => {
    analyser.getByteTimeDomainData(wave);
    levels.push(Math.max(...wave.map((one) => Math.abs(one - 128))) / 128);
    levels.shift();
    [...meter.children].forEach((bar, i) => bar.style.setProperty("--tall", String(Math.min(1, 0.1 + levels[i] * 1.4))));
    each();
  }, 90);
  return () => (clearInterval(timer), context.close());
}
