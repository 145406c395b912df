// Rows of people, dependent choices of places, and what else follows from a choice. The page works without it.
"use strict";

(() => {
  const form = () => document.getElementById("intake");
  const digits = (value) => String(value).replace(/[0-9]/g, (one) => [...form().dataset.digits][Number(one)]);
  const ascii = (text) => text.replace(/[០-៩]/g, (one) => String("០១២៣៤៥៦៧៨៩".indexOf(one)));
  const field = (name) => form().elements.namedItem(name);
  const changed = (node) => node.dispatchEvent(new Event("input", { bubbles: true }));

  // One more row, a row less (it can be put back), how many are not yet named
  const rows = () => [...document.querySelectorAll("#rows > .sk-person")];
  const add = () => {
    const holder = document.getElementById("rows");
    const number = Number(holder.dataset.next);
    holder.dataset.next = number + 1;
    const html = document.getElementById("blank-row").innerHTML.replaceAll("__n__", number);
    holder.insertAdjacentHTML("beforeend", html);
    holder.lastElementChild.querySelector("input").focus();
    changed(holder);
  };
  const remove = (row) => {
    const data = form().dataset;
    const gone = document.createElement("div");
    gone.className = "sk-person--gone";
    gone.append(data.wordRemoved, " ");
    const back = document.createElement("button");
    back.type = "button";
    back.className = "govuk-button govuk-button--secondary sk-small";
    back.textContent = data.wordBack;
    back.addEventListener("click", () => { gone.replaceWith(row); row.querySelector("input").focus(); changed(row); });
    gone.append(back);
    row.replaceWith(gone);
    back.focus();
    changed(gone);
  };
  const count = () => {
    const sought = Number(ascii(field("number_reported").value.trim())) || 0;
    const said = rows().filter((row) => [...row.querySelectorAll("input, select")].some((one) => one.value.trim())).length;
    const left = Math.max(sought - said, 0);
    const words = document.getElementById("unnamed");
    const text = left ? form().dataset.wordUnnamed.replace("{n}", digits(left)) : "";
    if (words.textContent !== text) words.textContent = text;
  };

  // The country is asked when the place is abroad, or when one stands there
  const abroad = () => {
    for (const box of document.querySelectorAll("[data-abroad]")) {
      const needed = field(box.dataset.abroad).value === "abroad" || box.querySelector("input").value;
      box.classList.toggle("sk-abroad--off", !needed);
    }
  };

  // Districts of the province, communes of the district
  const offer = async (select, url, values) => {
    select.replaceChildren(select.options[0]);
    select.value = "";
    if (!values.every(Boolean)) return;
    const names = ["province", "district"];
    const query = new URLSearchParams(values.map((value, place) => [names[place], value]));
    const answer = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const khmer = document.documentElement.lang === "km";
    const found = (await answer.json()).results;
    for (const one of found) {
      const both = khmer ? [one.name_km, one.name_en] : [one.name_en, one.name_km];
      select.add(new Option(both.filter(Boolean).join(" "), one.code));
    }
  };
  const place = (name) => { const value = field(name).value; return value === "abroad" ? "" : value; };
  const follow = (target) => {
    const { districts, communes } = form().dataset;
    if (target.name === "province_of_incident") {
      offer(field("district"), districts, [place("province_of_incident")]);
      offer(field("commune"), communes, [""]);
    } else if (target.name === "district") {
      offer(field("commune"), communes, [place("province_of_incident"), target.value]);
    } else if (target.name === "channel") {
      const chosen = target.selectedOptions[0];
      document.getElementById("strip-channel").textContent = chosen.value ? chosen.textContent : "";
    }
  };

  // A named official ticks its box; the button says what the server proposes
  const official = (target) => {
    const tick = field("names_official");
    if (target.name !== "official" || !target.value.trim() || tick.checked) return;
    tick.checked = true;
    tick.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const relabel = () => {
    const words = document.querySelector("[data-button]");
    for (const button of document.querySelectorAll("[data-register]")) button.textContent = words.dataset.button;
  };

  const press = (act, button) => {
    if (act === "add") add();
    else if (act.startsWith("remove-")) remove(button.closest(".sk-person"));
    else return false;
    return true;
  };
  const start = () => {
    form().addEventListener("input", () => { count(); abroad(); });
    form().addEventListener("change", (event) => { follow(event.target); abroad(); });
    form().addEventListener("change", (event) => official(event.target));
    document.getElementById("proposal").addEventListener("htmx:afterSwap", relabel);
    count();
    abroad();
  };
  window.sangkroh.rows = { start, press };
})();
