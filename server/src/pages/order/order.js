// Follows one order through the public API: a query first, then Server-Sent Events.
const id = location.pathname.split("/").pop();
const token = new URLSearchParams(location.search).get("token");
const fields = `
  number status
  progress { percent }
  payment { status declineMessage action { kind url } }
  cost { shipping { amount currencyCode } total { amount currencyCode } }
  lines { title variantTitle quantity total { amount currencyCode } }
  shipments { carrier trackingNumber trackingUrl }
  downloads { name url state }
  pickupLocation { name address { line1 postalCode city } openingHours pickupInstructions }`;
const headers = { "content-type": "application/json" };
const closed = { CLOSED: "not open", USED_UP: "fetched as often as it may be", EXPIRED: "expired" };
const element = (name) => document.getElementById(name);
const money = ({ amount, currencyCode }) => `${amount} ${currencyCode}`;

async function read() {
  const query = `query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { ${fields} } }`;
  const body = JSON.stringify({ query, variables: { id, token } });
  const answer = await (await fetch("/graphql", { method: "POST", headers, body })).json();
  return answer.data?.order ?? null;
}

function show(order) {
  element("title").textContent = `Order ${order.number}`;
  document.title = `Order ${order.number}`;
  element("progress").value = order.progress.percent;
  const rows = order.lines.map((line) =>
    row(`${line.quantity} × ${line.title} ${line.variantTitle}`.trim(), money(line.total)));
  rows.push(row("Shipping", money(order.cost.shipping)), row("Total", money(order.cost.total)));
  element("lines").replaceChildren(...rows);
  showAction(order.payment);
  showDownloads(order.downloads);
  showPickup(order.pickupLocation);
}

function row(...texts) {
  const row = document.createElement("tr");
  row.append(...texts.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
  return row;
}

function showAction(payment) {
  const box = element("action");
  box.hidden = !payment?.action?.url;
  if (box.hidden) return;
  const link = Object.assign(document.createElement("a"), { href: payment.action.url, target: "_blank", rel: "noopener" });
  link.textContent = "Confirm the payment";
  box.replaceChildren("Your bank asks you to confirm the payment: ", link);
}

function showDownloads(downloads) {
  element("downloads").hidden = downloads.length === 0;
  const items = downloads.map(({ name, url, state }) => {
    const item = document.createElement("li");
    const open = Object.assign(document.createElement("a"), { href: url, textContent: name });
    item.append(state === "READY" ? open : `${name} (${closed[state]})`);
    return item;
  });
  element("files").replaceChildren(...items);
}

function showPickup(place) {
  element("pickup").hidden = !place;
  if (!place) return;
  const { name, address, openingHours, pickupInstructions } = place;
  const town = address && `${address.line1}, ${address.postalCode} ${address.city}`;
  element("place").textContent = [name, town, openingHours, pickupInstructions].filter(Boolean).join(" · ");
}

function tell(update) {
  const item = document.createElement("li");
  const time = Object.assign(document.createElement("time"), { dateTime: update.event.createdAt });
  time.textContent = new Date(update.event.createdAt).toLocaleTimeString();
  item.append(time, update.event.message);
  element("timeline").append(item);
  element("state").textContent = update.event.message;
  show(update.order);
}

// Reads the event stream with fetch, because EventSource sends no body. Goes on after a cut.
async function follow() {
  let after = null;
  for (;;) {
    const query = `subscription($id: ID!, $token: String, $after: String) {
      orderUpdates(orderId: $id, accessToken: $token, after: $after) {
        cursor event { message createdAt } order { ${fields} } } }`;
    const body = JSON.stringify({ query, variables: { id, token, after } });
    try {
      const response = await fetch("/graphql", { method: "POST", headers: { ...headers, accept: "text/event-stream" }, body });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
        const events = text.split("\n\n");
        text = events.pop();
        for (const event of events) {
          if (event.includes("event: complete")) return;
          const data = event.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
          if (!data.trim()) continue;
          const update = JSON.parse(data).data?.orderUpdates;
          if (update) { after = update.cursor; tell(update); }
        }
      }
    } catch { /* The connection was cut: go on after the last cursor. */ }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

const order = await read();
if (order) {
  show(order);
  follow();
} else {
  element("state").textContent = "There is no such order, or this link does not open it.";
}
