// Betters the dashboard's pages, which work without it.

// What has a key is led to by it, as long as nobody is writing: a field is written into, what is closed opens, and a link is
// followed. Whoever speaks to their computer switches the keys off; the browser keeps that.
const isWriting = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const keys = document.querySelector("[data-keys]");
if (keys) {
  keys.checked = localStorage.getItem("keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
  keys.closest("[hidden]").hidden = false;
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || localStorage.getItem("keys") === "off") return;
  const found = [...document.querySelectorAll("[aria-keyshortcuts]")].find((one) => one.getAttribute("aria-keyshortcuts") === event.key);
  if (!found) return;
  event.preventDefault();
  if (found.matches("summary")) {
    found.parentElement.open = true;
    (found.parentElement.querySelector("input:not([type=hidden]), textarea, select, button") ?? found).focus();
  } else if (found.matches("a")) found.click();
  else found.focus();
});

// A form is sent once, however often its button is pressed.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  // Where nothing comes of it, it can be sent once more.
  setTimeout(() => delete form.dataset.sent, 10000);
});
addEventListener("pageshow", () => document.querySelectorAll("[data-once]").forEach((form) => delete form.dataset.sent));

// A choice that needs no button; whoever goes through it by keys gets one, and nothing is sent before.
let isByKey = false;
addEventListener("keydown", (event) => { isByKey = event.key !== "Enter"; }, true);
addEventListener("pointerdown", () => { isByKey = false; }, true);
addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-submit]")) return;
  if (isByKey) target.form.querySelector("[data-unscripted]")?.removeAttribute("data-unscripted");
  else target.form.requestSubmit();
});

// One tick for all of a page.
const all = document.querySelector("[data-all]");
if (all) {
  const those = () => document.querySelectorAll(`[type=checkbox][name="${all.dataset.all}"]`);
  all.hidden = false;
  all.addEventListener("change", () => those().forEach((one) => { one.checked = all.checked; }));
}

// Of several one more is put to those that are chosen; without scripts each is sent with the form by itself.
for (const put of document.querySelectorAll("[data-put]")) {
  put.hidden = false;
  put.addEventListener("click", () => {
    const several = put.closest("[data-several]");
    const list = several.querySelector("select");
    const chosen = list.selectedOptions[0];
    if (!chosen?.value) return list.focus();
    const tick = Object.assign(document.createElement("label"), { className: "tick" });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: list.name, value: chosen.value, checked: true });
    tick.append(box, ` ${chosen.text}`);
    several.querySelector(".ticks").append(tick);
    chosen.remove();
    list.value = "";
    list.focus();
  });
}

// Goods are found while somebody types. What was ticked stays, whatever is searched for next; where a scanner has sent a whole
// number, the one thing that has it is taken. Without scripts the form is sent to find, and shown again.
for (const box of document.querySelectorAll("[data-goods]")) {
  const input = box.querySelector("[type=search]"), told = box.querySelector("[role=status]");
  const picked = box.querySelector(".picked"), found = box.querySelector(".found");
  const isSingle = box.dataset.goods.includes("&single=");
  let timer, asked = 0;
  const take = () => {
    const taken = [...found.querySelectorAll(".good")].filter((row) => row.querySelector("[value]").checked);
    if (isSingle && taken.length) picked.replaceChildren();
    picked.append(...taken);
  };
  const look = async (isWhole) => {
    clearTimeout(timer);
    const words = input.value.trim(), number = ++asked;
    const answer = words && await fetch(`${box.dataset.goods}&q=${encodeURIComponent(words)}`);
    if (number !== asked || (answer && !answer.ok)) return;
    take();
    const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
    const value = (row) => row.querySelector("[value]").value;
    const known = [...picked.querySelectorAll(".good")].map(value);
    const rows = [...page.querySelectorAll(".good")];
    found.replaceChildren(...rows.filter((row) => !known.includes(value(row))));
    told.textContent = page.querySelector("p")?.textContent ?? "";
    if (!isWhole || rows.length !== 1) return;
    rows[0].querySelector("[value]").checked = true;
    take();
    input.value = "";
    told.textContent = rows[0].textContent.replace(/\s+/g, " ").trim();
  };
  const quietly = (isWhole) => look(isWhole).catch(() => {});
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(quietly, 200); });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    quietly(true);
  });
  box.querySelector("button[name=find]").addEventListener("click", (event) => { event.preventDefault(); quietly(); });
  // Words that led to what was ticked are done with; others are searched for by whoever takes the form.
  box.closest("form").addEventListener("submit", () => { if (found.querySelector(":checked")) input.value = ""; });
}

