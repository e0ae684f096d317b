"use strict";
/* Uploads with progress, one file a request; a form without script sends the same. What is cited follows the words. */
(function () {
  const part = () => document.getElementById("evidence");
  const say = (line, words, state) => { line.querySelector(".upl__say").textContent = words; line.className = state || ""; };
  const waiting = [];
  let busy = false, stored = false;

  document.documentElement.classList.add("has-script");
  const list = () => document.querySelector("#upload .upl__list");

  /* What was refused or lost stays in sight when the part is drawn anew, and the fields of files and of the camera stay the
     same ones (hx-preserve): somebody may have their window open. One request at a time: a second one would be drawn into the part
     that the first one has replaced. */
  let drawing = false, stale = false;
  function refresh() {
    if (drawing) { stale = true; return; }
    drawing = true;
    const kept = list();
    window.htmx.ajax("GET", part().dataset.here, { target: "#evidence", swap: "outerHTML" }).then(() => {
      const fresh = list();
      if (!kept || !fresh || fresh === kept) return;
      kept.querySelectorAll(".c-ok").forEach((line) => line.remove());
      if (kept.children.length) fresh.replaceWith(kept);
    }).catch(() => { /* offline: the page stays as it is until the next try */ }).finally(() => {
      drawing = false;
      if (stale) { stale = false; refresh(); }
    });
  }

  function lineOf(file) {
    const line = document.createElement("li");
    const name = document.createElement("b"), bar = document.createElement("progress"), words = document.createElement("span");
    name.textContent = file.name;
    bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", file.name);
    words.className = "upl__say";
    line.append(name, " ", bar, " ", words);
    return line;
  }

  function again(job) {
    const button = document.createElement("button");
    button.type = "button"; button.className = "btn btn--small"; button.textContent = job.words.again;
    button.addEventListener("click", () => { button.remove(); waiting.push(job); next(); });
    job.line.append(" ", button);
  }

  function next() {
    if (busy) return;
    const job = waiting.shift();
    if (!job) {
      if (stored) refresh();
      stored = false;
      return;
    }
    busy = true;
    send(job);
  }

  function send(job) {
    const request = new XMLHttpRequest(), data = new FormData(), bar = job.line.querySelector("progress");
    const done = () => { busy = false; next(); };
    data.append("csrfmiddlewaretoken", job.token);
    data.append("entry", job.entry);
    data.append("files", job.file, job.file.name);
    request.open("POST", job.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      const share = Math.floor((100 * event.loaded) / event.total);
      bar.value = share;
      say(job.line, share < 100 ? job.words.sending + " " + share + "%" : job.words.reading);
    };
    request.onerror = () => { say(job.line, job.words.lost, "c-error"); again(job); done(); };
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch (error) { /* a page, not an answer */ }
      if (answer && answer.done) {
        const bad = answer.refused.length;
        stored = stored || answer.done.length > 0;
        if (bad) bar.remove();
        else bar.value = 100;
        say(job.line, bad ? answer.refused.join(" ") : job.words.done + (answer.doubts.length ? ". " + answer.doubts.join(" ") : ""), bad ? "c-error" : answer.doubts.length ? "c-warn" : "c-ok");
      } else {
        say(job.line, /\/login\//.test(request.responseURL) ? job.words.out : job.words.failed, "c-error");
        again(job);
      }
      done();
    };
    request.send(data);
  }

  function take(form, files) {
    const words = form.dataset, shown = list();
    shown.hidden = false;
    if (!busy && !waiting.length) shown.textContent = "";
    Array.from(files).forEach((file, at) => {
      const line = lineOf(file);
      shown.append(line);
      const wrong = file.size > +words.bytes ? words.large : at >= +words.files ? words.many : "";
      if (wrong) { line.querySelector("progress").remove(); say(line, wrong, "c-error"); return; }
      waiting.push({ file, line, words, action: form.action, token: form.elements.csrfmiddlewaretoken.value, entry: form.elements.entry.value });
    });
    next();
  }

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches(".upl input[type=file]") || !input.files.length) return;
    take(input.form, input.files);
    input.value = "";
  });

  /* What waits for the virus scanner: asked again while the page is looked at and nobody works in this part of it. */
  setInterval(() => {
    const here = part(), at = document.activeElement;
    if (!here || document.hidden || busy || waiting.length || !here.querySelector("[data-waits]")) return;
    if (!here.querySelector("details[open]") && (at.id === "files" || !here.contains(at))) refresh();
  }, 20000);

  /* The explanation has been saved with other words: what it cites may be another. */
  const words = document.getElementById("explanation");
  let known = words && words.value;
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!words || event.target.id !== "entry" || !event.detail.successful || words.value === known) return;
    known = words.value;
    if (!busy && !waiting.length && !part().contains(document.activeElement)) refresh();
  });
})();
