// Shows what the shop tells this browser of an order, and opens the order. It stands between no page and the shop: it answers
// no request.
self.addEventListener("push", (event) => {
  const { title, body, lang, dir, tag, url } = event.data?.json() ?? {};
  if (title) event.waitUntil(self.registration.showNotification(title, { body, lang, dir, tag, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data ?? {};
  if (url) event.waitUntil(self.clients.openWindow(url));
});
