// Small helps for every page; each page works without them.
"use strict";

const offline = () => document.getElementById("offline");
const tell = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };
window.sangkroh = { tell };
// A laptop without any network still reaches itself.
const lineLost = () => !navigator.onLine && !["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);

// A form is sent once: its buttons keep their label and refuse a second press. Who is still here after
// AGAIN_MS got a file, or no answer: the button works again, and the form's key keeps it from being saved twice.
const AGAIN_MS = 8000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (lineLost() && offline()) { event.preventDefault(); away(true); offline().scrollIntoView(); return; }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  document.body.classList.add("sk-waiting");
  setTimeout(readyAgain, AGAIN_MS);
});
const readyAgain = () => {
  document.body.classList.remove("sk-waiting");
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
};
window.addEventListener("pageshow", readyAgain);

// Menus close with Escape and with a press elsewhere.
const menus = () => document.querySelectorAll("details.sk-menu[open], details.sk-more[open], details.sk-sort[open]");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && document.body.dataset.slash !== "off") {
    const box = document.getElementById("q");
    if (box && box.offsetParent) { event.preventDefault(); box.focus(); box.select(); }
  }
});
// Access keys by their place on the keyboard: a Khmer layout writes other letters there. On a Mac Option alone types
// letters, so there it is Control and Option, as its browsers have it. A key held down presses once.
const onMac = /^Mac/.test(navigator.platform);
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey !== onMac || event.metaKey || event.key === "Dead" || event.getModifierState("AltGraph") || !/^Key[A-Z]$/.test(event.code)) return;
  const found = document.querySelector(`[accesskey="${event.code.slice(3).toLowerCase()}"]`);
  if (!found || !found.getClientRects().length) return;
  event.preventDefault();
  if (event.repeat) return;
  found.focus();
  if (found.matches("button, a, summary")) found.click();
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  const filter = event.target.closest('a[href="#filter"]');
  if (filter) {
    const box = document.getElementById("filter");
    event.preventDefault();
    filter.setAttribute("aria-expanded", String(box.classList.toggle("sk-open")));
  }
  const tab = event.target.closest('a[href="#menu"]');
  if (tab) {
    const menu = document.getElementById("menu");
    event.preventDefault();
    menu.open = true;
    window.scrollTo(0, 0);
    document.getElementById("q-menu").focus();
  }
});

// The summary of errors takes the focus; a fresh page of a record brings its current tab into view.
const ready = (root) => {
  const summary = root.querySelector("[data-summary]");
  if (summary) summary.focus();
  for (const list of root.querySelectorAll(".sk-views, .sk-subnav ul")) {
    const current = list.querySelector("[aria-current]");
    const end = current ? current.offsetLeft - list.offsetLeft + current.offsetWidth : 0;
    if (end > list.clientWidth) list.scrollLeft = end - list.clientWidth + 16;
  }
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
  for (const wrap of root.querySelectorAll("[data-password]")) {
    const field = wrap.querySelector("input");
    if (!field || wrap.querySelector("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-password-input__toggle";
    button.textContent = wrap.dataset.show;
    button.addEventListener("click", () => {
      const show = field.type === "password";
      field.type = show ? "text" : "password";
      button.textContent = show ? wrap.dataset.hide : wrap.dataset.show;
    });
    wrap.append(button);
  }
};
ready(document);
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
document.addEventListener("htmx:afterSwap", (event) => ready(event.target));

// A lost line is said in words; the same page can be sent again.
const away = (is) => { const box = offline(); if (box) box.hidden = !is; };
document.addEventListener("htmx:sendError", () => away(true));
document.addEventListener("htmx:afterOnLoad", () => away(false));
const busy = (target, is) => {
  document.body.classList.toggle("sk-waiting", is);
  if (is) target.setAttribute("aria-busy", "true"); else target.removeAttribute("aria-busy");
};
document.addEventListener("htmx:beforeRequest", (event) => busy(event.detail.target, true));
document.addEventListener("htmx:afterRequest", (event) => busy(event.detail.target, false));
window.addEventListener("offline", () => away(lineLost()));
window.addEventListener("online", () => away(false));

// The fields that a letter, an e-mail, a request or a visit has of its own unfold with the choice of its channel.
document.addEventListener("change", (event) => {
  const came = event.target.name === "channel" && event.target.form?.querySelector(".sk-came");
  const has = (field) => field.dataset.of.split(" ").includes(event.target.value);
  if (came && [...came.querySelectorAll("[data-of]")].some(has)) came.open = true;
});
