// Lets the clock of a call tick, and keeps the panel still while somebody is in it. The page works without it.
"use strict";

(() => {
  const clock = document.querySelector("[data-clock]");
  const started = performance.now() - Number(clock?.dataset.clock || 0) * 1000;
  const write = () => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.textContent = text.replace(/\d/g, (digit) => [...clock.dataset.digits][digit]);
  };
  if (clock) setInterval(write, 1000);
  document.documentElement.classList.add("sk-js");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const panel = document.getElementById("beside");
    // What comes beside it ("Kept", "somebody took this call") is shown all the same
    if (event.detail.target === panel && panel.contains(document.activeElement)) event.detail.swapOverride = "none";
  });
  // Answers come back for the form as it is: what was folded open stays open
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id !== "say") return;
    if (target.contains(document.activeElement)) { event.detail.shouldSwap = false; return; }
    const fold = [...target.querySelectorAll("details")].map((one) => one.open);
    [...fragment.querySelectorAll("details")].forEach((one, place) => { if (place in fold) one.open = fold[place]; });
  });
  // What was not kept is said where "Kept" stands, until it is again
  const notKept = (status) => {
    const label = document.getElementById("call-kept"), words = document.getElementById("call").dataset;
    label.hidden = false;
    label.classList.add("sk-draft--failed");
    label.textContent = status === 401 || status === 403 ? words.wordOut : words.wordFailed;
  };
  document.addEventListener("htmx:responseError", (event) => notKept(event.detail.xhr.status));
  document.addEventListener("htmx:sendError", () => notKept(0));
  // A key that leads to words leads behind them, to go on writing; a finger or a mouse says itself where
  let pointed = false;
  document.addEventListener("pointerdown", () => { pointed = true; setTimeout(() => { pointed = false; }, 0); }, true);
  document.getElementById("call").addEventListener("focusin", ({ target }) => {
    if (target.tagName === "TEXTAREA" && !target.selectionEnd && !pointed) target.setSelectionRange(target.value.length, target.value.length);
  });
  const first = document.querySelector(location.hash && location.hash.startsWith("#id_") ? location.hash : "#call input[type=radio]");
  if (first && !document.querySelector("[data-summary]")) first.focus();
})();
