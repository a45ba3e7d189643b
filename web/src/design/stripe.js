// Stripe's own fields for cards, on the steps where something is paid and nowhere else. What is typed there never comes to
// the shop: it gets a token, which the form sends.
const box = document.querySelector("[data-stripe]");
const { stripe: key, method, currency, secret } = box.dataset;

await new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), { src: "https://js.stripe.com/v3/", onload: resolve, onerror: reject });
  document.head.append(script);
});
const stripe = Stripe(key, { locale: document.documentElement.lang });

if (secret) {
  // The bank asks: Stripe shows its question, and the page hears of the outcome as of any other event.
  document.querySelector("[data-confirm]").addEventListener("click", () => stripe.handleNextAction({ clientSecret: secret }));
} else {
  const form = box.closest("form"), token = form.querySelector("input[name=token]"), told = form.querySelector("[data-told]");
  // Amounts come at the currency's own scale: without the point they are in its smallest unit.
  const minor = () => Number(box.dataset.amount.replace(".", ""));
  const elements = stripe.elements({ mode: "payment", amount: minor(), currency: currency.toLowerCase() });
  // A code was typed meanwhile: what was typed here stays.
  box.addEventListener("amount", () => elements.update({ amount: minor() }));
  elements.create("payment").mount(box);
  // What is to be kept must be of a kind that can be.
  const save = form.querySelector("input[name=save]");
  save?.addEventListener("change", () => elements.update({ setupFutureUsage: save.checked ? "on_session" : null }));
  form.addEventListener("submit", async (event) => {
    if (form.querySelector("[name=method]:checked")?.value !== method || token.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const checked = await elements.submit();
    const made = checked.error ? checked : await stripe.createConfirmationToken({ elements, params: { return_url: location.href } });
    told.textContent = made.error?.message ?? "";
    if (made.error) return;
    token.value = made.confirmationToken.id;
    form.requestSubmit();
  });
}
