// The phone page: one chat at a time, drawn from what the simulator says and nothing else.

const find = (id) => document.getElementById(id);
const messages = find("messages");
const chat = find("chat");
const START_LINK = /^https?:\/\/t\.me\/([A-Za-z0-9_]+)\?start=([A-Za-z0-9_-]{1,64})$/;

let bot = { name: "Bot", username: "" };
let phones = [];
let phone = null; // the one that is open
let source = null; // its feed of changes
let startToken = ""; // from the link that was opened last
let toastTimer = 0;
let busyTimer = 0;

// What the simulator answers

async function ask(path, options) {
  const answer = await fetch(path, options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error ?? "Erreur");
  return told;
}

function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const here = (path) => `/sim/users/${phone.id}/${path}`;

// Small pieces

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function icon(path, className) {
  const [svg, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function avatar(holder, name, number) {
  holder.textContent = [...name][0]?.toUpperCase() ?? "?";
  holder.style.setProperty("--hue", (number * 67) % 360);
}

const clock = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("fr", { day: "numeric", month: "long", year: "numeric" });

function size(bytes) {
  if (bytes < 1024) return `${bytes} o`;
  const [number, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "Ko"] : [bytes / 1024 ** 2, "Mo"];
  return `${number.toLocaleString("fr", { maximumFractionDigits: unit === "Mo" ? 1 : 0 })} ${unit}`;
}

function toast(text) {
  const box = find("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(hideToast, Math.max(3000, text.length * 70));
}

function hideToast() {
  clearTimeout(toastTimer);
  find("toast").classList.remove("shown");
}

function warn(text) {
  find("alert-text").textContent = text;
  find("alert").showModal();
}

// Messages

function drawPhoto(photo) {
  const image = element("img", { class: "photo", src: `/sim/files/${photo.file_id}`, alt: "Photo", width: photo.width, height: photo.height });
  image.addEventListener("load", () => atBottom() && toBottom(), { once: true });
  return element("a", { href: `/sim/files/${photo.file_id}`, target: "_blank", rel: "noopener" }, image);
}

function drawFile(file) {
  const sheet = element("span", { class: "sheet" }, icon("M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14"));
  const words = element("span", {}, element("b", {}, file.file_name), element("small", {}, size(file.size)));
  return element("a", { class: "file", href: `/sim/files/${file.file_id}`, download: file.file_name }, sheet, words);
}

function drawBody(message) {
  const body = element("div", { class: "body" });
  body.innerHTML = message.html; // made by the simulator from entities, every character of the text escaped
  for (const link of body.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  for (const hidden of body.querySelectorAll(".tg-spoiler")) {
    hidden.tabIndex = 0;
    hidden.setAttribute("role", "button");
  }
  return body;
}

function drawButton(message, button) {
  const made = element("button", { type: "button", class: button.style ?? null }, element("span", { class: "label" }, button.text));
  if (button.url && !START_LINK.test(button.url)) {
    made.append(icon("M8 16L17 7M9 7h8v8", "corner"));
    made.setAttribute("aria-description", "Ouvre un nouvel onglet");
  }
  made.addEventListener("click", () => press(message, button, made));
  return made;
}

function draw(message) {
  const moment = new Date(message.date);
  const bubble = element("div", { class: "bubble" });
  if (message.from === "note") bubble.append(element("p", { class: "origin" }, "Reçu par courriel"));
  else bubble.append(element("span", { class: "visually-hidden" }, message.from === "bot" ? `${bot.name} : ` : "Vous : "));
  if (message.photo) bubble.append(drawPhoto(message.photo));
  if (message.document) bubble.append(drawFile(message.document));
  if (message.html) bubble.append(drawBody(message));
  bubble.append(element("span", { class: "stamp" }, `${message.edited ? "modifié " : ""}${clock.format(moment)}`));

  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((button) => drawButton(message, button))));
  const className = `message ${message.from}${rows.length ? " keys" : ""}`;
  const offered = message.from === "note" ? message.buttons.flat().map(({ url }) => url?.match(START_LINK)?.[2]).find(Boolean) : null;
  const marks = { class: className, "data-id": message.message_id, "data-day": day.format(moment), "data-start": offered };
  return element("article", marks, bubble, ...rows);
}

const atBottom = () => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 90;
const toBottom = () => { chat.scrollTop = chat.scrollHeight; };
const drawn = (id) => messages.querySelector(`[data-id="${id}"]`);

function show(message) {
  const before = drawn(message.message_id);
  const stay = before && !atBottom();
  const made = draw(message);
  if (before) {
    const focused = [...before.querySelectorAll("button")].indexOf(document.activeElement);
    before.replaceWith(made);
    if (focused >= 0) (made.querySelector("button") ?? find("text")).focus({ preventScroll: true });
  } else {
    if (messages.lastElementChild?.dataset.day !== made.dataset.day) {
      messages.append(element("p", { class: "day", "data-day": made.dataset.day }, made.dataset.day));
    }
    messages.append(made);
  }
  if (!stay) toBottom();
  showStarter();
}

function remove(id) {
  const gone = drawn(id);
  const heading = gone?.previousElementSibling;
  gone?.remove();
  if (heading?.classList.contains("day") && heading.nextElementSibling?.dataset.day !== heading.dataset.day) heading.remove();
  showStarter();
}

function showStarter() {
  const begun = messages.querySelector(".message:not(.note)") !== null;
  const offered = !begun || startToken !== "";
  find("starter").hidden = !offered;
  find("composer").hidden = offered;
  find("empty").hidden = messages.childElementCount > 0;
}

// What the person does

async function press(message, button, pressed) {
  const link = button.url?.match(START_LINK);
  if (link && link[1] === bot.username) return offerStart(link[2]);
  if (button.url) return window.open(button.url, "_blank", "noopener");
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text);
    return toast("Copié.");
  }
  if (pressed.getAttribute("aria-busy")) return undefined;
  pressed.setAttribute("aria-busy", "true");
  hideToast(); // what it says is of the screen before
  try {
    const answer = await post(here("press"), { message_id: message.message_id, text: button.text });
    if (answer.text) (answer.show_alert ? warn : toast)(answer.text);
    const started = answer.url?.match(START_LINK);
    if (started) offerStart(started[2]);
  } catch {
    toast("Ce bouton n’est plus là.");
  } finally {
    pressed.removeAttribute("aria-busy");
  }
  return undefined;
}

