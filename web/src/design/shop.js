// Betters pages that work without it: suggestions while typing, filters and options without a jump to the top,
// and choices that need no button. What fails here is done by the browser as if this file were not there.

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

const address = () => location.pathname + location.search;
let shown = address();

// What a page says after it was changed, for those who do not see it. Twice the same would not be read.
const told = document.querySelector("#told");
const tell = (text) => { told.textContent = ""; setTimeout(() => { told.textContent = text; }, 100); };

// Only what can be waited for is shown to be waited for.
async function get(target, options) {
  const waiting = setTimeout(() => { document.documentElement.dataset.busy = "yes"; }, 250);
  try {
    const response = await fetch(target, { headers: { accept: "text/html" }, ...options });
    const page = parse(await response.text());
    if (!page.querySelector("#main")) throw new Error("no page of the shop");
    return { page, response };
  } finally {
    clearTimeout(waiting);
    delete document.documentElement.dataset.busy;
  }
}

// What another page knows of the cart.
function count(page) {
  const own = page.querySelector(".own");
  if (own) document.querySelector(".own")?.replaceWith(own);
}
// One that the browser has kept knows of nothing that was put into the cart since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) get("/cart").then(({ page }) => count(page)).catch(() => {});
});

// Puts what another page says into this one's place. The cursor stays where it was, and filters that somebody is going through
// stay open.
function show(next) {
  const update = () => {
    const active = document.activeElement, href = active?.getAttribute("href"), id = active?.id;
    const wasInMain = active?.closest("#main");
    document.title = next.title;
    const isSifting = document.querySelector(".filters")?.open;
    document.querySelector("#main").replaceWith(next.querySelector("#main"));
    count(next);
    const filters = document.querySelector(".filters");
    if (filters && isSifting) filters.open = true;
    const main = document.querySelector("#main"), again = [...main.querySelectorAll("a[data-swap]")];
    const wrong = main.querySelector(".summary");
    const same = (id && main.querySelector(`#${CSS.escape(id)}`)) || (href && (again.find((link) => link.getAttribute("href") === href) ?? again.find((link) => link.ariaCurrent)));
    if (wrong) wrong.focus();
    else if (wasInMain) (same ?? main).focus({ preventScroll: true });
    tell([...main.querySelectorAll("[data-tell]")].map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(". "));
  };
  // Where another begins meanwhile, or the page goes away, the movement is left out: that is no error.
  if (document.startViewTransition) document.startViewTransition(update).ready.catch(() => {});
  else update();
}

// Links that show the same page a little differently: only what they change is changed. Of several the last counts.
let turn = 0;
async function swap(target, remember) {
  const number = ++turn;
  const { page, response } = await get(target);
  if (!response.ok) throw new Error(response.status);
  if (number !== turn) return;
  show(page);
  if (remember) history.pushState(null, "", target);
  shown = address();
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  swap(link.href, true).catch(() => location.assign(link.href));
});

// Forms that change the page that they stand on, one after the other, as they were pressed. Whoever is led to another page goes
// there; what fails is sent by the browser.
let sent = Promise.resolve();
async function send(form, body) {
  const { page, response } = await get(form.action, { method: "POST", body });
  const to = new URL(response.url);
  if (form.matches("[data-added]") && to.pathname === "/cart" && !page.querySelector(".problem, .summary")) return put(page);
  if (response.redirected && to.pathname !== location.pathname) return location.assign(to);
  if (form.dataset.swap !== "around") show(page);
  else if (!around(page)) location.assign("/checkout/payment");
  // What was refused can be corrected.
  for (const [name, text] of body) {
    const wrong = document.querySelector(`#main form[action="${form.getAttribute("action")}"] [name="${CSS.escape(name)}"][aria-invalid]`);
    if (wrong) wrong.value = text;
  }
}

// At the last step of the checkout all is renewed but the fields of the payment: what is typed there would be lost, most of all
// in those that a provider puts there. Where there are others by now, the page is opened anew.
function around(page) {
  const parts = (root) => [...root.querySelectorAll("[data-around]")];
  const known = (root) => [...root.querySelectorAll("[name=method]"), ...parts(root)].map((one) => one.value ?? one.dataset.around).join();
  if (known(document) !== known(page)) return false;
  const id = document.activeElement?.id, fresh = parts(page), amount = page.querySelector("[data-stripe]")?.dataset.amount;
  parts(document).forEach((part, at) => part.replaceWith(fresh[at]));
  const box = document.querySelector("[data-stripe]");
  if (box) {
    box.dataset.amount = amount;
    box.dispatchEvent(new Event("amount"));
  }
  const wrong = document.querySelector("#main .summary");
  // What is folded away by now cannot have the cursor.
  const same = id ? document.getElementById(id) : null, folded = same?.closest("details:not([open])")?.querySelector("summary");
  (wrong ?? folded ?? same ?? document.querySelector("#summary")).focus({ preventScroll: !wrong });
  tell(document.querySelector("[data-around=place] button")?.textContent ?? "");
  return true;
}
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-swap]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") return swap(`${form.action}?${body}`, true).catch(() => form.submit());
  // Pressed twice is put in once.
  if (form.matches("[data-added]")) {
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
  }
  sent = sent.then(() => send(form, body)).catch(() => form.submit()).finally(() => delete form.dataset.sent);
});

