// The page's own labels in two languages. What the bot says comes from the bot.
const WORDS = {
  zh: {
    people: "你来当谁", peopleHint: "选一位工作人员，像用手机一样和机器人聊天。人和户都是编的。",
    findPerson: "找人：名字、岗位或村组", nobody: "从左边选一位工作人员开始", back: "换人", tools: "时钟和故障",
    plusDay: "往后拨一天", nextMorning: "拨到下一个 08:30", offline: "和沙箱断开了，正在重连…", messages: "聊天记录",
    down: "到最新一条", stop: "不回复了", attach: "发照片、文件或位置", commands: "命令", textBox: "写消息", keys: "快捷键盘",
    send: "发送", unblock: "已拉黑机器人，点这里解除", close: "关上", clockTitle: "时钟", setClock: "拨过去",
    clockHint: "机器人按这个时钟过日子。可以往后拨一天，或拨到任意时刻。", moment: "日期和时间",
    breakTitle: "故意弄坏", breakHint: "看看出故障时，话会不会丢、会不会记两遍。", howOften: "影响",
    polling: "收消息也受影响 (getUpdates)", inForce: "正在起作用", nothing: "一切正常", repair: "都修好", ok: "知道了",
    picture: "照片", reply: "回复", edit: "编辑", edited: "已改", photo: "照片", document: "文件", place: "位置",
    latitude: "纬度", longitude: "经度", sendPlace: "发送位置", blocked: "已拉黑", typing: "正在输入…",
    next1: "接下来 1 次", next3: "接下来 3 次", next10: "接下来 10 次", chance: "每次有三成可能", left: "还有 {0} 次",
    always: "一直", noUnread: "", unread: "{0} 条未读", noCommands: "机器人还没有设置命令", other: "English",
    f429: "请求太多", f500: "服务器出错", fhang: "不回话（没办）", fhang_after: "办了不回话", fdrop_before: "断线（没办）", fdrop_after: "办了才断线",
    fblocked: "被用户拉黑", ftwice: "重复送达", editing: "编辑：", replying: "回复：", title: "入户通 · 演示",
    days: "周日 周一 周二 周三 周四 周五 周六", date: "{0}月{1}日 {2}", fullDate: "{3}年{0}月{1}日",
  },
  en: {
    people: "Who are you", peopleHint: "Choose a staff member and chat with the bot as on a phone. All people are made up.",
    findPerson: "Find by name, role or place", nobody: "Choose a staff member on the left", back: "Change person",
    tools: "Clock and faults", plusDay: "One day forward", nextMorning: "Forward to the next 08:30",
    offline: "Lost the sandbox, trying again…", messages: "Messages", down: "To the newest", stop: "Stop replying",
    attach: "Send a photo, document or location", commands: "Commands", textBox: "Message", keys: "Reply keyboard", send: "Send",
    unblock: "You blocked the bot. Tap to unblock", close: "Close", clockTitle: "Clock", setClock: "Set",
    clockHint: "Reminders follow this clock.", moment: "Date and time", breakTitle: "Break things",
    breakHint: "See that nothing is lost and nothing recorded twice.", howOften: "Hits",
    polling: "Receiving too (getUpdates)", inForce: "In force", nothing: "Everything works", repair: "Repair all", ok: "OK",
    picture: "Photo", reply: "Reply", edit: "Edit", edited: "edited", photo: "Photo", document: "Document", place: "Location",
    latitude: "Latitude", longitude: "Longitude", sendPlace: "Send location", blocked: "blocked", typing: "typing…",
    next1: "the next call", next3: "the next 3 calls", next10: "the next 10 calls", chance: "3 calls in 10",
    left: "{0} left", always: "on", unread: "{0} unread", noCommands: "The bot has set no commands", other: "中文",
    f429: "too many requests", f500: "server error", fhang: "no answer, not done", fhang_after: "no answer, but done",
    fdrop_before: "dropped, not done", fdrop_after: "dropped, but done", fblocked: "for this person", ftwice: "updates come again",
    editing: "Edit: ", replying: "Reply: ", title: "Ruhu demo",
    days: "Sun Mon Tue Wed Thu Fri Sat", months: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    date: "{2}, {1} {0}", fullDate: "{1} {0} {3}",
  },
};

const asked = new URLSearchParams(location.search).get("lang");
export let language = asked in WORDS ? asked : localStorage.getItem("language") in WORDS ? localStorage.getItem("language") : "zh";

export function word(name, ...values) {
  const text = WORDS[language][name] ?? name;
  return text.replace(/\{(\d)\}/g, (_, index) => values[index]);
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

// Fills every labelled element of the page.
export function label(root = document) {
  document.documentElement.lang = language;
  document.title = word("title");
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll("[data-title]")) element.title = word(element.dataset.title);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button")) element.title = word(element.dataset.label);
    if (element.matches("textarea")) element.placeholder = word(element.dataset.label);
  }
}

// "2024-03-15T…" → "3月15日 周五"
export function day(moment) {
  return word("date", ...parts(moment));
}

export const fullDay = (moment) => word("fullDate", ...parts(moment));
export const weekday = (moment) => parts(moment)[2];

function parts(moment) {
  const [year, month, date] = moment.slice(0, 10).split("-").map(Number);
  const ofWeek = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  const named = WORDS[language].months?.split(" ")[month - 1] ?? month;
  return [named, date, word("days").split(" ")[ofWeek], year];
}
