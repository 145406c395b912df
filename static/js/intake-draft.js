// Keeps what is typed on the server while there is a line, and says since when it is not. Nothing stays on the device.
"use strict";

(() => {
  const PAUSE = 2000, LONGEST = 30000, PATIENCE = 15000, BEACON = 60000, UNDER_WAY = 1500;
  const form = () => document.getElementById("intake");
  let dirty, saving, stopped, held = false, since, wait, timer;

  const cookie = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const token = () => cookie() || form().elements.csrfmiddlewaretoken.value;
  const typed = () => { const body = new URLSearchParams(new FormData(form())); body.delete("csrfmiddlewaretoken"); return body; };
  const send = (url, body, more = {}) => fetch(url, {
    method: "POST", body, redirect: "manual", credentials: "same-origin",
    headers: { Accept: "application/json", "X-CSRFToken": token(), "Content-Type": "application/x-www-form-urlencoded" },
    ...more,
  });
  const within = (time) => (AbortSignal.timeout ? AbortSignal.timeout(time) : undefined);
  const signedOut = (answer) => answer.type === "opaqueredirect" || answer.status === 401;

  const show = (words, failed) => {
    const label = document.getElementById("draft-state"), text = document.getElementById("draft-words");
    label.hidden = !words;
    label.classList.toggle("sk-draft--failed", failed);
    if (text.textContent !== words) text.textContent = words;
  };
  const saved = (time) => { since = time; wait = PAUSE; show(form().dataset.wordSaved.replace("{time}", time), false); };
  const failed = (words) => {
    dirty = true;
    show(words || form().dataset.wordFailed.replace("{time}", since), true);
    wait = Math.min(wait * 2, LONGEST);
    later(wait);
  };
  const later = (time) => { clearTimeout(timer); timer = setTimeout(save, time); };

  const read = async (answer) => {
    const words = form().dataset;
    if (signedOut(answer)) return failed(words.wordOut);
    if (answer.status === 409) { stopped = true; return show(words.wordSent, true); }
    if (answer.status === 413) { show(words.wordLong, true); return later(LONGEST); }
    if (!answer.ok) return failed();
    saved((await answer.json()).time);
    history.replaceState(history.state, "", `${form().getAttribute("action")}?draft=${form().elements.idempotency_key.value}`);
    return dirty ? later(PAUSE) : undefined;
  };
  const deliver = async (more) => {
    const body = typed(), key = form().elements.idempotency_key.value;
    body.set("draft_kind", form().dataset.draftKind);
    dirty = false;
    try {
      const answer = await send(form().dataset.draftUrl, body, { signal: within(PATIENCE), ...more });
      if (form() && form().elements.idempotency_key.value === key) await read(answer);
    } catch {
      failed();
    }
  };
  function save(more = {}) {
    clearTimeout(timer);
    if (saving || !dirty || stopped || !form() || (held && !more.keepalive)) return saving;
    saving = deliver(more).finally(() => { saving = null; });
    return saving;
  }
  const flush = () => {
    const small = dirty && typed().toString().length < BEACON;
    save(small ? { keepalive: true, signal: undefined } : {});
  };

  const start = () => {
    const { savedAt, opened } = form().dataset;
    [dirty, saving, stopped, since, wait] = ["unsaved" in form().dataset, null, false, savedAt || opened, PAUSE];
    if (dirty) later(PAUSE);
    form().addEventListener("input", () => { dirty = true; if (wait === PAUSE) later(PAUSE); });
  };
  const stop = () => { stopped = true; clearTimeout(timer); };
  // While the form is sent nothing is kept beside it: a draft that arrives after it would be refused
  const hold = () => { held = true; return Promise.race([saving, new Promise((done) => setTimeout(done, saving ? UNDER_WAY : 0))]); };
  const release = () => { held = false; if (dirty && form() && !stopped) later(PAUSE); };
  const resume = () => { stopped = held = false; dirty = true; later(PAUSE); };
  window.sangkroh.draft = { start, stop, hold, release, resume, send, typed, signedOut, within, now: save, isUnsaved: () => dirty && !stopped && wait > PAUSE };

  // The same form in the other language: kept first, then opened again as its draft
  const inOtherLanguage = async (event) => {
    const chooser = event.target, language = event.submitter?.value;
    if (!chooser.matches(".sk-lang") || !form() || !language) return;
    event.preventDefault();
    await save();
    await save();
    chooser.elements.namedItem("next").value = location.pathname + location.search;
    const choice = Object.assign(document.createElement("input"), { type: "hidden", name: "language", value: language });
    chooser.append(choice);
    chooser.submit();
  };
  document.addEventListener("submit", inOtherLanguage, true);
  addEventListener("online", () => save());
  addEventListener("focus", () => { if (wait > PAUSE) save(); });
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
  addEventListener("beforeunload", (event) => { if (window.sangkroh.draft.isUnsaved()) event.preventDefault(); });
})();
