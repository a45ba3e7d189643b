// A long list is narrowed while somebody types; accents need not be typed. Enter takes the first that is left.

const plainly = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const form of document.querySelectorAll("[data-narrow]")) {
  const input = form.querySelector("input"), list = document.querySelector(form.dataset.narrow), none = form.querySelector("[role=status]");
  const parts = [...list.querySelectorAll("li")].map((part) => [part, plainly(part.textContent)]);
  input.addEventListener("input", () => {
    const typed = plainly(input.value.trim());
    for (const [part, text] of parts) part.hidden = !text.includes(typed);
    for (const group of list.querySelectorAll("section")) group.hidden = !group.querySelector("li:not([hidden])");
    const found = parts.filter(([part]) => !part.hidden);
    none.textContent = found.length ? "" : none.dataset.none;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    parts.find(([part]) => !part.hidden)?.[0].querySelector("a").click();
  });
}
