// Betters pages that work without it: suggestions while typing, filters and options without a jump to the top,
// and choices that need no button. What fails here is done by the browser as if this file were not there.

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

const address = () => location.pathname + location.search;
let shown = address();

// Links that show the same page a little differently: only what they change is changed.
async function swap(target, remember) {
  const response = await fetch(target, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  const next = parse(await response.text());
  const focused = document.activeElement?.getAttribute("href");
  const update = () => {
    document.title = next.title;
    // Filters that somebody is going through stay open.
    const isSifting = document.querySelector(".filters")?.open;
    document.querySelector("#main").replaceWith(next.querySelector("#main"));
    const filters = document.querySelector(".filters");
    if (filters && isSifting) filters.open = true;
    const again = [...document.querySelectorAll("#main a[data-swap]")];
    (again.find((link) => link.getAttribute("href") === focused) ?? again.find((link) => link.ariaCurrent))?.focus({ preventScroll: true });
  };
  // Where another begins meanwhile, or the page goes away, the movement is left out: that is no error.
  if (document.startViewTransition) document.startViewTransition(update).ready.catch(() => {});
  else update();
  if (remember) history.pushState(null, "", target);
  shown = address();
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  swap(link.href, true).catch(() => location.assign(link.href));
});
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
