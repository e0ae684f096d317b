"use strict";
/* The page of who appraises: only the fields of what is chosen; and the next item is read while this one is looked at, so
   that recording shows it at once. Without script the same form leads to the same page. */
(function () {
  const AHEAD = 600, KEPT = 300000; // milliseconds: when the next page is read, and how long what was read may wait
  const form = () => document.querySelector("form[data-decide]");
  const cookie = (name) => (document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)")) || [])[1];
  const here = () => location.pathname + location.search;
  const goalOf = (decide) => { const to = decide && decide.dataset.ahead && new URL(decide.dataset.ahead, location.href); return to ? to.pathname + to.search : ""; };
  const whole = (page) => page && page.querySelector(".panes") ? page : null;
  let at = here(), ahead = null, timer = 0;

  /* ---------- what is chosen: accepting grants what the level below has granted, or else the claim ---------- */
  /* What is not shown, or only shows what accepting grants, is not sent: it is nothing that somebody has said. */
  function chose() {
    const decide = form(), kind = (decide.querySelector("[name=kind]:checked") || {}).value || "", points = document.getElementById("d-points");
    decide.dataset.kind = kind;
    for (const part of decide.querySelectorAll("[data-for]")) {
      const isShown = kind ? part.dataset.for.split(" ").includes(kind) : part.dataset.for !== "ask";
      for (const one of part.querySelectorAll("input, select, textarea")) one.disabled = !isShown;
    }
    const free = kind === "adjust" || !kind;
    if (!free && !points.readOnly) decide.dataset.typed = points.value;
    if (free && points.readOnly) points.value = decide.dataset.typed || "";
    if (!free) points.value = decide.dataset.claim;
    points.readOnly = !free;
    points.name = free ? "points" : "";
  }

  /* ---------- reading ahead ---------- */
  async function read(address, more) {
    const answer = await fetch(address, { headers: Object.assign({ "HX-Request": "true" }, more) });
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  function readAhead() {
    clearTimeout(timer);
    const address = goalOf(form());
    if (!address || (ahead && ahead.address === address && Date.now() - ahead.at < KEPT)) return;
    ahead = { address, at: Date.now(), page: read(address, { "X-Leaving": form().dataset.entry }).then(whole).catch(() => null) };
  }

  function soon() {
    clearTimeout(timer);
    if (!(navigator.connection && navigator.connection.saveData)) timer = setTimeout(readAhead, AHEAD);
  }

  /* ---------- showing what was read ---------- */
  function swap(page) {
    const fresh = page.querySelector(".panes");
    document.querySelector(".panes").replaceWith(fresh);
    document.title = page.title;
    at = here();
    window.htmx.process(fresh);
    if (form()) { chose(); soon(); }
    document.dispatchEvent(new CustomEvent("parindex:shown"));
    (document.querySelector("[data-focus]") || document.getElementById("item")).focus();
  }

  /* What was read before the opinion does not know of it: the queue comes anew, and the item too where it has changed. */
  async function bringUpToDate(address) {
    const page = await read(address, { "HX-Target": "queue" }), news = page && page.querySelector("[data-mark]");
    if (!news || here() !== address) return;
    const old = document.querySelector(".pane--queue"), fresh = news.querySelector(".pane--queue");
    const down = old.querySelector(".pane__scroll").scrollTop, isFocused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    fresh.querySelector(".pane__scroll").scrollTop = down;
    if (isFocused) (fresh.querySelector("[aria-current]") || fresh.querySelector("a")).focus();
    document.querySelector(".itemline").replaceWith(news.querySelector(".itemline"));
    const decide = form();
    if (!decide) return;
    if (decide.dataset.mark !== news.dataset.mark) { await showAnew(address); return; }
    decide.elements.next.value = news.dataset.next;
    decide.dataset.ahead = news.dataset.ahead;
    decide.querySelector("button[data-next]").replaceChildren(...news.querySelector(".go").childNodes);
    soon();
  }

  /* Somebody else was faster at the item that is shown: as it is now, unless something is being typed; then recording
     says so. */
  async function showAnew(address) {
    const isTyped = Array.from(form().querySelectorAll("textarea")).some((one) => one.value !== one.defaultValue);
    const page = isTyped ? null : whole(await read(address));
    if (!page || here() !== address) return;
    const told = document.querySelector("#item-text > .note[role=status]");
    swap(page);
    if (told) document.getElementById("item-text").prepend(told);
  }

  /* ---------- recording ---------- */
  /* What goes another way than it should (a session that has ended) goes as a browser sends it, and is answered so. */
  function plainly(decide, button) {
    decide.dataset.plain = "1";
    delete decide.dataset.sent;
    decide.requestSubmit(button);
  }

  function lost(decide) {
    delete decide.dataset.sent;
    const place = decide.querySelector("[data-lost]");
    place.hidden = false;
    place.textContent = place.dataset.lost;
  }

  async function record(decide, button) {
    const body = new URLSearchParams(new FormData(decide)), going = ahead;
    if (cookie("csrftoken")) body.set("csrfmiddlewaretoken", cookie("csrftoken"));
    let answer;
    try {
      answer = await fetch(decide.action, { method: "POST", body, headers: { "HX-Request": "true", "HX-Target": "item" } });
    } catch (error) {
      lost(decide);
      return;
    }
    const page = answer.redirected ? null : new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page && [409, 422].includes(answer.status) && whole(page)) { swap(page); return; }
    if (!page || answer.status !== 200) { plainly(decide, button); return; }
    const next = await going.page;
    ahead = null;
    if (!next) { location.assign(going.address + "#item"); return; }
    history.pushState(null, "", going.address + "#item");
    swap(next);
    document.getElementById("item-text").prepend(page.querySelector(".note"));
    bringUpToDate(going.address).catch(() => { /* the queue stays as it was read; the next page brings it anew */ });
  }

  function submitted(event) {
    const decide = event.target, button = event.submitter;
    if (decide !== form() || !goalOf(decide) || decide.dataset.plain || (button && button.hasAttribute("formaction"))) return;
    event.preventDefault();
    if (decide.dataset.sent) return; // pressed twice
    decide.dataset.sent = "1";
    readAhead();
    record(decide, button);
  }

  document.addEventListener("change", (event) => { if (event.target.name === "kind" && event.target.form === form()) chose(); });
  document.addEventListener("submit", submitted);
  window.addEventListener("popstate", () => { if (here() !== at) location.reload(); });
  window.addEventListener("pageshow", () => { if (form()) { delete form().dataset.sent; delete form().dataset.plain; } });
  if (form()) { chose(); soon(); }
})();
