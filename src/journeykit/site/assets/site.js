"use strict";
// Everything is readable without this script. It sorts and filters tables, searches, presents, and keeps the theme.
// A page whose content is replaced starts it again, which ends what listened before.
let siteLife = null;
window.startSite = () => {
  if (siteLife) siteLife.abort();
  siteLife = new AbortController();
  const { signal } = siteLife;
  const root = document.documentElement, body = document.body;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ß/g, "ss");
  const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
  const byId = (id) => document.getElementById(id);
  const all = (selector, part = document) => [...part.querySelectorAll(selector)];

  // The theme is kept for all pages; a browser may refuse to keep anything.
  const theme = byId("theme");
  const kept = (act, ...name) => { try { return localStorage[act]("journeykit-theme", ...name); } catch { return null; } };
  const show = (name) => { if (name) root.dataset.theme = name; else delete root.dataset.theme; };
  const before = kept("getItem");
  if (before !== null && [...theme.options].some((one) => one.value === before)) {
    theme.value = before;
    show(before);
  }
  theme.addEventListener("change", () => { show(theme.value); kept("setItem", theme.value); }, { signal });
  document.querySelector(".bar").hidden = false;
  if (!document.querySelector(".journey .picture")) byId("print").addEventListener("click", () => print(), { signal });

  // The state of filters and sorting is in the address: #owner=Dispatch&sort=score
  const state = () => new URLSearchParams(/=/.test(location.hash) ? location.hash.slice(1) : "");
  function note(change) {
    const now = state();
    change(now);
    const text = now.toString();
    history.pushState(null, "", text ? `#${text}` : location.pathname + location.search);
  }

  // Tables: each heading that sorts is a button.
  const slug = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const tables = all("table").filter((one) => one.querySelector("[data-sort]")).map((table) => {
    const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells];
    const value = (row, column) => {
      const cell = row.cells[column];
      if ("by" in cell.dataset) return +cell.dataset.by;
      const text = cell.textContent.trim(), number = text.replace("\u2212", "-").replace(",", ".");
      return heads[column].classList.contains("n") ? (isNaN(parseFloat(number)) ? -1e9 : parseFloat(number)) : text;
    };
    const { compare } = new Intl.Collator(root.lang, { numeric: true });
    const name = (n) => (heads[n].className === "n" ? "-" : "") + slug(heads[n].dataset.name);
    function sort(key) {
      const wanted = heads.findIndex((head) => head.dataset.name && slug(head.dataset.name) === key.replace(/^-/, ""));
      const sign = key.startsWith("-") ? -1 : 1;
      heads.forEach((head, n) => n === wanted ? head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
      const values = new Map(rows.map((row) => [row, wanted < 0 ? 0 : value(row, wanted)]));
      table.tBodies[0].append(...[...rows].sort((a, b) => {
        const x = values.get(a), y = values.get(b);
        return sign * (typeof x === "number" && typeof y === "number" ? x - y : compare(x, y));
      }));
    }
    const whole = { key: table.id || all("table").indexOf(table), sort, now: "" };
    heads.forEach((head, n) => {
      if (head.dataset.sort === undefined) return;
      head.dataset.name = head.textContent;
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const start = name(n), turned = start.startsWith("-") ? start.slice(1) : `-${start}`;
        note((one) => one.set(sortKey(whole), whole.now === start ? turned : start));
        apply();
      });
    });
    return whole;
  });
  const sortKey = (one) => tables.length > 1 ? `sort-${one.key}` : "sort";

  // Filters: rows have codes of their values.
  const filters = all(".filter").map((form) => {
    const rows = [...byId(form.dataset.table).tBodies[0].rows];
    const selects = all("select", form), count = form.querySelector("output"), clear = form.querySelector(".clear");
    let later;
    form.hidden = false;
    selects.forEach((select) => select.addEventListener("change", () => {
      const text = select.value ? select.selectedOptions[0].textContent : "";
      note((one) => text ? one.set(select.dataset.facet, text) : one.delete(select.dataset.facet));
      apply();
    }));
    clear.addEventListener("click", () => {
      note((one) => selects.forEach((select) => one.delete(select.dataset.facet)));
      apply();
    });
    return (now) => {
      for (const select of selects) {
        const text = now.get(select.dataset.facet);
        select.value = ([...select.options].find((one) => one.value && one.textContent === text) || { value: "" }).value;
      }
      const wanted = selects.map((select) => select.value).filter(Boolean);
      const seen = rows.map((row) => wanted.every((code) => row.dataset.f.includes(code)));
      clear.hidden = !wanted.length;
      count.textContent = count.dataset.text.replace("{n}", seen.filter(Boolean).length).replace("{all}", rows.length);
      // Rows go at once, and come some at a time: to lay out a thousand takes a browser longer than a key may.
      clearTimeout(later);
      rows.forEach((row, n) => { row.hidden ||= !seen[n]; });
      (function turn(n) {
        for (let left = 50; left && n < rows.length; n += 1) {
          if (seen[n] && rows[n].hidden) { rows[n].hidden = false; left -= 1; }
        }
        if (n < rows.length) later = setTimeout(turn, 0, n);
      })(0);
    };
  });
  function apply() {
    const now = state();
    for (const one of tables) {
      const key = now.get(sortKey(one)) || "";
      if (key !== one.now) one.sort(one.now = key);
    }
    filters.forEach((one) => one(now));
  }
  if (tables.length || filters.length) {
    const follow = () => { // a link leads to these rows
      apply();
      const filtered = all(".filter select").find((select) => select.value);
      if (filtered) filtered.closest(".filter").scrollIntoView();
    };
    addEventListener("hashchange", follow, { signal });
    follow();
  }

  // The search: its texts are a script, which is loaded when somebody types.
  const search = byId("search");
  if (search) {
    const input = byId("q"), results = byId("results"), found = byId("found");
    const DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const base = body.dataset.root;
    let texts = null;
    search.hidden = false;
    const load = () => new Promise((done, fail) => {
      if (texts) return done();
      const read = () => {
        texts = [];
        const add = (text, more) => texts.push({ ...more, key: ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ")}` });
        // Words are written once; a text is the numbers of its words, to the base 32: digits from 32 up go on.
        const [table, journeys] = window.journeySearch, words = table.split(" ");
        const text = (codes, between = " ") => {
          const found = [];
          let number = 0, place = 1;
          for (const code of codes) {
            const digit = DIGITS.indexOf(code);
            number += (digit % 32) * place;
            place *= 32;
            if (digit < 32) { found.push(words[number]); number = 0; place = 1; }
          }
          return found.join(between);
        };
        const parts = (list) => list.split(";").filter(Boolean).map((one) => one.split(","));
        for (const [folder, about, points, todos] of journeys) {
          const [title, persona] = about.split(",").map((one) => text(one));
          const journey = `${base}journey/${encodeURIComponent(folder)}/${base === "?" ? "" : "index.html"}`;
          add(`${title} ${persona}`, { to: journey, text: title, about: search.dataset.journey, more: persona });
          for (const [id, name, said = ""] of parts(points)) {
            const shown = text(name), quote = text(said);
            add(`${shown} ${quote}`, { to: `${journey}#t-${text(id, "-")}`, text: shown, about: search.dataset.touchpoint, more: title, quote });
          }
          for (const [id, name] of parts(todos)) add(text(name), { to: `${journey}#opportunity-${text(id, "-")}`, text: text(name), about: search.dataset.todo, more: title });
        }
        done();
      };
      if (window.journeySearch) return read();
      document.head.append(make("script", "", { src: `${base}assets/search-data.js`, onload: read, onerror: fail }));
    });
    const run = async () => {
      const asked = input.value;
      if (asked.trim()) await load();
      const terms = fold(asked).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((term) => ` ${term}`);
      const hits = terms.length ? texts.filter(({ key }) => terms.every((term) => key.includes(term))) : [];
      results.replaceChildren(...hits.slice(0, 50).map((hit) => {
        const item = make("li", "");
        item.append(make("a", hit.text, { href: hit.to }), make("small", `${hit.about} · ${hit.more}`));
        if (hit.quote) item.append(make("small", hit.quote));
        return item;
      }));
      const many = hits.length === 1 ? search.dataset.one : search.dataset.many.replace("{n}", hits.length);
      found.textContent = !terms.length ? "" : hits.length ? many + (hits.length > 50 ? ` ${search.dataset.more}` : "") : search.dataset.none;
    };
    input.addEventListener("input", () => {
      history.replaceState(null, "", input.value ? `#q=${encodeURIComponent(input.value)}` : location.pathname + location.search);
      run();
    });
    const follow = () => { input.value = state().get("q") || ""; run(); };
    addEventListener("hashchange", follow, { signal });
    follow();
    input.focus();
  }

  // Presenting: the heading, then each stage, then what hurts and what is done.
  const present = byId("present");
  if (present) {
    present.parentElement.hidden = false;
    const strip = (node) => { const copy = node.cloneNode(true); [copy, ...copy.querySelectorAll("[id]")].forEach((one) => one.removeAttribute("id")); return copy; };
    present.addEventListener("click", () => {
      const article = document.querySelector(".journey");
      const slides = [[article.querySelector(".heading")]];
      for (const node of article.querySelector(".list").children) {
        if (node.localName === "h3") slides.push([node]);
        else if (node.localName === "ol") {
          if (slides.length < 2) slides.push([]);
          slides.at(-1).push(node);
        }
      }
      for (const id of ["low-points", "opportunities"]) { const part = byId(id); if (part) slides.push([part]); }
      const stage = make("div", "", { className: "stage", tabIndex: -1 }), content = make("div", "");
      stage.setAttribute("role", "dialog");
      stage.setAttribute("aria-modal", "true");
      stage.setAttribute("aria-label", present.textContent);
      stage.lang = article.lang;
      stage.dir = article.dir;
      const buttons = [["previous", -1], ["next", 1]].map(([name, by]) => { const one = make("button", present.dataset[name], { type: "button" }); one.addEventListener("click", () => go(by)); return one; });
      const end = make("button", present.dataset.end, { type: "button" }), place = make("span", ""), bar = make("nav", "");
      bar.append(place, ...buttons, end);
      stage.append(content, bar);
      let at = 0;
      function go(by) {
        at = Math.min(slides.length - 1, Math.max(0, at + by));
        content.replaceChildren(...slides[at].map(strip));
        place.textContent = `${at + 1} / ${slides.length}`;
        stage.scrollTop = 0;
      }
      function close() {
        stage.remove();
        root.classList.remove("presenting");
        document.removeEventListener("fullscreenchange", left);
        if (document.fullscreenElement) document.exitFullscreen();
        present.focus();
      }
      const left = () => { if (!document.fullscreenElement) close(); };
      end.addEventListener("click", close);
      stage.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
        if (event.key === "Escape") close();
        else if (event.key === "Tab") { // focus stays within
          const inside = [...buttons, end], n = inside.indexOf(document.activeElement);
          inside.at(event.shiftKey ? Math.max(n, 0) - 1 : (n + 1) % inside.length).focus();
          event.preventDefault();
        } else if (by && !(event.key === " " && event.target.localName === "button")) { go(by); event.preventDefault(); }
      });
      body.append(stage);
      root.classList.add("presenting");
      go(0);
      stage.focus();
      if (root.requestFullscreen) root.requestFullscreen().then(() => document.addEventListener("fullscreenchange", left), () => {});
    });
  }
};
if (!window.openPage) window.startSite();
