"use strict";
// The editor of a map: its state, what is sent to the server, and how the page is brought up to date.
(() => {
  const root = document.getElementById("edit"), said = document.getElementById("said");
  const TOKEN = "X-Journeykit-Token", KEY = "journeykit-token";
  const E = window.journeyEditor = {
    root, name: root.dataset.name, lang: root.dataset.lang, title: document.title,
    state: null, form: null, trial: null, choice: null, panel: "form", view: "board", step: null, notice: null, problem: null,
    on: {}, change: {}, keys: {}, drags: {}, panels: {}, after: [],
  };
  const texts = JSON.parse(root.dataset.texts);
  const stored = (area, key, value) => {
    try {
      if (value === undefined) return area.getItem(key);
      area.setItem(key, value);
    } catch { /* the browser keeps nothing */ }
    return null;
  };
  E.remembered = (key, value) => stored(localStorage, `journeykit-edit-${key}`, value);

  const given = location.hash.match(/^#token=([\w-]+)(.*)$/);
  if (given) {
    stored(sessionStorage, KEY, given[1]);
    history.replaceState(null, "", location.pathname + given[2].replace("&", "#"));
  }
  const token = (given && given[1]) || stored(sessionStorage, KEY) || "";
  E.off = !token; // nothing can be written

  E.t = (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  E.n = (key, n, values = {}) => E.t(`${key}.${n === 1 ? "one" : "many"}`, { n, ...values });
  E.number = (value, digits = 1) => new Intl.NumberFormat(E.lang, { maximumFractionDigits: digits }).format(value).replace(/^-/, "\u2212");
  E.say = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 30); };
  E.json = JSON.stringify;
  E.path = (one) => JSON.parse(one.dataset.path);
  E.same = (one, other) => E.json(one) === E.json(other);

  // Elements. `data` and `aria` are objects of such attributes; what is null or false is left out.
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "data") for (const [key, one] of Object.entries(value)) { if (one !== null && one !== undefined) node.dataset[key] = typeof one === "string" ? one : E.json(one); }
      else if (name === "top") node.style.top = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
    return node;
  }
  // `h("p.quiet.low", { id: "x" }, "text")`: name and classes, attributes if there are any, content.
  const made = (space) => (selector, ...rest) => {
    const [name, ...classes] = selector.split("."), first = rest[0], plain = first && Object.getPrototypeOf(first) === Object.prototype;
    const { class: more = "", ...attributes } = plain ? first : {}, all = [...classes, more].filter(Boolean).join(" ");
    return fill(document.createElementNS(space, name), { ...attributes, class: all || null }, plain ? rest.slice(1) : rest);
  };
  const h = E.h = made("http://www.w3.org/1999/xhtml");
  E.svg = made("http://www.w3.org/2000/svg");
  E.button = (text, act, more = {}) => h("button", { type: "button", ...more, data: { do: act, ...more.data } }, text);

  // Brings elements up to date. Focus, scrolling and what is being typed stay.
  function patch(old, next) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    const field = /^(INPUT|TEXTAREA)$/.test(old.nodeName) && !/^(checkbox|radio|file)$/.test(old.type);
    const typed = field && old.value !== old.defaultValue && (old === document.activeElement || "keep" in old.dataset);
    const changed = field && old.defaultValue !== next.defaultValue;
    for (const { name, value } of [...next.attributes]) {
      if (name === "style") { if (old.style.cssText !== next.style.cssText) old.style.cssText = next.style.cssText; }
      else if (old.getAttribute(name) !== value && !(name === "open" || (field && typed && name === "value"))) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    if (field) {
      if (typed) return;
      if (old.nodeName === "TEXTAREA" && changed) old.defaultValue = next.defaultValue;
      if (changed || old !== document.activeElement) old.value = next.defaultValue;
      return;
    }
    if ("checked" in old) old.checked = next.checked;
    children(old, next);
    if (old.nodeName === "SELECT" && old.value !== next.value) old.value = next.value;
  }
  function children(old, next) {
    const keyed = new Map([...old.children].filter((one) => one.dataset.key).map((one) => [one.dataset.key, one]));
    let at = old.firstChild;
    for (const want of [...next.childNodes]) {
      const key = want.dataset && want.dataset.key;
      const have = key ? keyed.get(key) : at && !(at.dataset && at.dataset.key) ? at : null;
      if (!have || have.nodeName !== want.nodeName) { old.insertBefore(want, at); continue; }
      if (have === at) at = at.nextSibling;
      else old.insertBefore(have, at);
      patch(have, want);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  }

  E.render = (focus = "") => {
    const active = document.activeElement, id = active && active.id;
    const next = h("div", E.page());
    children(root, next);
    root.classList.toggle("readonly", E.off);
    root.classList.toggle("workshop", E.step !== null);
    E.after.forEach((one) => one());
    const busy = document.activeElement.matches("input, textarea") && document.activeElement.value !== document.activeElement.defaultValue;
    const wanted = (focus && !busy && document.getElementById(focus)) || (active && active !== document.activeElement && (active.isConnected ? active : id && document.getElementById(id)));
    if (wanted && root.contains(wanted)) {
      if (focus && wanted.select && wanted !== active) wanted.select();
      wanted.focus({ preventScroll: !focus });
    }
  };

  // The server.
  async function ask(path, options) {
    const answer = await fetch(path, { cache: "no-store", ...options });
    const data = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(data.error || `${answer.status}`), { data, status: answer.status });
    return data;
  }
  E.get = (path) => ask(path);
  E.post = (path, body, type = "application/json") =>
    ask(path, { method: "POST", headers: { [TOKEN]: token, "Content-Type": type }, body: type === "application/json" ? E.json(body) : body });
  E.url = (rest = "") => `/_edit/${encodeURIComponent(E.name)}${rest}`;

  let queue = Promise.resolve(), foreign = 0;
  E.take = (state, own) => {
    const before = E.state;
    if (!own && before && before.version !== state.version) foreign += 1;
    E.state = state;
    E.off = !token || Boolean(state.readonly);
    E.trial = null;
    if (state.conflict && !(before && before.conflict)) E.say(E.t("conflict.said"));
    document.title = `${state.journey.title || E.name} \u00b7 ${E.title.split(" \u00b7 ").pop()}`;
  };
  E.wrong = (error, place = null) => {
    const { data = {}, message } = error;
    const text = error instanceof TypeError ? E.t("lost") : message;
    E.problem = place && { ...place, text: [text, data.help].filter(Boolean).join(" ") };
    E.notice = place ? null : { bad: true, text, help: data.help, line: data.line, link: data.editor };
    E.say([text, data.help].filter(Boolean).join(" "));
  };
  // Makes acts one after the other. `focus` is the id of what has the focus afterwards, or returns it.
  E.act = (acts, label, { focus = "", said: told = label, undo = false, place = null, then = null, version: given = "" } = {}) => {
    const version = given || E.state.version, seen = foreign;
    queue = queue.then(async () => {
      try {
        await asked;
        // What this page did itself since then is no other version.
        const body = { version: !given && seen === foreign ? E.state.version : version, acts, label };
        const state = await E.post(E.url(), body);
        E.take(state, true);
        E.problem = null;
        E.notice = undo || state.notes.length ? { text: [undo ? told : "", ...state.notes].filter(Boolean).join(" "), undo: true } : null;
        if (then) then();
        E.render(typeof focus === "function" ? focus() : focus);
        E.say(typeof told === "function" ? told() : told);
        return true;
      } catch (error) {
        E.trial = null;
        E.wrong(error, place);
        if (error.status === 422 && acts[0].do === "remove" && !acts[0].with) E.notice.again = () => E.act([{ ...acts[0], with: true }], label, { focus, undo, then });
        if (error.status === 409) await E.reload();
        E.render();
        return false;
      }
    });
    return queue;
  };
  E.settled = () => queue;
  E.command = (what, body = {}, told = "") => {
    queue = queue.then(async () => {
      try {
        E.take(await E.post(E.url(`/${what}`), { version: E.state.version, ...body }), true);
        E.notice = E.problem = null;
        if (told) E.say(told);
      } catch (error) {
        E.wrong(error);
      }
      E.render();
    });
    return queue;
  };
  E.reload = async () => {
    try {
      E.take(await E.get(E.url()), false);
    } catch (error) {
      E.wrong(error);
    }
  };
  // Tries acts while something is dragged: one question at a time, the newest last, none beside an act.
  let asked = null, waiting = null, trying = false;
  E.try = async (tried) => {
    waiting = tried;
    if (trying) return;
    trying = true;
    while (waiting && E.tried) {
      const acts = queue;
      await acts;
      if (acts !== queue || !E.tried) continue;
      const body = { version: "", acts: waiting, label: "" }; // of the text as it is: nothing is written
      waiting = null;
      asked = E.post(E.url("/try"), body).catch(() => null); // what cannot be tried is refused when it is made
      const found = await asked;
      if (found && E.tried) { E.trial = found; E.render(); }
    }
    trying = false;
  };

  // What the state has, by path and by id.
  E.at = (path) => path.reduce((data, key) => (data === null || data === undefined ? data : data[key]), E.state.journey);
  E.stages = () => (E.trial && E.trial.stages) || E.state.stages;
  E.points = () => E.stages().flatMap((stage) => stage.touchpoints.map((point, at) => ({ ...point, stage, at })));
  E.point = (id) => E.points().find((one) => one.id === id);
  E.list = (stage) => stage.list || [...stage.path, "touchpoints"];
  E.chosen = () => {
    const { kind, id, path } = E.choice || {};
    if (kind === "journey") return { kind, path: [], title: E.state.journey.title };
    if (kind === "persona") return { kind, path: ["persona"], title: (E.state.journey.persona || {}).name };
    const all = { touchpoint: () => E.points(), stage: () => E.stages(), opportunity: () => E.state.opportunities }[kind];
    const found = all && (all().find((one) => one.id === id) || all().find((one) => E.same(one.path, path)));
    if (!found) return null;
    E.choice = { kind, id: found.id, path: found.path };
    return { ...found, kind };
  };
  E.choose = (kind, id = "", path = null) => {
    E.choice = { kind, id, path };
    E.panel = "form";
    E.problem = null;
  };
  E.pressed = (kind, id) => String(Boolean(E.choice && E.choice.kind === kind && E.choice.id === id));
  E.rtl = () => /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(E.state.journey.lang || "");

  // Events: each element says what it does by its name.
  const named = (event, key) => { const one = event.target.closest && event.target.closest(`[data-${key}]`); return one && root.contains(one) ? one : null; };
  let dragged = false;
  root.addEventListener("click", (event) => {
    if (dragged) { dragged = false; event.preventDefault(); return; }
    const one = named(event, "do");
    if (one && one.getAttribute("aria-disabled") !== "true") E.on[one.dataset.do](one, event);
  });
  root.addEventListener("change", (event) => { const one = named(event, "change"); if (one) E.change[one.dataset.change](one, event); });
  root.addEventListener("submit", (event) => { event.preventDefault(); const one = named(event, "submit"); if (one) E.on[one.dataset.submit](one, event); });
  root.addEventListener("keydown", (event) => { const one = named(event, "keys"); if (one) E.keys[one.dataset.keys](one, event); });
  document.addEventListener("keydown", (event) => {
    if (!E.state || !(event.ctrlKey || event.metaKey) || event.altKey || E.off) return;
    const key = event.key.toLowerCase(), field = event.target.closest("input:not([type=radio], [type=checkbox]), textarea");
    if (key === "s") { event.preventDefault(); if (field) field.dispatchEvent(new Event("change", { bubbles: true })); E.on.save(); return; }
    if (field && field.value !== field.defaultValue) return; // the browser takes back what was typed
    const what = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : "";
    if (what) { event.preventDefault(); E.on[what](); }
  });

  // Dragging with mouse, pen and finger. A finger drags by the grip, so that it can scroll by the rest.
  root.addEventListener("pointerdown", (event) => {
    const one = named(event, "drag");
    dragged = false;
    if (!one || event.button || E.off || event.target.closest("a, input, [data-nodrag]")) return;
    const kind = one.dataset.drag, how = E.drags[kind];
    if (event.pointerType !== "mouse" && kind !== "face" && !event.target.closest(".grip")) return;
    let held = null, last = event;
    const x = event.clientX, y = event.clientY;
    const move = (now) => {
      if (now.pointerId !== event.pointerId) return;
      last = now;
      if (!held) {
        if (Math.hypot(now.clientX - x, now.clientY - y) < 5) return;
        held = how.begin(one);
        if (!held) { end(); return; }
        one.setPointerCapture(event.pointerId);
        root.classList.add("dragging");
        one.classList.add("held");
      }
      now.preventDefault();
      if (kind !== "face") one.style.transform = `translate(${now.clientX - x}px, ${now.clientY - y}px)`;
      how.over(held, now, one);
    };
    const end = () => {
      clearInterval(scrolling);
      for (const [name, listener] of Object.entries(heard)) removeEventListener(name, listener, true);
      root.classList.remove("dragging");
      one.classList.remove("held");
      one.style.transform = "";
      root.querySelectorAll(".drop").forEach((other) => other.classList.remove("drop"));
    };
    const cancel = () => { end(); if (held) { how.cancel && how.cancel(held); E.render(); } };
    const heard = {
      pointermove: move,
      pointerup: (now) => {
        if (now.pointerId !== event.pointerId) return;
        end();
        if (held) { dragged = true; setTimeout(() => { dragged = false; }, 0); how.drop(held, one); }
      },
      pointercancel: cancel,
      keydown: (now) => { if (now.key === "Escape" && held) { now.preventDefault(); now.stopPropagation(); cancel(); } },
    };
    for (const [name, listener] of Object.entries(heard)) addEventListener(name, listener, true);
    // Near an edge of what scrolls, it scrolls.
    const area = one.closest(".sideways");
    const scrolling = setInterval(() => {
      if (!held || !area || kind === "face") return;
      const box = area.getBoundingClientRect(), step = last.clientX > box.right - 40 ? 12 : last.clientX < box.left + 40 ? -12 : 0;
      if (step) { area.scrollLeft += step; how.over(held, last, one); }
    }, 30);
  });

  E.on.undo = () => { const [label] = E.state.undo.slice(-1); if (label !== undefined) E.command("undo", {}, E.t("undone", { what: label })); };
  E.on.redo = () => { const [label] = E.state.redo.slice(-1); if (label !== undefined) E.command("redo", {}, E.t("redone", { what: label })); };
  E.on.save = () => { if (!E.off) E.command("save", {}, E.t("saved")); };
  E.on.again = () => E.notice.again();
  E.on.close = () => { E.notice = null; E.render(); };
  E.change.mode = (one) => E.command("mode", { mode: one.value });

  E.start = async () => {
    if (!E.name) { await E.list_page(); return; }
    try {
      [E.form, E.state] = await Promise.all([E.get(E.url("/form")), E.get(E.url())]);
    } catch (error) {
      root.replaceChildren(h("h1", E.name), h("p", { role: "alert" }, error instanceof TypeError ? E.t("lost") : error.message));
      return;
    }
    E.take(E.state, true);
    const mark = location.hash.slice(1);
    if (mark === "workshop") E.step = 0;
    if (mark.startsWith("t-") && E.point(mark.slice(2))) E.choose("touchpoint", mark.slice(2));
    E.render(mark.startsWith("t-") ? `card-${mark.slice(2)}` : "");
    root.classList.add("ready");
    const events = new EventSource("/_events");
    const reload = async () => {
      await queue; // what this page did itself is known by then
      await E.reload();
      if (!root.classList.contains("dragging")) E.render();
    };
    for (const name of ["edited", "conflict"]) {
      events.addEventListener(name, (event) => {
        const data = JSON.parse(event.data);
        if (data.name === E.name) queue.then(() => { if (name === "conflict" || data.version !== E.state.version) reload(); });
      });
    }
    for (const name of ["changed", "broken", "mended", "settings", "removed"]) events.addEventListener(name, reload);
    let lost = false;
    events.onerror = () => { lost = true; E.lost = true; E.render(); };
    events.addEventListener("hello", () => { E.lost = false; if (lost) { lost = false; reload(); } });
  };
})();