// What was put into the cart is said where the shopper is.
function put(page) {
  count(page);
  document.querySelector("dialog.added").showModal();
}
addEventListener("click", ({ target }) => { target.closest?.("[data-close]")?.closest("details")?.removeAttribute("open"); });
addEventListener("popstate", () => {
  // A link to a place on this page is no other page.
  if (address() !== shown) swap(location.href, false).catch(() => location.reload());
});
// Whoever goes through a list with arrow keys has chosen nothing yet: they get the button that the page has without scripts.
let isByArrow = false;
addEventListener("keydown", (event) => { isByArrow = event.key.startsWith("Arrow"); });
addEventListener("pointerdown", () => { isByArrow = false; });
addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-submit]")) return;
  if (isByArrow) target.form.querySelector("[data-unscripted]")?.removeAttribute("data-unscripted");
  else target.form.requestSubmit();
});

// Which fields an address has follows from its country. They are changed in their place and keep what was typed, and the
// cursor stays where it is. Where that fails, whoever answers the form does it.
async function refit(select) {
  const country = select.value, form = select.form;
  const response = await fetch(`${select.dataset.fields}?country=${encodeURIComponent(country)}`, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  const next = parse(await response.text()).querySelector(".fields"), now = form.querySelector(".fields");
  if (!next || country !== select.value) return;
  const focused = now.contains(document.activeElement) && document.activeElement.name;
  for (const field of next.querySelectorAll("[name]")) {
    const typed = now.querySelector(`[name="${field.name}"]`)?.value;
    if (typed && (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === typed))) field.value = typed;
  }
  now.replaceWith(next);
  form.elements.fieldsOf.value = country;
  if (focused) form.elements[focused]?.focus({ preventScroll: true });
}
addEventListener("change", ({ target }) => {
  // A line that fails is tried once more.
  if (target.matches?.("[data-fields]")) refit(target).catch(() => setTimeout(() => refit(target).catch(() => {}), 2000));
});

// An order is placed once, however often the button is pressed.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelector("[data-wait]")?.removeAttribute("hidden");
});
addEventListener("pageshow", () => document.querySelectorAll("[data-once]").forEach((form) => delete form.dataset.sent));

// What somebody may be typing.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input");
  const box = Object.assign(document.createElement("div"), { className: "suggestions", hidden: true });
  form.append(box);
  let timer, asked = 0;
  const close = () => { box.hidden = true; };
  const suggest = async () => {
    const query = input.value.trim(), number = ++asked;
    if (query.length < 2) return close();
    const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(query)}`);
    if (!response.ok || number !== asked) return;
    const list = parse(await response.text()).querySelector("ul");
    box.replaceChildren(...(list ? [list] : []));
    box.hidden = !list;
    if (list) tell(list.ariaLabel);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest().catch(close), 150);
  });
  form.addEventListener("keydown", (event) => {
    const links = [...box.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); input.focus(); }
    if (box.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? input).focus();
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
}

// The links of mails have their token in the fragment, which browsers send to nobody.
for (const part of document.querySelectorAll("[data-from-fragment]")) {
  const input = part.querySelector("input");
  if (location.hash.length > 1) {
    input.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  part.hidden = Boolean(input.value) && !part.querySelector(".error");
}

// An order is followed live: whatever happens to it has the page read again.
const followed = document.querySelector("[data-follow]");
if (followed) {
  const live = new EventSource(followed.dataset.follow);
  let waiting;
  const refresh = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => swap(location.href, false).catch(() => {}), 200);
  };
  let known = Number(followed.dataset.known);
  live.addEventListener("next", (event) => {
    const number = JSON.parse(event.data).data?.orderUpdates?.event?.number ?? 0;
    if (number > known) { known = number; refresh(); }
  });
  live.addEventListener("complete", () => live.close());
}