function offerStart(token) {
  startToken = token;
  showStarter();
  toBottom();
  find("start").focus();
}

async function say(text) {
  try {
    await post(here("send"), { text });
    return true;
  } catch (error) {
    toast(`Message non envoyé : ${error.message}`);
    return false;
  }
}

async function start() {
  const invitations = [...messages.querySelectorAll("[data-start]")];
  const token = startToken || invitations.at(-1)?.dataset.start; // the button speaks for the invitation above it
  const text = token ? `/start ${token}` : "/start";
  startToken = "";
  await say(text);
  showStarter();
  // On a touch screen the focus would bring up the keyboard, over the buttons.
  if (!find("composer").hidden && matchMedia("(hover: hover)").matches) find("text").focus();
}

async function submit(event) {
  event?.preventDefault();
  const box = find("text");
  const text = box.value;
  if (!text.trim()) return;
  box.value = "";
  fit();
  if (!(await say(text))) box.value = text;
  toBottom();
}

async function sendFile() {
  const input = find("file");
  const file = input.files[0];
  if (!file) return;
  const form = new FormData();
  form.append("document", file);
  input.value = "";
  try {
    await ask(here("send"), { method: "POST", body: form });
    toBottom();
  } catch (error) {
    toast(`Fichier non envoyé : ${error.message}`);
  }
}

