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

// A choice that needs no button.
addEventListener("change", (event) => {
  if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit();
});

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
const LONG = "form[method=post] textarea, form[data-draft] :is(input, select):not([type=hidden], [type=password], [type=file])";
const place = (field) => `draft ${location.pathname} ${field.form.getAttribute("action")} ${field.form.querySelector("[name=id]")?.value ?? ""} ${field.name}${field.matches("[type=radio]") ? ` ${field.value}` : ""}`;
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

// What goes on in the background is looked at again and again, until it is over; without scripts a link leads here.
const poll = () => setTimeout(async () => {
  const shown = document.querySelector("[data-poll]");
  if (!shown || document.hidden) return shown && poll();
  const answer = await fetch(location.pathname).catch(() => undefined);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page && page.getElementById(shown.id);
  if (next) shown.replaceWith(next);
  poll();
}, 2000);
if (document.querySelector("[data-poll]")) poll();

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
