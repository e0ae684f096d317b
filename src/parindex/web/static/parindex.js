"use strict";
/* The one script of ours. Every page works without it; with it, nothing that was typed is lost.

   1 words and small things   2 numbers   3 fields and drafts   4 saving   5 two people in one field
   6 leaving and sending      7 remarks   8 keys                9 start */
(function () {
  document.documentElement.classList.add("runs-script");
  // Before htmx reads the page; said here and not on every page. A refusal and a conflict bring what is shown.
  if (window.htmx) Object.assign(htmx.config, {
    includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true, historyCacheSize: 0,
    responseHandling: [
      { code: "204", swap: false }, { code: "[23]..", swap: true }, { code: "409|422", swap: true, error: false },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  const body = document.body;
  const account = body.dataset.account || "";
  const form = document.querySelector("form[data-autosave]");
  const shut = document.querySelector("form[data-readonly]");
  const $ = (id) => document.getElementById(id);

  /* ---------- 1 words and small things ---------- */
  const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (all, name) => (name in facts ? facts[name] : all));
  // The zone of the server (TIME_ZONE): a computer set wrongly must not show another clock beside the deadline.
  const clock = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" });
  const cookie = (name) => (document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)")) || [])[1];

  function make(tag, settings, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(settings || {})) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  function icon(name) {
    const some = document.querySelector("svg.icon");
    if (!some) return "";
    const made = some.cloneNode(true);
    const use = made.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").split("#")[0] + "#i-" + name);
    return made;
  }

  /* What a browser that keeps nothing (private windows, a full disk) cannot keep stays in the form. */
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { /* see above */ } },
    remove(key) { try { localStorage.removeItem(key); } catch (error) { /* see above */ } },
    keys(start) { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch (error) { return []; } },
  };

  /* ---------- 2 numbers: 53.576 and 0,5 in Vietnamese, 53,576 and 0.5 in English ---------- */
  const english = document.documentElement.lang === "en";
  const decimal = english ? "." : ",", group = english ? "," : ".";
  const grouped = english ? /^[+-]?[1-9]\d{0,2}([, ]\d{3})+(\.\d+)?$/ : /^[+-]?[1-9]\d{0,2}([. ]\d{3})+(,\d+)?$/;

  function canonical(text, isGrouped) {
    let plain = text.trim().replace(/[\u00a0\u202f]/g, " ").replace(/^\u2212/, "-");
    if (isGrouped && grouped.test(plain)) plain = plain.split(group).join("").split(" ").join("");
    plain = plain.replace(",", ".");
    const parts = /^([+-]?)0*(\d+)(?:\.(\d+))?$/.exec(plain);
    if (!parts) return null;
    const rest = isGrouped ? (parts[3] || "").replace(/0+$/, "") : parts[3] || "";
    return (parts[1] === "-" ? "-" : "") + parts[2] + (rest ? "." + rest : "");
  }

  function printed(number, isGrouped) {
    const [whole, rest] = number.split(".");
    const marked = isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
    return marked + (rest ? decimal + rest : "");
  }

  const isNumber = (field) => "number" in field.dataset || "points" in field.dataset;

  function reprint(field) {
    const number = canonical(field.value, "number" in field.dataset);
    if (number !== null) field.value = printed(number, "number" in field.dataset);
  }

  /* ---------- 3 fields and drafts ---------- */
  const fields = form ? Array.from(form.querySelectorAll("[data-field]")) : [];
  const stored = new Map(); // field name to what the server is known to have; nothing: never equal
  const held = new Set(); // fields that wait for a choice between two texts
  const wrong = new Map(); // field name to the text that the server refused
  const tried = new Map(); // field name to texts that were sent and never answered
  const field = (name) => fields.find((one) => one.name === name);
  const slot = (name) => $("slot." + name);
  const read = (name) => $("read." + name);
  const key = (address) => "parindex.draft:" + account + ":" + new URL(address, location.href).pathname;

  function meaning(one, text) {
    if (isNumber(one)) {
      const number = canonical(text, "number" in one.dataset);
      return number === null ? text.trim() : number;
    }
    return text.replace(/\r\n/g, "\n").trimEnd();
  }

  const asLoaded = (one) => (one.options ? (Array.from(one.options).find((option) => option.defaultSelected) || { value: "" }).value : one.defaultValue);
  const unsaved = () => fields.filter((one) => stored.get(one.name) !== meaning(one, one.value));
  const ready = () => unsaved().filter((one) => !held.has(one.name) && wrong.get(one.name) !== one.value);

  function keepDraft() {
    const open = unsaved();
    if (!open.length) { store.remove(key(form.action)); return; }
    const kept = {};
    for (const one of open) kept[one.name] = { text: one.value, read: read(one.name).value };
    store.set(key(form.action), { at: Date.now(), title: form.dataset.title, entry: form.elements.entry.value, fields: kept });
  }

  function takeDraft() {
    const draft = store.get(key(form.action));
    if (!draft) return;
    if (draft.entry && draft.entry !== form.elements.entry.value) { showDraft(draft, draft.title + ", {time}"); store.remove(key(form.action)); return; }
    let count = 0;
    for (const [name, kept] of Object.entries(draft.fields)) {
      const one = field(name);
      if (!one || stored.get(name) === undefined || meaning(one, kept.text) === stored.get(name)) continue;
      one.value = kept.text;
      read(name).value = kept.read;
      count += 1;
    }
    if (!count) { keepDraft(); return; }
    $("draft").replaceChildren(make("div", { class: "note note--info", role: "status" }, icon("history"), make("div", {}, fill(form.dataset.restored, { count, time: clock(draft.at) }))));
    window.addEventListener("load", () => setTimeout(save, 50)); // when htmx listens
  }

  /* The phase closed, somebody signed, or the item was replaced, while text was waiting: it is shown, to be copied. */
  function showShutDraft() {
    const draft = store.get(key(shut.action));
    if (draft) showDraft(draft, shut.dataset.restored);
  }

  function showDraft(draft, words) {
    const texts = Object.values(draft.fields).map((kept) => make("textarea", { class: "textarea", readonly: "", rows: "3", "aria-label": draft.title }, kept.text));
    $("draft").replaceChildren(make("div", { class: "note note--warn" }, icon("history"), make("div", {}, fill(words, { time: clock(draft.at) }), ...texts)));
  }

  function listDrafts() {
    const place = document.querySelector("[data-drafts]");
    if (!place || !account) return;
    const start = "parindex.draft:" + account + ":";
    const here = form || shut ? key((form || shut).action) : "";
    const links = [];
    for (const name of store.keys(start)) {
      const draft = store.get(name);
      if (name === here || !draft) continue;
      links.push(make("li", {}, make("a", { href: name.slice(start.length) }, draft.title), " " + clock(draft.at)));
    }
    if (links.length) place.replaceChildren(make("div", { class: "note note--warn" }, icon("history"), make("div", {}, make("b", {}, place.dataset.drafts), make("ul", { class: "plain" }, ...links))));
  }

  /* ---------- 4 saving ---------- */
  const RETRIES = [5, 15, 60];
  let sent = null, attempt = 0, timer = 0, waiting = null, ended = false, going = false;

  function show(kind, glyph, words, ...more) {
    const place = $("save");
    place.className = "save push" + (kind ? " save--" + kind : "");
    place.replaceChildren(icon(glyph), " " + words, ...more);
  }

  const say = (name, more) => fill(form.dataset[name], Object.assign({ count: unsaved().length }, more));
  const save = () => { clearTimeout(timer); if (ready().length) htmx.trigger(form, "save"); };

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, RETRIES[Math.min(attempt, RETRIES.length - 1)] * 1000);
    attempt += 1;
  }

  function gaveUp() {
    const then = waiting;
    waiting = null;
    if (then && then.anyway) then.anyway();
  }

  function configure(event) {
    if (event.target !== form) return;
    const going = ready();
    if (!going.length) { event.preventDefault(); return; }
    const data = event.detail.formData;
    const names = new Set(going.map((one) => one.name)), open = new Set(unsaved().map((one) => one.name));
    for (const name of Array.from(data.keys())) {
      if (name === "account" || name === "entry" || name === "csrfmiddlewaretoken" || names.has(name)) continue;
      const known = name.startsWith("read.") ? name.slice(5) : "";
      // What the page knows of fields at rest tells the server which of them somebody else has changed.
      if (!known || (open.has(known) && !names.has(known))) data.delete(name);
    }
    for (const name of names) for (const text of tried.get(name) || []) data.append("tried." + name, text);
    if (cookie("csrftoken")) data.set("csrfmiddlewaretoken", cookie("csrftoken"));
    sent = new Map(going.map((one) => [one.name, one.value]));
    show("", "refresh", say("saving"));
  }

  const isEnded = (xhr) => xhr.getResponseHeader("X-Form") === "forged" || (xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(form.action).pathname);

  function answered(event) {
    if (event.target !== form || !sent) return;
    const xhr = event.detail.xhr;
    const mine = sent;
    sent = null;
    if (!xhr.status || xhr.status >= 500 || xhr.status === 429) lost(mine, xhr);
    else if (isEnded(xhr)) sessionEnded();
    else if ([200, 409, 422].includes(xhr.status)) settled(mine);
    else refused(xhr);
  }

  function lost(mine, xhr) {
    for (const [name, text] of mine) tried.set(name, (tried.get(name) || []).filter((one) => one !== text).concat(text).slice(-5));
    show("fail", "cloud-off", xhr.status ? say("failed") : say("lost"));
    later();
    gaveUp();
  }

  function sessionEnded() {
    const words = ended || say("ended", { time: clock(Date.now()) });
    ended = words;
    show("fail", "lock", words, " ", make("a", { href: form.dataset.loginUrl, target: "_blank", rel: "noopener" }, form.dataset.login));
    later();
    gaveUp();
  }

  function refused(xhr) {
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const why = page.querySelector(".lead");
    show("fail", "alert-circle", say("failed") + (why ? " " + why.textContent : ""));
    gaveUp();
  }

  function settled(mine) {
    attempt = 0;
    ended = false;
    for (const [name, text] of mine) {
      const one = field(name), place = slot(name);
      tried.delete(name);
      const isWrong = place && place.querySelector(".field__error");
      one.toggleAttribute("aria-invalid", Boolean(isWrong));
      if (isWrong) {
        one.setAttribute("aria-invalid", "true");
        one.setAttribute("aria-describedby", name + "-error");
        wrong.set(name, text);
      } else {
        if ($("doubt." + name)) one.setAttribute("aria-describedby", "doubt." + name);
        else one.removeAttribute("aria-describedby");
        if (place && place.querySelector(".conflict")) held.add(name);
        else stored.set(name, meaning(one, text));
      }
    }
    takeNews();
    if (!going) keepDraft();
    showState();
    const box = $("keptbox");
    if (box && $("jumps").hasAttribute("data-jumps")) box.hidden = false;
    const then = waiting;
    waiting = null;
    if (!then) return;
    if (!unsaved().length) then.then();
    else if (ready().length) flush(then);
    else {
      const first = document.querySelector(".conflict button, .slot .field__error");
      if (first) (first.matches("button") ? first : field(first.closest(".slot").id.slice(5))).focus();
    }
  }

  /* What somebody else has written meanwhile is said beside the field; one that nobody is at work in here takes it over. */
  function takeNews() {
    for (const news of document.querySelectorAll("[data-news]")) {
      const name = news.dataset.news, one = field(name);
      if (!one || one === document.activeElement || stored.get(name) !== meaning(one, one.value)) continue;
      one.value = news.querySelector("textarea").value;
      read(name).value = news.dataset.digest;
      stored.set(name, meaning(one, one.value));
      news.removeAttribute("data-news");
      if (one.dataset.most) countLeft(one);
    }
  }

  /* What stands at the foot where not everything is stored; where everything is, the server's own words stay. */
  function showState() {
    const bad = unsaved().filter((one) => wrong.get(one.name) === one.value).length;
    const open = document.querySelectorAll("[data-conflict] [data-choose=both]").length, mending = document.querySelector("[data-mending]:not([hidden]) span");
    if (open) show("fail", "alert-triangle", fill(form.dataset.both, { count: open }));
    else if (held.size && mending) show("", "edit", mending.textContent);
    else if (bad) show("fail", "alert-circle", fill(form.dataset.wrong, { count: bad }));
  }

  /* Save what is open, then go on; `anyway` where it cannot be saved. */
  function flush(then) {
    if (!unsaved().length && !sent) { then.then(); return; }
    waiting = then;
    if (ready().length) htmx.trigger(form, "save");
    else if (!sent) { waiting = null; showState(); if (then.anyway) then.anyway(); }
  }

  /* ---------- 5 two people in one field ---------- */
  function choose(button) {
    const block = button.closest("[data-conflict]"), name = block.dataset.conflict, one = field(name);
    read(name).value = block.dataset.digest;
    if (button.dataset.choose === "both") {
      button.parentElement.remove();
      block.querySelector("[data-mending]").hidden = false;
      if (one.tagName === "TEXTAREA") one.value += (one.value ? "\n" : "") + block.querySelector("[data-theirs]").value;
      if (one.dataset.most) countLeft(one);
      keepDraft();
      showState();
      one.focus();
      return; // it is saved as soon as something is changed in it, or as it is by the button
    }
    held.delete(name);
    if (button.dataset.choose === "as-is") { button.parentElement.hidden = true; save(); return; }
    if (button.dataset.choose === "theirs") {
      one.value = block.querySelector("[data-theirs]").value;
      stored.set(name, meaning(one, one.value));
    }
    block.remove();
    keepDraft();
    show("", "check", "");
    one.focus();
    if (button.dataset.choose === "mine") save(); else showState();
  }

  /* ---------- 6 leaving and sending ---------- */
  function followed(event) {
    const link = event.target.closest("a[href]");
    if (!link || !form || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href, location.href);
    if (link.target || link.hasAttribute("download") || to.origin !== location.origin || (to.pathname === location.pathname && to.search === location.search && to.hash)) return;
    if (!ready().length && !sent) return;
    event.preventDefault();
    const go = () => { location.href = link.href; };
    flush({ then: go, anyway: go });
  }

  function submitted(event) {
    const one = event.target, button = event.submitter;
    if (one.method !== "post" || event.defaultPrevented) return;
    if (cookie("csrftoken")) for (const token of one.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = cookie("csrftoken");
    if (form && !one.dataset.through) {
      const isNext = button && "next" in button.dataset;
      if (one === form && (!button || isNext || "stay" in button.dataset)) {
        event.preventDefault();
        const goal = document.querySelector("[data-key=j][data-href]");
        flush({ then: () => { if (isNext && goal) location.href = goal.dataset.href; } });
        return;
      }
      if (ready().length || sent) {
        event.preventDefault();
        flush({ then: () => { one.dataset.through = "1"; one.requestSubmit(button); } });
        return;
      }
    }
    if (one.dataset.sent) { event.preventDefault(); return; } // pressed twice
    one.dataset.sent = "1";
    setTimeout(() => { delete one.dataset.sent; delete one.dataset.through; }, 10000);
  }

  /* While a page is being left, an answer may come that the next page does not know of yet: the draft stays for it. */
  function leaving(event) {
    going = true;
    setTimeout(() => { going = false; }, 3000);
    if (form && !form.dataset.through && unsaved().length) { event.preventDefault(); event.returnValue = ""; }
  }

  /* The last try of a tab that is closed or left: nobody waits for the answer, the draft stays until one is known. */
  function left() {
    if (!form || !ready().length || !navigator.onLine || !navigator.sendBeacon) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value);
    data.set("account", account);
    data.set("entry", form.elements.entry.value);
    for (const one of ready()) {
      data.set(one.name, one.value);
      data.set("read." + one.name, read(one.name).value);
      for (const text of tried.get(one.name) || []) data.append("tried." + one.name, text);
    }
    navigator.sendBeacon(form.action, data);
  }

  /* ---------- 7 remarks: kept while they are written, forgotten when they stand in the thread ---------- */
  function remarks() {
    for (const one of document.querySelectorAll("textarea[data-draft]")) {
      const name = "parindex.remark:" + account + ":" + location.pathname + ":" + one.id;
      const kept = store.get(name);
      const said = Array.from(document.querySelectorAll(".thread__body")).some((two) => two.textContent.trim() === (kept || "").trim());
      if (kept && said) store.remove(name);
      else if (kept && !one.value) one.value = kept;
      one.addEventListener("input", () => (one.value ? store.set(name, one.value) : store.remove(name)));
    }
  }

  /* ---------- 8 keys ---------- */
  const keysKey = "parindex.keys:" + account;
  const keysOn = () => store.get(keysKey) !== "off";

  function showKeys() {
    const bar = document.querySelector("[data-keys]");
    if (!bar) return;
    bar.hidden = false;
    bar.querySelector("[data-keys-state]").textContent = keysOn() ? bar.dataset.on : bar.dataset.off;
    bar.querySelector("[data-keys-switch]").textContent = keysOn() ? bar.dataset.turnOff : bar.dataset.turnOn;
  }

  function pressed(event) {
    if (event.key === "Enter" && event.ctrlKey) {
      const button = document.querySelector("[data-next]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    const inField = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if (inField || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn()) return;
    if (event.key === "?") {
      const bar = document.querySelector("[data-keys]");
      if (bar) { event.preventDefault(); bar.querySelector("button").focus(); bar.scrollIntoView({ block: "nearest" }); }
    } else if (event.key === "/") {
      const goal = document.querySelector("[data-search], .tree a[aria-current], .tree a");
      if (goal) { event.preventDefault(); goal.focus(); }
    } else if (/^[a-z0-9]$/i.test(event.key)) {
      const goal = document.querySelector("[data-key=\"" + event.key.toLowerCase() + "\"]");
      if (!goal) return;
      event.preventDefault();
      const go = () => { if (goal.dataset.href) location.href = goal.dataset.href; else { goal.click(); if (goal.type === "radio") goal.focus(); } };
      if (form && goal.dataset.href) flush({ then: go, anyway: go }); else go();
    }
  }

  /* how many rows of a table are picked, and all of them by one tick */
  const picks = document.querySelector("form[data-picks]");
  if (picks) {
    const link = picks.querySelector("a.pickall"), all = link && make("input", { type: "checkbox", class: "pickall", "aria-label": link.dataset.all });
    if (link) link.replaceWith(all);
    const boxes = Array.from(picks.querySelectorAll("tbody input[type=checkbox]"));
    const count = () => {
      for (const one of boxes) one.closest("tr").classList.toggle("is-picked", one.checked);
      const said = document.querySelector("[data-picked]"), many = boxes.filter((one) => one.checked).length;
      if (said && (many || said.dataset.picked)) said.textContent = fill(picks.dataset.picks, { count: printed(String(many), true) });
      if (said) said.dataset.picked = many;
      if (all) { all.checked = many === boxes.length; all.indeterminate = many > 0 && many < boxes.length; }
    };
    picks.addEventListener("change", (event) => {
      if (event.target === all) for (const one of boxes) one.checked = event.target.checked;
      count();
    });
    count();
  }

  /* ---------- 9 start ---------- */
  /* How a form saves itself, said before htmx reads the page: the same for every item, and so not part of any. */
  const SAVING = { trigger: "save, change, input changed delay:1500ms", swap: "none", sync: "this:queue last", request: "{\"timeout\":10000}" };

  const HINTS = "/text-checks/hints/"; // said once here and not on every page
  /* Hints on a text follow typing quietly; said before htmx reads the page, like the saving of a form. */
  for (const typed of document.querySelectorAll("textarea#explanation:not([readonly]), textarea[name=answer]")) {
    const { id, name, nextElementSibling: next } = typed;
    const place = next && next.className === "texthints" ? next : make("div", { class: "texthints" });
    if (place !== next) typed.after(place);
    place.setAttribute("role", "status");
    const asks = {
      post: HINTS, trigger: "input changed delay:900ms from:#" + CSS.escape(id), target: "this", swap: "innerHTML",
      sync: "this:replace", vals: JSON.stringify({ field: name }), params: "field," + name + ",csrfmiddlewaretoken",
    };
    for (const [what, value] of Object.entries(asks)) place.setAttribute("hx-" + what, value);
  }

  function countLeft(one) {
    const place = document.querySelector("[data-count-of=\"" + one.id + "\"]");
    if (!place || !form) return;
    const rest = Number(one.dataset.most) - one.value.length;
    place.textContent = fill(rest < 0 ? form.dataset.over : form.dataset.left, { count: printed(String(Math.abs(rest)), true) });
  }

  if (form) {
    for (const [name, value] of Object.entries(SAVING)) form.setAttribute("hx-" + name, value);
    for (const one of fields) {
      const place = slot(one.name), isOpen = place && place.firstElementChild;
      if (isOpen && place.querySelector(".conflict")) held.add(one.name);
      if (isOpen && place.querySelector(".field__error")) wrong.set(one.name, one.value);
      if (!isOpen && !("open" in one.dataset)) stored.set(one.name, meaning(one, asLoaded(one)));
    }
    form.addEventListener("change", (event) => { if (isNumber(event.target)) reprint(event.target); keepDraft(); }, true);
    form.addEventListener("input", (event) => {
      held.delete(event.target.closest("[data-field]") && !document.querySelector("[data-conflict=\"" + CSS.escape(event.target.name) + "\"] [data-choose=both]") ? event.target.name : "");
      keepDraft();
      if (event.target.dataset.most) countLeft(event.target);
    }, true);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-choose]");
      if (button) { event.preventDefault(); choose(button); }
    });
    document.addEventListener("htmx:configRequest", configure);
    document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.requestConfig.elt === form && isEnded(event.detail.xhr)) event.detail.shouldSwap = false; });
    document.addEventListener("htmx:afterRequest", answered);
    window.addEventListener("online", () => { attempt = 0; if (ready().length) save(); else showState(); });
    window.addEventListener("offline", () => { if (unsaved().length) show("fail", "cloud-off", say("lost")); });
    window.addEventListener("focus", () => { if (ended) save(); });
    document.addEventListener("visibilitychange", () => { if (ended && !document.hidden) save(); });
    window.addEventListener("beforeunload", leaving);
    window.addEventListener("pagehide", left);
    takeDraft();
  }
  /* A table of links is one stop of Tab; the arrows go from cell to cell, Home and End to the ends of a row. */
  function grid(table) {
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td > a")]).filter((row) => row.length);
    const cells = rows.flat();
    if (!cells.length) return;
    for (const one of cells) one.tabIndex = -1;
    const go = (cell) => { for (const one of cells) if (one.tabIndex === 0) one.tabIndex = -1; cell.tabIndex = 0; return cell; };
    go(table.querySelector(".is-picked > a") || cells[0]);
    table.addEventListener("focusin", (event) => { if (cells.includes(event.target)) go(event.target); });
    table.addEventListener("keydown", (event) => {
      const at = rows.findIndex((row) => row.includes(event.target));
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const place = rows[at].indexOf(event.target);
      const steps = { ArrowLeft: [at, place - 1], ArrowRight: [at, place + 1], ArrowUp: [at - 1, place], ArrowDown: [at + 1, place], Home: [at, 0], End: [at, rows[at].length - 1] };
      const [row, column] = steps[event.key] || [];
      const cell = row === undefined ? null : (rows[row] || [])[column];
      if (steps[event.key]) event.preventDefault();
      if (cell) go(cell).focus();
    });
  }
  for (const one of document.querySelectorAll("[data-grid]")) grid(one);
  if (shut) showShutDraft();
  document.addEventListener("click", followed);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", pressed);
  window.addEventListener("pageshow", () => { for (const one of document.querySelectorAll("form[data-sent]")) { delete one.dataset.sent; delete one.dataset.through; } });
  listDrafts();
  remarks();
  showKeys();
  const turn = document.querySelector("[data-keys-switch]");
  if (turn) turn.addEventListener("click", () => { store.set(keysKey, keysOn() ? "off" : "on"); showKeys(); });

  /* the line of a list that is open is in sight, and what wants attention has it */
  function shown() {
    const current = document.querySelector(".item__tree .tree a[aria-current], .queue a[aria-current]");
    if (current) {
      const tree = current.closest(".item__tree, .pane__scroll");
      if (tree.scrollHeight > tree.clientHeight) tree.scrollTop += current.getBoundingClientRect().top - tree.getBoundingClientRect().top - tree.clientHeight / 3;
    }
    const focus = document.querySelector("[data-focus]");
    if (focus) focus.focus();
  }
  shown();
  document.addEventListener("parindex:shown", () => { remarks(); shown(); });
})();
