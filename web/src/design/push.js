// Has this browser told of an order, where it can be. Which browsers are told of which orders is known to the shop; this one
// remembers only what stands on the button.
const find = () => document.querySelector("[data-push]");
const kept = (box) => `push:${box.dataset.to}`;

function show(box = find()) {
  if (!box) return;
  const button = box.querySelector("button");
  button.dataset.start ??= button.textContent;
  button.textContent = localStorage.getItem(kept(box)) ? button.dataset.stop : button.dataset.start;
  box.hidden = false;
}

async function send(form, path, fields) {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, ...fields });
  const answer = await fetch(path, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status);
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const same = (a, b) => a && a.byteLength === b.byteLength && new Uint8Array(a).every((byte, at) => byte === b[at]);

async function subscribe(key) {
  await navigator.serviceWorker.register("/push-worker.js");
  const { pushManager } = await navigator.serviceWorker.ready, applicationServerKey = bytes(key);
  const had = await pushManager.getSubscription();
  // One that was made under another key takes nothing that is signed by this one.
  if (had && same(had.options.applicationServerKey, applicationServerKey)) return had;
  await had?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function change(form, box) {
  const { push: key, to } = box.dataset;
  if (localStorage.getItem(kept(box))) {
    const registration = await navigator.serviceWorker.getRegistration("/push-worker.js");
    const had = await registration?.pushManager.getSubscription();
    if (had) await send(form, `${to}/stop`, { endpoint: had.endpoint });
    localStorage.removeItem(kept(box));
  } else {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
    const { endpoint, keys } = (await subscribe(key)).toJSON();
    await send(form, to, { endpoint, p256dh: keys.p256dh, auth: keys.auth, key });
    localStorage.setItem(kept(box), "1");
  }
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window && Notification.permission !== "denied") {
  addEventListener("submit", async (event) => {
    const form = event.target, box = form.closest("[data-push]");
    if (!box) return;
    event.preventDefault();
    const told = box.querySelector("[data-denied]"), button = form.querySelector("button");
    told.textContent = "";
    button.disabled = true;
    await change(form, box).catch(() => { told.textContent = told.dataset.denied; });
    told.hidden = !told.textContent;
    button.disabled = false;
    show(box);
  });
  // What is followed live is made anew whenever something happens.
  new MutationObserver(() => { if (find()?.hidden) show(); }).observe(document.body, { childList: true, subtree: true });
  show();
}