// On a phone a list comes before its filters, unless one of them is set.
const filters = matchMedia("(max-width: 36rem)").matches && document.querySelector("#filters");
for (const sieve of filters ? document.querySelectorAll(".sieve") : []) {
  const others = [...sieve.querySelectorAll(".field:not(.wide)")];
  const isSet = ({ tagName, selectedIndex, value }) => tagName === "SELECT" ? selectedIndex > 0 : value !== "";
  if (!sieve.querySelector(".wide") || others.some((field) => [...field.querySelectorAll("input, select")].some(isSet))) continue;
  const more = filters.content.firstElementChild.cloneNode(true);
  others.forEach((field) => { field.hidden = true; });
  sieve.querySelector(".go").append(more);
  more.addEventListener("click", () => {
    others.forEach((field) => { field.hidden = false; });
    others[0]?.querySelector("input, select").focus();
    more.remove();
  });
}

// A menu that is left closes.
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

// What is written into a long form is kept in this tab, until the form has done what it is for: neither a line that is lost nor
// another form of the page that is sent first takes anything with it. What was put back is said, and can be let go. Where
// something else stands there by now, the draft is let go by itself: whoever saved it would overwrite what they have not seen.
const LONG = "form[method=post] textarea, form[data-draft] :is(input, select):not([type=hidden], [type=password], [type=file], [type=search])";
const place = (field) => `draft ${location.pathname} ${field.form.getAttribute("action")} ${field.form.querySelector("[name=id]")?.value ?? ""} ${field.name}${field.matches("[type=radio], [type=checkbox]") ? ` ${field.value}` : ""}`;
const isTicked = (field) => field.matches("[type=checkbox], [type=radio]");
const stands = (field) => isTicked(field) ? String(field.checked) : field.value;
const stood = (field) => {
  if (isTicked(field)) return String(field.defaultChecked);
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
};
const put = (field, text) => { if (isTicked(field)) field.checked = text === "true"; else field.value = text; };
const drafted = (form) => [...form.elements].filter((field) => field.matches(LONG));
const keep = (field) => sessionStorage.setItem(place(field), JSON.stringify({ base: stood(field), text: stands(field) }));
const sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
if (sent.length && document.querySelector(".notice.good")) sent.forEach((name) => sessionStorage.removeItem(name));
sessionStorage.removeItem("sent");
const offered = new Set();
for (const field of document.querySelectorAll(LONG)) {
  const kept = JSON.parse(sessionStorage.getItem(place(field)) ?? "null");
  if (kept?.base === stood(field) && kept.text !== stood(field)) {
    put(field, kept.text);
    offered.add(field.form);
    const details = field.closest("details");
    if (details) details.open = true;
  }
  // Of a choice the field that is left says nothing.
  for (const event of ["input", "change"]) field.addEventListener(event, () => {
    const group = field.matches("[type=radio]") ? drafted(field.form).filter((one) => one.name === field.name) : [field];
    group.forEach(keep);
  });
}
for (const form of offered) {
  const note = document.querySelector("#draft")?.content.firstElementChild.cloneNode(true);
  if (!note) continue;
  form.prepend(note);
  note.querySelector("button").addEventListener("click", () => {
    for (const field of drafted(form)) { sessionStorage.removeItem(place(field)); put(field, stood(field)); }
    note.remove();
  });
}
addEventListener("submit", (event) => {
  if (event.target.matches("[action='/admin/sign-out']")) return sessionStorage.clear();
  sessionStorage.setItem("sent", JSON.stringify(drafted(event.target).map(place)));
});

// What goes on in the background is followed live, until it is over; without scripts a link leads here. However much is told, one
// page is read at a time.
const progress = document.querySelector("[data-progress]");
if (progress) {
  const live = new EventSource(progress.dataset.progress);
  let isReading = false, isNews = false;
  const read = async () => {
    isNews = true;
    if (isReading) return;
    isReading = true;
    while (isNews) {
      isNews = false;
      const answer = await fetch(location.pathname).catch(() => undefined);
      const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page && page.getElementById(progress.id);
      if (next) document.getElementById(progress.id).replaceWith(next);
    }
    isReading = false;
  };
  live.addEventListener("next", read);
  live.addEventListener("complete", () => { live.close(); read(); });
}

// Whether somebody has begun something on this page.
const isTouched = () => {
  const fields = [...document.querySelectorAll("main :is(input, select, textarea):not([type=hidden])")];
  return fields.some((field) => stands(field) !== stood(field)) || document.querySelector("main details.deed[open]") || isWriting(document.activeElement);
};

// An order is followed live: the page says that something has happened, and takes nothing away that is being written. Only
// while it is looked at: a browser has few connections, and staff have many tabs.
const followed = document.querySelector("[data-follow]");
if (followed) {
  const known = Number(followed.dataset.known);
  let live;
  const follow = () => {
    live?.close();
    if (document.hidden || !followed.hidden) return;
    live = new EventSource(followed.dataset.follow);
    live.addEventListener("next", (event) => {
      const number = JSON.parse(event.data).data?.orderUpdates?.event?.number ?? 0;
      if (number <= known) return;
      live.close();
      // What follows from what was done on this page is no news: it is shown, where nobody is writing by now.
      if (document.querySelector(".notice.good") && !isTouched()) location.reload();
      else followed.hidden = false;
    });
    live.addEventListener("complete", () => live.close());
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => live?.close());
  addEventListener("pageshow", follow);
}
