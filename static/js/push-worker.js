/* Shows that there is something, and opens the application; it holds nothing and fetches nothing. */
self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : { title: "Sangkroh", body: "" };
  event.waitUntil(self.registration.showNotification(said.title, { body: said.body, tag: "sangkroh" }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