function fit() {
  const box = find("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 132)}px`;
}

function idle() {
  clearTimeout(busyTimer);
  find("owner").textContent = `Téléphone de ${phone.first_name}`;
}

function busy() {
  clearTimeout(busyTimer);
  find("owner").textContent = "écrit…";
  busyTimer = setTimeout(idle, 5000);
}

// The menu of commands

function openMenu(open) {
  if (!open && find("menu").contains(document.activeElement)) find("menu-button").focus();
  find("menu").hidden = !open;
  find("menu-button").setAttribute("aria-expanded", String(open));
  if (open) find("commands").querySelector("button")?.focus();
}

async function loadCommands() {
  const commands = await ask(here("commands"));
  find("menu-button").hidden = commands.length === 0;
  find("commands").replaceChildren(
    ...commands.map(({ command, description }) => {
      const button = element("button", { type: "button" }, element("span", {}, description), element("code", {}, `/${command}`));
      button.addEventListener("click", () => {
        openMenu(false);
        say(`/${command}`);
      });
      return element("li", {}, button);
    }),
  );
}

// Opening a phone

function listPhones() {
  find("no-phones").hidden = phones.length > 0;
  find("phones").replaceChildren(
    ...phones.map((each) => {
      const face = element("span", { class: "avatar", "aria-hidden": "true" });
      avatar(face, each.first_name, each.id);
      const words = element("span", {}, element("b", {}, each.first_name), element("small", {}, `Téléphone ${each.id}`));
      const button = element("button", { type: "button", "aria-current": each.id === phone?.id ? "true" : null }, face, words);
      button.addEventListener("click", () => { window.location.hash = each.id; });
      return element("li", {}, button);
    }),
  );
}

function open(chosen) {
  source?.close();
  phone = chosen;
  startToken = "";
  document.body.dataset.view = phone ? "chat" : "phones";
  document.title = phone ? `${phone.first_name} · ${bot.name}` : "Téléphones";
  messages.replaceChildren();
  openMenu(false);
  listPhones();
  if (!phone) return;
  idle();
  watch();
}

// The feed is opened first and the chat read after, so that nothing falls between the two.
function watch() {
  const watched = phone;
  let waiting = [];
  const feed = (source = new EventSource(here("events")));
  const take = (change) => {
    if (change.type === "message") show(change.message);
    else if (change.type === "deleted") remove(change.message_id);
    else if (change.type === "commands") loadCommands();
    if (change.type === "action") busy();
    else if (change.message?.from === "bot") idle();
  };
  feed.addEventListener("open", async () => {
    waiting = [];
    const present = await ask(here("chat"));
    if (feed !== source || watched !== phone) return;
    chat.setAttribute("aria-live", "off"); // what was there before is not news
    messages.replaceChildren();
    present.forEach(show);
    toBottom();
    waiting.forEach(take);
    waiting = null;
    showStarter();
    await loadCommands();
    chat.setAttribute("aria-live", "polite");
  });
  feed.addEventListener("message", ({ data }) => (waiting ? waiting.push(JSON.parse(data)) : take(JSON.parse(data))));
}

async function follow() {
  phones = await ask("/sim/users");
  const asked = window.location.hash.slice(1) || new URLSearchParams(window.location.search).get("phone");
  open(phones.find((each) => String(each.id) === asked) ?? null);
}

// Everything that can be touched

find("composer").addEventListener("submit", submit);
find("text").addEventListener("input", fit);
find("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
find("attach").addEventListener("click", () => find("file").click());
find("file").addEventListener("change", sendFile);
find("start").addEventListener("click", start);
find("menu-button").addEventListener("click", () => openMenu(find("menu").hidden));
find("back").addEventListener("click", () => {
  window.history.replaceState(null, "", "/");
  follow();
});
chat.addEventListener("click", (event) => {
  event.target.closest(".tg-spoiler")?.classList.add("shown");
  const link = event.target.closest(".body a")?.href.match(START_LINK);
  if (link && link[1] === bot.username) {
    event.preventDefault();
    offerStart(link[2]);
  }
});
chat.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.target.closest(".tg-spoiler")?.classList.add("shown");
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!find("menu").hidden) openMenu(false);
  else if (startToken) {
    startToken = "";
    showStarter();
  }
});
window.addEventListener("hashchange", follow);
window.addEventListener("focus", async () => {
  phones = await ask("/sim/users");
  listPhones();
});
new ResizeObserver(() => atBottom() && toBottom()).observe(chat);

bot = await ask("/sim/bot");
find("bot-name").textContent = bot.name;
avatar(find("bot-avatar"), bot.name, 3);
await follow();
