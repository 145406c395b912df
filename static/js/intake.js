// Sends the form without leaving the page, and again by itself when the line is lost, always under the same key.
"use strict";

(() => {
  const { draft, rows } = window.sangkroh;
  const FIRST = 3000, LONGEST = 30000, PATIENCE = 30000;
  const form = () => document.getElementById("intake");
  let busy = false, wanted = null, wait = FIRST, timer;

  const mark = (is) => {
    busy = is;
    form().setAttribute("aria-busy", is);
    document.body.classList.toggle("sk-waiting", is);
    for (const button of document.querySelectorAll("[data-register]")) button.setAttribute("aria-disabled", is);
  };
  const say = (words) => {
    const box = document.getElementById("unsent");
    box.hidden = !words;
    if (box.textContent !== words) box.textContent = words;
    if (words) box.scrollIntoView({ block: "nearest" });
  };
  const again = (words) => {
    say(words);
    clearTimeout(timer);
    timer = setTimeout(attempt, wait);
    wait = Math.min(wait * 2, LONGEST);
  };
  const giveUp = (words) => { wanted = null; clearTimeout(timer); say(words); };

  // A refusal without a form is said beside this one, which stays
  const said = (page) => [...page.querySelectorAll("main h1, main p")].map((one) => one.textContent.trim()).join(" ");

  // What moves words within the form is kept as a draft and answered by the page of that draft
  const moves = (body) => body.get("act").startsWith("teller-");

  // The answer is a page: its form takes the place of this one, with what was typed and what is wrong
  const swap = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("intake")) return giveUp(said(page));
    for (const part of ["main", ".sk-strip", ".sk-thumb"]) {
      const here = document.querySelector(part), there = page.querySelector(part);
      if (here && there) here.replaceChildren(...there.childNodes);
    }
    wanted = null;
    window.htmx?.process(document.querySelector("main"));
    start();
    if (answer.redirected) history.replaceState(history.state, "", answer.url);
    document.querySelector(answer.redirected ? "#id_narrative" : "[data-summary]")?.focus();
    return false;
  };
  const read = async (answer) => {
    const words = form().dataset;
    if (answer.status === 201) { wanted = null; draft.stop(); location.assign((await answer.json()).receipt); return true; }
    if (draft.signedOut(answer)) return giveUp(words.wordUnsentOut);
    if (answer.status === 413) return giveUp(words.wordTooLong);
    if (answer.status >= 500 || answer.status === 429) return again(words.wordBusy);
    if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) return again(words.wordBusy);
    return swap(answer);
  };
  async function attempt() {
    clearTimeout(timer);
    if (busy || wanted === null) return;
    mark(true);
    let leaving = false;
    try {
      await draft.hold();
      const redirect = moves(wanted) ? "follow" : "manual";
      leaving = await read(await draft.send(form().getAttribute("action"), wanted, { signal: draft.within(PATIENCE), redirect }));
    } catch {
      again(form().dataset.wordOffline);
    }
    if (leaving) return;
    draft.release();
    if (form()) mark(false);
  }

  const submit = (event) => {
    const act = event.submitter?.value || "draft";
    event.preventDefault();
    if (rows.press(act, event.submitter) || act === "places") return;
    if (act === "draft") { draft.now(); return; }
    if (busy) return;
    wanted = draft.typed();
    wanted.set("act", act);
    wait = FIRST;
    attempt();
  };
  const start = () => {
    busy = false;
    rows.start();
    draft.start();
    form().addEventListener("submit", submit);
    form().addEventListener("input", () => { if (wanted && !busy) giveUp(form().dataset.wordAgain); });
  };

  document.documentElement.classList.add("sk-js");
  addEventListener("online", attempt);
  addEventListener("beforeunload", (event) => { if (wanted !== null) event.preventDefault(); });
  addEventListener("pageshow", (event) => { if (event.persisted && form()) { mark(false); draft.resume(); } });
  start();
})();
