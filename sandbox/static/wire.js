// Talking to the server: acts by POST, events by a stream that goes on where it broke.

import { t } from "./words.js";
import { toast } from "./dialogs.js";

export async function get(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Do something as `me`; `body` is a plain object or a FormData. Says so itself when it fails (null then). */
export async function act(name, me, body) {
  const form = body instanceof FormData;
  try {
    const answer = await fetch(`/chat/${name}?me=${me}`, {
      method: "POST",
      body: form ? body : JSON.stringify(body),
      headers: form ? {} : { "Content-Type": "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  } catch (error) {
    toast(t("failed", { why: error instanceof TypeError ? t("gone") : error.message }), "bad");
    return null;
  }
}

export const fileAddress = (id) => `/chat/file/${encodeURIComponent(id)}`;

/** Listen from event `n` on; `onState(true|false)` tells whether the stream stands. */
export function listen(run, n, onEvent, onReload, onState) {
  const stream = new EventSource(`/chat/events?run=${run}&since=${n}`);
  stream.onopen = () => onState(true);
  stream.onmessage = (event) => onEvent(JSON.parse(event.data));
  stream.addEventListener("reload", () => (stream.close(), onReload()));
  stream.onerror = () => {
    onState(false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(onReload, 1500);
  };
  return stream;
}
