// The page's own words, Chinese and English.

const ZH = {
  brand: "回访 · 本机聊天", people: "人员", choose: "选择您的身份，与机器人对话", chat: "聊天", back: "返回人员列表",
  more: "更多", log: "聊天记录", down: "回到最新消息", commands: "命令", attach: "附件", write: "输入消息",
  send: "发送", record: "录音", keys: "快捷键盘", keyboard: "快捷回复", skip: "跳到输入框", bot: "机器人",
  typing: "正在输入…", upload_document: "正在发送文件…", upload_photo: "正在发送图片…", record_voice: "正在录音…",
  online: "已连接", offline: "连接已断开，正在重连…", me: "当前身份：{name}，点按切换", switch: "切换身份",
  edited: "已编辑", today: "今天", yesterday: "昨天", unread: "{n} 条未读", you: "您", newer: "{n} 条新消息",
  photo: "照片", file: "文件", place: "位置", voice: "语音", audio: "音频", cancel: "取消", ok: "好", close: "关闭",
  caption: "添加说明…", photosTitle: "发送照片", filesTitle: "发送文件", placeTitle: "发送位置", here: "使用我的当前位置",
  latitude: "纬度", longitude: "经度", coordinates: "坐标（纬度, 经度）", places: "常用地点", badPlace: "请输入有效的纬度和经度",
  noGeo: "无法取得当前位置，请手动输入坐标", noMic: "无法使用麦克风，请检查浏览器权限", recording: "正在录音",
  stop: "停止并发送", discard: "丢弃录音", play: "播放语音", pause: "暂停", seek: "播放进度", seconds: "{n} 秒",
  download: "下载 {name}", openPhoto: "查看照片", map: "在地图中查看", reply: "回复", edit: "编辑", remove: "删除", copy: "复制文字",
  forward: "转发给机器人", copied: "已复制", actions: "消息操作", replyTo: "回复 {name}", editing: "编辑消息", forwarded: "转发自 {name}",
  block: "屏蔽机器人", unblock: "解除屏蔽", blocked: "您已屏蔽机器人，发送消息即可解除", empty: "还没有消息",
  emptyHint: "发一句话、一段语音或一张照片试试", start: "开始", earlier: "更早的消息", theme: "外观：{name}", auto: "跟随系统",
  light: "浅色", dark: "深色", language: "English", failed: "没有发送成功：{why}", nobody: "这里还没有人员",
  spoiler: "显示隐藏内容", quoteOf: "跳到被回复的消息", dropHere: "松开即可发送", none: "暂无消息", gone: "连不上服务器",
  expand: "展开", said: "{name} 说", pressed: "已点按", markedOwn: "我",
};

const EN = {
  brand: "Huifang · local chat", people: "People", choose: "Choose who you are and talk to the bot", chat: "Chat", back: "Back to people",
  more: "More", log: "Conversation", down: "Go to the newest message", commands: "Commands", attach: "Attach", write: "Message",
  send: "Send", record: "Record a voice message", keys: "Quick keyboard", keyboard: "Quick replies", skip: "Skip to the message field", bot: "bot",
  typing: "typing…", upload_document: "sending a file…", upload_photo: "sending a picture…", record_voice: "recording…",
  online: "Connected", offline: "Connection lost, trying again…", me: "You are {name}; press to switch", switch: "Switch person",
  edited: "edited", today: "Today", yesterday: "Yesterday", unread: "{n} unread", you: "You", newer: "{n} new messages",
  photo: "Photo", file: "File", place: "Location", voice: "Voice message", audio: "Audio", cancel: "Cancel", ok: "OK", close: "Close",
  caption: "Add a caption…", photosTitle: "Send photos", filesTitle: "Send files", placeTitle: "Send a location", here: "Use my current location",
  latitude: "Latitude", longitude: "Longitude", coordinates: "Coordinates (latitude, longitude)", places: "Places at hand", badPlace: "Please give a valid latitude and longitude",
  noGeo: "Your location is not available; please type coordinates", noMic: "The microphone is not available; please check the browser's permission", recording: "Recording",
  stop: "Stop and send", discard: "Discard the recording", play: "Play voice message", pause: "Pause", seek: "Position", seconds: "{n} seconds",
  download: "Download {name}", openPhoto: "Open photo", map: "See on a map", reply: "Reply", edit: "Edit", remove: "Delete", copy: "Copy text",
  forward: "Forward to the bot", copied: "Copied", actions: "Message actions", replyTo: "Reply to {name}", editing: "Edit message", forwarded: "Forwarded from {name}",
  block: "Block the bot", unblock: "Unblock the bot", blocked: "You have blocked the bot; a message unblocks it", empty: "No messages yet",
  emptyHint: "Try a sentence, a voice message or a photo", start: "Start", earlier: "Earlier messages", theme: "Appearance: {name}", auto: "as the system",
  light: "light", dark: "dark", language: "中文", failed: "Not sent: {why}", nobody: "There is nobody here yet",
  spoiler: "Show hidden text", quoteOf: "Go to the message replied to", dropHere: "Drop to send", none: "No messages", gone: "The server can't be reached",
  expand: "Show all", said: "{name} said", pressed: "pressed", markedOwn: "me",
};

const kept = localStorage.getItem("language");
let words = (kept || navigator.language || "zh").startsWith("en") ? EN : ZH;

export const language = () => (words === EN ? "en" : "zh-CN");

export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function turnLanguage() {
  words = words === EN ? ZH : EN;
  localStorage.setItem("language", language());
}

/** Fill what the HTML marks with data-word and data-label. */
export function label(root = document) {
  document.documentElement.lang = language();
  document.title = t("brand");
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.label);
    if (node.tagName === "TEXTAREA") node.placeholder = t(node.dataset.label);
  }
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const midnight = new Date().setHours(0, 0, 0, 0);
  const gap = Math.round((midnight - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (gap === 0 || gap === 1) return t(gap ? "yesterday" : "today");
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(language(), { year, month: "long", day: "numeric", weekday: "short" });
}

/** The time of today's messages, the day of older ones. */
export function stamp(seconds) {
  const name = day(seconds);
  if (name === t("today")) return clock(seconds);
  if (name === t("yesterday")) return name;
  return new Date(seconds * 1000).toLocaleDateString(language(), { month: "numeric", day: "numeric" });
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
