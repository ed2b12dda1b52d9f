"use strict";
// The editor of a map: its state, its elements, what is sent to the server, and what hears mouse, finger and keys.

// What the scripts of the editor share.
const E = {
  root: document.getElementById("edit"),
  state: null, form: null, trial: null, choice: null, panel: "form", view: "board", step: null, notice: null, problem: null,
  on: {}, change: {}, keys: {}, drags: {}, panels: {},
};
{
  const { root } = E, said = document.getElementById("said"), KEY = "journeykit-token";
  Object.assign(E, root.dataset);
  const texts = JSON.parse(E.texts);

  const given = location.hash.match(/^#token=([\w-]+)(.*)$/);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, "", location.pathname + given[2].replace("&", "#"));
  }
  const token = sessionStorage.getItem(KEY);
  // Nothing can be written.
  E.off = !token;

  const t = E.t = (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  E.n = (key, n) => t(`${key}.${n === 1 ? "one" : "many"}`, { n });
  E.number = (value, digits = 1) => new Intl.NumberFormat(E.lang, { maximumFractionDigits: digits }).format(value).replace(/^-/, "−");
  E.say = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 30); };
  E.path = ({ path }) => JSON.parse(path);
  E.same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  E.listed = (value) => [value ?? []].flat();

  // `h("p#said.quiet", { lang: "en" }, "text")`: name, id and classes, attributes if there are any, content. `data` has attributes of that kind.
  // What is null or false is left out; of `aria-` attributes, false is said.
  const isGiven = (value) => (value ?? false) !== false;
  const made = (space) => (selector, ...rest) => {
    const { data = {}, class: more, top, ...attributes } = rest[0]?.constructor === Object ? rest.shift() : {};
    const [, name, id, classes] = selector.match(/^(\w+)(?:#([\w-]+))?(.*)$/), node = document.createElementNS(space, name);
    const all = { id, class: [...classes.split("."), more].filter(Boolean).join(" ") || null, ...attributes };
    for (const [key, value] of Object.entries(all)) {
      if (typeof value === "boolean" && key.startsWith("aria-")) node.setAttribute(key, value);
      else if (isGiven(value)) node.setAttribute(key, value === true ? "" : value);
    }
    for (const [key, value] of Object.entries(data)) if (isGiven(value)) node.dataset[key] = typeof value === "string" ? value : JSON.stringify(value);
    if (top) node.style.top = top;
    node.append(...rest.flat(9).filter((one) => one || one === 0));
    return node;
  };
  const h = E.h = made("http://www.w3.org/1999/xhtml");
  E.svg = made("http://www.w3.org/2000/svg");
  E.button = (text, act, { data, ...more } = {}) => h("button", { ...more, data: { do: act, ...data } }, text);
  E.section = (head, id, title, ...content) => h("section", { "aria-labelledby": id }, h(`${head}#${id}`, title), content);
  E.failed = (error) => [error instanceof TypeError ? t("lost") : error.message, error.data?.help].filter(Boolean).join(": ");

  // Brings elements up to date; one is the same as before by its id or key, else by its place. Focus, scrolling and what is being typed stay, with the version that it was typed over.
  const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=file])";
  function patch(old, next) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    const field = old.matches(TYPED);
    const typed = field && ![old.defaultValue, next.defaultValue].includes(old.value) && (old === document.activeElement || "keep" in old.dataset);
    const changed = field && old.defaultValue !== next.defaultValue;
    for (const { name, value } of next.attributes) {
      if (name === "style") old.style.cssText = next.style.cssText;
      else if (old.getAttribute(name) !== value && !(name === "open" || (typed && /^(value$|data-)/.test(name)))) old.setAttribute(name, value);
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
    if (old.nodeName === "SELECT") old.value = next.value;
  }
  function children(old, next) {
    const keyOf = (one) => one?.dataset?.key || one?.id, keyed = new Map([...old.children].map((one) => [keyOf(one), one]));
    let at = old.firstChild;
    for (const want of [...next.childNodes]) {
      const key = keyOf(want), have = key ? keyed.get(key) : keyOf(at) ? null : at;
      if (have?.nodeName !== want.nodeName) { old.insertBefore(want, at); continue; }
      if (have === at) at = at.nextSibling;
      else old.insertBefore(have, at);
      patch(have, want);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  }

  const render = E.render = (focus = "") => {
    const active = document.activeElement;
    children(root, h("div", E.page()));
    root.classList.toggle("workshop", E.step !== null);
    E.curve();
    const now = document.activeElement, busy = now.matches("input, textarea") && now.value !== now.defaultValue;
    const wanted = (!busy && document.getElementById(focus)) || (active !== now && (active.isConnected ? active : document.getElementById(active.id)));
    if (!wanted || !root.contains(wanted)) return;
    if (focus && wanted.select && wanted !== active) wanted.select();
    wanted.focus({ preventScroll: !focus });
  };

  // The server.
  const get = E.get = async (path, options) => {
    const answer = await fetch(path, { cache: "no-store", ...options }), data = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(data.error || answer.status), { data, status: answer.status });
    return data;
  };
  const post = E.post = (path, body) => get(path, {
    method: "POST", headers: { "X-Journeykit-Token": token, "Content-Type": body.type ?? "application/json" }, body: body instanceof File ? body : JSON.stringify(body),
  });
  E.url = (rest = "", asked = "") => `/_edit/${encodeURIComponent(E.name)}${rest}${asked && `?${new URLSearchParams(asked)}`}`;

  let queue = Promise.resolve(), foreign = 0;
  // What is shown now: the version, and how many changes of others came before it.
  E.now = () => ({ version: E.state.version, seen: foreign });
  E.take = (state, own = true) => {
    const before = E.state;
    if (state.others || (!own && before.version !== state.version)) foreign += 1;
    if (own) E.notice = E.problem = null;
    E.state = state;
    E.off = !token || state.readonly;
    E.trial = null;
    if (state.conflict && !before.conflict) E.say(t("conflict.said"));
    document.title = `${state.journey.title || E.name} · ${document.title.split(" · ").at(-1)}`;
  };
  // Says what went wrong: at a field, `{ id, value }`, or above the map.
  E.wrong = (error, place = null) => {
    const { data = {} } = error, text = E.failed(error);
    E.problem = place && { ...place, text };
    E.notice = place ? null : { bad: true, text, line: data.line, link: data.editor };
    E.say(text);
  };
  E.refuse = (text, place) => { E.wrong(new Error(text), place); render(); };
  // What writes is done one after the other. `work` returns the id of what has the focus afterwards.
  const inTurn = E.inTurn = (work, failed = E.wrong) => {
    queue = queue.then(async () => {
      let focus = "";
      try {
        focus = await work();
      } catch (error) {
        E.trial = null;
        await failed(error);
      }
      render(focus);
    });
    return queue;
  };
  // Makes an act or several. `focus` and `said` are texts, or return them when the acts are made; `over` is what they were typed over.
  E.act = (acts, label, { focus = "", said: told = label, undo = false, place = null, then = null, over: { version, seen } = E.now() } = {}) => {
    const now = (text) => (typeof text === "function" ? text() : text);
    return inTurn(async () => {
      await asked;
      // What this page did itself since then is no other version.
      E.take(await post(E.url(), { version: +seen === foreign ? E.state.version : version, acts: [acts].flat(), label }));
      const { notes } = E.state;
      if (undo || notes.length) E.notice = { text: [undo && now(told), ...notes].filter(Boolean).join(" "), undo: true };
      if (then) then();
      E.say(now(told));
      return now(focus);
    }, async (error) => {
      E.wrong(error, place);
      if (error.data?.needed) E.notice.again = () => E.act({ ...acts, with: true }, label, { focus, undo, then });
      if (error.status === 409) await reload();
    });
  };
  E.set = (path, value) => ({ do: "set", path, value });
  E.add = (path, value, at = null) => ({ do: "add", path, at, value });
  E.gone = (path) => ({ do: "remove", path });
  // `told` returns what is said afterwards; nothing is done if it returns null. It is asked when its turn comes, as keys may be faster than answers.
  const command = E.command = (what, body, told) => inTurn(async () => {
    const words = told();
    if (words === null) return;
    E.take(await post(E.url(`/${what}`), { version: E.state.version, ...body }));
    E.say(words);
  });
  const reload = () => get(E.url()).then((state) => E.take(state, false), E.wrong);

  // Tries acts while something is dragged: one question at a time, the newest last, none beside an act.
  let asked = null, waiting = null, trying = false;
  E.try = async (tried) => {
    waiting = tried;
    if (trying) return;
    trying = true;
    while (waiting && E.facing) {
      const acts = queue;
      await acts;
      if (acts !== queue || !E.facing) continue;
      // Of the text as it is: nothing is written.
      const body = { version: "", acts: waiting, label: "" };
      waiting = null;
      // What cannot be tried is refused when it is made.
      asked = post(E.url("/try"), body).catch(() => null);
      const found = await asked;
      if (found && E.facing) { E.trial = found; render(); }
    }
    trying = false;
  };

  // What the state has, by path and by id.
  E.at = (path) => path.reduce((data, key) => data?.[key], E.state.journey);
  const stages = E.stages = () => E.trial?.stages || E.state.stages;
  const points = E.points = () => stages().flatMap((stage) => stage.touchpoints.map((point, at) => ({ ...point, stage, at })));
  const ALL = { touchpoint: points, stage: stages, opportunity: () => E.state.opportunities, lane: () => E.state.lanes };
  const find = E.find = (kind, id) => ALL[kind]().find((one) => one.id === id);
  E.found = (id) => E.state.findings.filter((one) => one.touchpoint === id);
  E.chosen = () => {
    const { kind, id, path } = E.choice || {}, { title, persona } = E.state.journey;
    if (kind === "journey") return { kind, path: [], title };
    if (kind === "persona") return { kind, path: ["persona"], title: persona?.name };
    const found = kind && (find(kind, id) || ALL[kind]().find((one) => E.same(one.path, path)));
    if (!found) return null;
    E.choice = { kind, id: found.id, path: found.path };
    return { ...found, kind };
  };
  E.choose = (kind, id = "", path = null) => {
    Object.assign(E, { choice: { kind, id, path }, panel: "form", problem: null, sheet: true });
  };
  // The id of the element that shows a part.
  E.place = (kind, id) => ({ touchpoint: "card", stage: "stage", lane: "lane", opportunity: E.view === "board" ? "todo" : "cell" }[kind] || "choose") + `-${id || kind}`;
  E.remove = (kind, id) => {
    const all = ALL[kind](), at = all.findIndex((one) => one.id === id), { path, title } = all[at], next = all[at + 1] || all[at - 1];
    E.act(E.gone(path), t("did.remove", { title }), { undo: true, said: t("said.remove", { title }), then: () => { E.choice = null; }, focus: next ? E.place(kind, next.id) : "new-todo" });
  };

  // Events: each element says what it does by its name.
  const named = (event, key) => { const one = event.target.closest(`[data-${key}]`); return root.contains(one) ? one : null; };
  let dragged = false;
  root.addEventListener("click", (event) => {
    const one = named(event, "do");
    if (dragged) event.preventDefault();
    else if (one && one.ariaDisabled !== "true") E.on[one.dataset.do](one.dataset, event, one);
    dragged = false;
  });
  root.addEventListener("change", (event) => { const one = named(event, "change"); if (one) E.change[one.dataset.change](one); });
  root.addEventListener("submit", (event) => { event.preventDefault(); E.on[event.target.getAttribute("name")](event.target); });
  // Keys on what has a name for them: `x` is 1 to the end of the line and -1 to its start, `y` is 1 up. True: the key is used.
  root.addEventListener("keydown", (event) => {
    const one = named(event, "keys"), { key } = event;
    if (!one || event.ctrlKey || event.metaKey) return;
    const { kind, id, keys } = one.dataset, way = getComputedStyle(one).direction === "rtl" ? -1 : 1, remove = key === "Delete" && kind && !E.off;
    if (remove) E.remove(kind, id);
    if (remove || E.keys[keys](one.dataset, event, way * ({ ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0), { ArrowUp: 1, ArrowDown: -1 }[key] ?? 0)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!E.state || !(event.ctrlKey || event.metaKey) || event.altKey || E.off) return;
    const key = event.key.toLowerCase(), field = event.target.closest(TYPED);
    const what = { s: "save", y: "redo", z: event.shiftKey ? "redo" : "undo" }[key];
    // The browser takes back what was typed.
    if (!what || (key !== "s" && field?.value !== field?.defaultValue)) return;
    event.preventDefault();
    if (key === "s") field?.dispatchEvent(new Event("change", { bubbles: true }));
    E.on[what]();
  });

  // What is carried to a place: `find` says which element lies there, `drop` is told what both say of themselves.
  E.carried = (find, drop) => {
    let to = null;
    return {
      over: (one, event) => { to?.classList.remove("drop"); to = find(event); to?.classList.add("drop"); },
      drop: (one) => { if (to) drop(one.dataset, to.dataset); else render(); to = null; },
      end: () => { to?.classList.remove("drop"); },
    };
  };
  // Dragging with mouse, pen and finger. A finger drags by the grip, so that it can scroll by the rest; faces have no other way to go.
  root.addEventListener("pointerdown", (event) => {
    const one = named(event, "drag"), kind = one?.dataset.drag, how = E.drags[kind];
    dragged = false;
    if (!one || event.button || E.off || (event.pointerType !== "mouse" && kind !== "face" && !event.target.closest(".grip"))) return;
    let held = false, last = event;
    const until = new AbortController(), area = kind !== "face" && one.closest(".sideways");
    const heard = (type, act) => addEventListener(type, (now) => { if (!now.pointerId || now.pointerId === event.pointerId) act(now); }, { capture: true, signal: until.signal });
    const end = () => {
      until.abort();
      clearInterval(scrolling);
      root.classList.remove("dragging");
      one.classList.remove("held");
      one.style.transform = "";
      if (held) how.end();
    };
    const cancel = () => { end(); if (held) render(); };
    heard("pointermove", (now) => {
      const x = now.clientX - event.clientX, y = now.clientY - event.clientY;
      last = now;
      if (!held && Math.hypot(x, y) < 5) return;
      held = true;
      one.setPointerCapture(event.pointerId);
      root.classList.add("dragging");
      one.classList.add("held");
      now.preventDefault();
      if (kind !== "face") one.style.transform = `translate(${x}px, ${y}px)`;
      how.over(one, now);
    });
    heard("pointerup", () => {
      if (held) { dragged = true; setTimeout(() => { dragged = false; }, 0); how.drop(one); }
      end();
    });
    heard("pointercancel", cancel);
    heard("keydown", (now) => { if (now.key === "Escape" && held) { now.preventDefault(); now.stopPropagation(); cancel(); } });
    // Near an edge of what scrolls, it scrolls.
    const scrolling = setInterval(() => {
      if (!held || !area) return;
      const box = area.getBoundingClientRect(), step = last.clientX > box.right - 40 ? 12 : last.clientX < box.left + 40 ? -12 : 0;
      if (step) { area.scrollLeft += step; how.over(one, last); }
    }, 30);
  });

  const back = (what, key) => () => command(what, {}, () => { const steps = E.state[what]; return steps.length ? t(key, { what: steps.at(-1) }) : null; });
  E.on.undo = back("undo", "undone");
  E.on.redo = back("redo", "redone");
  E.on.save = () => command("save", {}, () => t("saved"));
  E.on.again = () => E.notice.again();
  E.on.close = () => { E.notice = null; render(); };
  E.change.mode = (one) => command("mode", { mode: one.value }, () => "");

  E.start = async () => {
    try {
      if (!E.name) { await E.begin(); return; }
      [E.form, E.state] = await Promise.all([get(E.url("/form")), get(E.url())]);
    } catch (error) {
      root.replaceChildren(h("h1", E.name || t("title")), h("p", { role: "alert" }, E.failed(error)));
      return;
    }
    E.take(E.state);
    const mark = location.hash.slice(1), id = mark.replace(/^t-/, "");
    if (mark === "workshop") E.on.workshop();
    if (mark !== id && find("touchpoint", id)) E.choose("touchpoint", id);
    render(`card-${id}`);
    root.classList.add("ready");
    const events = new EventSource("/_events");
    const again = async ({ data }) => {
      const { name = E.name, version } = JSON.parse(data);
      // What this page did itself is known by then.
      await queue;
      if (name !== E.name || version === E.state.version) return;
      await reload();
      if (!root.classList.contains("dragging")) render();
    };
    for (const name of ["edited", "conflict", "changed", "broken", "mended", "settings", "removed"]) events.addEventListener(name, again);
    events.onerror = () => { E.lost = true; render(); };
    events.addEventListener("hello", () => { if (E.lost) { E.lost = false; again({ data: "{}" }); } });
  };
}
