/* Let this browser take notices: the button shows itself only where that works; the form is sent as any other. */
(() => {
  const form = document.querySelector("[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  const no = document.querySelector("[data-push-no]");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const refuse = () => { form.hidden = true; no.hidden = false; };
  if (Notification.permission === "denied") return;
  form.hidden = false;
  no.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      if (await Notification.requestPermission() !== "granted") return refuse();
      const worker = await navigator.serviceWorker.register(form.dataset.worker);
      const key = bytes(form.dataset.push + "=".repeat((4 - form.dataset.push.length % 4) % 4));
      const old = await worker.pushManager.getSubscription();
      if (old) await old.unsubscribe();
      const made = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = made.keys.p256dh;
      form.elements.auth.value = made.keys.auth;
      form.submit();
    } catch { refuse(); }
  });
})();
