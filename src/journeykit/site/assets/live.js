"use strict";
// Follows the files: takes over what changed on this page, and shows what is wrong in a file.
(() => {
  const here = location.pathname.replace(/index\.html$/, "");
  const texts = document.body.dataset;
  let build = null, mark = null, busy = false, again = false;

  const pathOf = (node) => {
    const steps = [];
    for (; node && node.id !== "main" && node.parentElement; node = node.parentElement) {
      if (node.id) { steps.unshift(`#${CSS.escape(node.id)}`); break; }
      steps.unshift(`${node.localName}:nth-child(${[...node.parentElement.children].indexOf(node) + 1})`);
    }
    return steps.join(" > ");
  };

  // Replaces the content; where the reader was, stays.
  async function refresh(told) {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.pathname, { headers: mark ? { "If-None-Match": mark } : {}, cache: "no-store" });
      if (answer.status !== 200) return;
      mark = answer.headers.get("ETag");
      const next = new DOMParser().parseFromString(await answer.text(), "text/html"), old = document.getElementById("main");
      const main = document.adoptNode(next.getElementById("main"));
      const open = [...old.querySelectorAll("details[open]")].map(pathOf), focus = old.contains(document.activeElement) ? pathOf(document.activeElement) : "";
      const area = old.querySelector(".scroll"), at = area ? [area.scrollLeft, area.scrollTop] : null, x = scrollX, y = scrollY;
      const chosen = old.querySelector(".strip [aria-selected=true]"), zoom = area && area.querySelector("svg").getAttribute("width");
      const before = new Map([...old.querySelectorAll("[id]")].map((one) => [one.id, one.textContent]));
      old.replaceWith(main);
      document.title = next.title;
      if (window.startJourneys && main.querySelector(".journey")) window.startJourneys({ zoom, chosen: chosen && chosen.dataset.id });
      if (window.startSite) window.startSite();
      open.forEach((path) => { const one = path && main.querySelector(path); if (one) one.open = true; });
      const now = main.querySelector(".scroll");
      if (now && at) now.scrollTo({ left: at[0], top: at[1], behavior: "instant" });
      const focused = focus && main.querySelector(focus);
      if (focused) focused.focus({ preventScroll: true });
      scrollTo({ left: x, top: y, behavior: "instant" });
      for (const one of main.querySelectorAll("article[id], section[id]")) {
        if (before.has(one.id) && before.get(one.id) !== one.textContent && !one.querySelector("article[id]")) one.classList.add("flash");
      }
      const score = main.querySelector(".heading .score strong");
      if (score && told && told.was !== null && told.score !== null && told.was !== told.score) {
        const note = document.createElement("span");
        note.className = "score-was flash";
        note.textContent = `${told.was.toFixed(1)} → ${told.score.toFixed(1)}`;
        score.after(note);
      }
      document.documentElement.dataset.build = build;
    } finally {
      busy = false;
      if (again) { again = false; refresh(told); }
    }
  }

  // A banner for each file with mistakes; the last good page stays below it.
  const banners = new Map();
  function clear(file) {
    if (banners.has(file)) banners.get(file).remove();
    banners.delete(file);
  }
  function show(file, text, findings = []) {
    clear(file);
    const banner = document.createElement("div"), words = document.createElement("p"), list = document.createElement("ul");
    banner.className = "toast";
    banner.setAttribute("role", "status");
    words.textContent = file ? `${file}: ${text}` : text;
    for (const one of findings.slice(0, 8)) {
      const item = document.createElement("li"), help = document.createElement("small");
      item.textContent = `${one.line}:${one.column} ${one.message} `;
      help.textContent = one.help;
      item.append(help);
      list.append(item);
    }
    banner.append(words, list);
    document.getElementById("main").before(banner);
    banners.set(file, banner);
  }

  const events = new EventSource("/_events");
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("hello", (told) => {
    clear("");
    for (const file of [...banners.keys()]) clear(file);
    if (build !== null && told.build > build) refresh();
    build = told.build;
  });
  on("changed", (told) => {
    build = told.build;
    const mine = told.pages.indexOf(here);
    if (mine >= 0 || !here.startsWith("/journey/")) refresh(here.startsWith("/journey/") ? told.journeys[mine] : null);
    else if (told.pages.some((page) => here.startsWith(page) && page !== "/")) refresh();
  });
  on("settings", (told) => { build = told.build; refresh(); });
  on("broken", (told) => show(told.file, texts.broken, told.findings));
  on("mended", (told) => clear(told.file));
  on("removed", () => { if (!here.startsWith("/journey/")) refresh(); });
  events.onerror = () => show("", texts.lost);
})();
