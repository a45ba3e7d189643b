// Betters the dashboard's pages, which work without it.

// A key that leads to the field that finds orders, as long as nobody is writing.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, textarea, select")) return;
  const field = document.querySelector("#jump");
  if (field) { event.preventDefault(); field.focus(); }
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

// What is written into a long field is kept in this tab, until the form has done what it is for. Where something else stands
// there by now, the draft is let go: whoever saved it would overwrite what they have not seen.
const place = (field) => `draft ${location.pathname} ${field.form.getAttribute("action")} ${field.form.querySelector("[name=id]")?.value ?? ""} ${field.name}`;
const sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
if (sent.length && document.querySelector(".notice.good")) sent.forEach((name) => sessionStorage.removeItem(name));
sessionStorage.removeItem("sent");
for (const field of document.querySelectorAll("form[method=post] textarea")) {
  const kept = JSON.parse(sessionStorage.getItem(place(field)) ?? "null");
  if (kept?.base === field.defaultValue) {
    field.value = kept.text;
    const details = field.closest("details");
    if (details) details.open = true;
  }
  field.addEventListener("input", () => sessionStorage.setItem(place(field), JSON.stringify({ base: field.defaultValue, text: field.value })));
}
addEventListener("submit", (event) => {
  if (event.target.matches("[action='/admin/sign-out']")) return sessionStorage.clear();
  sessionStorage.setItem("sent", JSON.stringify([...event.target.querySelectorAll("textarea")].map(place)));
});

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
      if (number > known) { followed.hidden = false; live.close(); }
    });
    live.addEventListener("complete", () => live.close());
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => live?.close());
  addEventListener("pageshow", follow);
}
