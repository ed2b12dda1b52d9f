"use strict";
// The head, the tools and the timeline: faces that are dragged up and down, touchpoints and stages along the axis.
{
  const { h, svg, t, button, find, on, render, act, choose } = E;
  const tone = (score) => (score === null ? "none" : score < 40 ? "bad" : score < 60 ? "mid" : "good");
  const direction = () => (/^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(E.state.journey.lang) ? "rtl" : "ltr");

  E.heading = () => {
    const { journey, score } = E.state, now = E.trial?.score || score, value = now?.value ?? null, { low, high } = now || {};
    const was = E.trial && value !== null && Math.abs(value - score?.value) > 0.05, band = typeof low === "number";
    return h("header#head.e-head",
      h("div", { dir: direction() },
        h("h1#title", journey.title || E.name),
        h("p.e-who",
          button(journey.persona?.name || t("persona"), "choose", { class: "plainly", id: "choose-persona", data: { kind: "persona" } }),
          button(t("journey.edit"), "choose", { class: "plainly", id: "choose-journey", data: { kind: "journey" } }),
          h("span.quiet", { dir: "ltr" }, E.state.file))),
      h("div.e-score",
        h("span.caption", t("score")),
        h("p", was && h("span.was", E.number(score.value), " → "), h("strong", value === null ? "–" : E.number(value)), band && ` ± ${E.number((high - low) / 2, 0)}`),
        value !== null && svg("svg.e-band", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
          svg("path.axis", { d: "M0 5H100" }), band && svg("path.band", { d: `M${low} 5H${Math.max(high, low + 1)}` }), svg("path.mark-at", { d: `M${value} 0V10` }))));
  };

  E.tools = () => {
    const { saved, mode, ...state } = E.state;
    const step = (name) => button(t(name), name, { id: name, "aria-disabled": !state[name].length, title: state[name].length ? t(`${name}.what`, { what: state[name].at(-1) }) : null });
    return h("div#tools.e-tools", { role: "group", "aria-label": t("tools") },
      E.off ? h("p.mark.accent", t("readonly")) : [
        h("span.joined", step("undo"), step("redo")),
        h("span.joined",
          h("span.e-saved.mark", { class: saved ? "good" : "accent" }, t(saved ? "state.saved" : "state.unsaved")),
          !(saved && mode === "auto") && button(t("save"), "save", { id: "save", class: !saved && "strong", "aria-disabled": saved, title: "Ctrl+S" }),
          h("label", h("span.away", t("mode")),
            h("select#mode", { data: { change: "mode" } }, ["auto", "demand"].map((value) => h("option", { value, selected: mode === value }, t(`mode.${value}`)))))),
      ],
      E.lost && h("p.mark.bad", t("lost")),
      E.step === null && button(t("workshop"), "workshop", { id: "workshop", class: "end" }));
  };

  E.noticed = () => {
    const { notice, state } = E, bad = (id, ...content) => h(`div#${id}.e-notice.bad`, content);
    const strong = (text, act, more) => button(text, act, { class: "strong", ...more });
    return [
      state.conflict && bad("clash", h("p", h("b", t("conflict.title")), " ", t("conflict.said")), strong(t("conflict.open"), "conflict", { id: "open-conflict" })),
      state.broken && bad("broken", h("p", h("b", t("broken")), " ", t("broken.said")), strong(t("broken.open"), "text", { id: "open-broken", data: { line: state.findings[0]?.line } })),
      state.writable && bad("writable", h("p", t(`writable.${state.writable}`))),
      notice && h("div#notice.e-notice", { class: notice.bad && "bad" },
        h("p", notice.text),
        notice.line > 0 && button(t("place", { line: notice.line }), "text", { data: { line: notice.line } }),
        notice.link && h("a", { href: notice.link }, t("editor")),
        notice.again && strong(t("remove.both"), "again"),
        notice.undo && strong(t("undo"), "undo"),
        button(t("close"), "close")),
    ];
  };

  const face = (score) => {
    const bend = (score - 50) / 50;
    return svg("svg", { viewBox: "0 0 36 36", "aria-hidden": "true" },
      svg("circle", { cx: 18, cy: 18, r: 16 }),
      svg("path", { d: `M12.5 13v2.5M23.5 13v2.5${score === null ? "M12 21H24" : `M11 ${24 - 3 * bend}Q18 ${24 + 6 * bend} 25 ${24 - 3 * bend}`}` }));
  };
  const scored = (value) => { const { min, max } = E.form.scale; return (100 * (value - min)) / (max - min); };
  const valued = (score, step) => { const { min, max } = E.form.scale; return Math.round(Math.round((min + ((max - min) * score) / 100) / step) * step * 1000) / 1000; };
  const near = (all, score) => all.toSorted((one, other) => Math.abs(one.score - score) - Math.abs(other.score - score))[0];

  // What a face is set to, until it is written.
  const facing = (id, wanted) => {
    const bounded = Math.min(100, Math.max(0, wanted));
    if (E.words) { const { score, word } = near(E.form.ladder, bounded); return { id, score, text: word, feeling: word }; }
    const satisfaction = valued(bounded, E.form.scale.step);
    return { id, score: scored(satisfaction), text: E.number(satisfaction, 2), satisfaction };
  };
  const rating = (point) => {
    if (E.facing?.id === point.id) return E.facing;
    const feeling = E.listed(point.feeling).join(", "), number = typeof point.satisfaction === "number" ? E.number(point.satisfaction, 2) : "";
    return { score: point.score ?? null, text: E.words ? feeling || number : number || feeling };
  };
  const faceAct = ({ id, feeling, satisfaction, path = find("touchpoint", id).path }) => ({ do: "face", path, feeling, satisfaction });
  let timer = 0;
  function show(faced) {
    if (faced.text === E.facing?.text) return;
    E.facing = { ...faced, over: E.facing?.over ?? { ...E.now(), path: faceAct(faced).path } };
    render();
    E.try([faceAct(faced)]);
  }
  function write() {
    clearTimeout(timer);
    const faced = E.facing, point = faced && find("touchpoint", faced.id);
    E.facing = null;
    if (point) act(faceAct({ ...faced, ...faced.over }), t("did.face", { title: point.title, value: faced.text }), faced);
  }
  function forget() {
    clearTimeout(timer);
    E.facing = E.trial = null;
  }
  E.drags.face = {
    over: (one, event) => {
      const box = one.parentElement.getBoundingClientRect(), size = one.offsetHeight;
      show(facing(one.dataset.id, 100 - (100 * (event.clientY - box.top - size / 2)) / (box.height - size)));
    },
    drop: write,
    end: forget,
  };
  E.keys.face = ({ id }, { key, altKey }) => {
    const now = rating(find("touchpoint", id)).score ?? 50;
    if (altKey || E.off) return false;
    if (E.facing && key === "Enter") { write(); return true; }
    if (E.facing && key === "Escape") { forget(); render(); return true; }
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 4, PageDown: -4, Home: -1000, End: 1000 }[key];
    if (!steps) return false;
    const all = E.form.ladder, { min, max, step } = E.form.scale;
    const to = E.words ? all[Math.min(all.length - 1, Math.max(0, all.indexOf(near(all, now)) + steps))].score : now + (steps * step * 100) / (max - min);
    show(facing(id, to));
    clearTimeout(timer);
    timer = setTimeout(write, 1500);
    return true;
  };
  E.root.addEventListener("focusout", (event) => { if (E.facing && event.target.dataset.keys === "face" && !E.root.classList.contains("dragging")) write(); });
  const WRITE = "journeykit-edit-write", FIT = "journeykit-edit-fit";
  E.words = localStorage.getItem(WRITE) === "word";
  E.fit = localStorage.getItem(FIT) === "true";
  on.fit = () => { E.fit = !E.fit; localStorage.setItem(FIT, E.fit); render(); };
  E.change.words = (one) => { E.words = one.value === "word"; localStorage.setItem(WRITE, one.value); render(); };

  E.grip = () => !E.off && h("span.grip", { "aria-hidden": "true" });
  // A card or a name that is chosen with a click, and carried with the pointer or with keys.
  E.held = (selector, kind, id, keys, drag, ...content) => h(`button.${selector}`, {
    id: E.place(kind, id), "aria-pressed": E.choice?.kind === kind && E.choice.id === id, "aria-describedby": E.off ? null : kind === "opportunity" ? "todo-help" : "card-help",
    data: { do: "choose", kind, id, keys, drag },
  }, content);
  function card(point, low) {
    const findings = E.found(point.id);
    return E.held(`t-card${low ? ".low" : ""}`, "touchpoint", point.id, "along", "touchpoint",
      E.grip(), h("span.t-title", point.title), point.channels.length > 0 && h("small", point.channels.join(", ")),
      h("span.marks",
        low && h("span.mark.bad", t("low")),
        point.moment_of_truth && h("span.mark.accent", t("moment")),
        findings.length > 0 && h("span.mark", { class: findings.some((one) => one.severity === "error") && "bad" }, E.n("found", findings.length))));
  }
  function touchpoint(point, low) {
    const { id, path, title } = point, { score, text } = rating(point), { min, max } = E.form.scale, shown = score === null ? "?" : text || E.number(score);
    return h("li.t-point", { data: { key: `point-${id}`, id, path, files: !E.off } },
      h("div.t-track",
        h(`div.t-face.${tone(score)}`, {
          id: `face-${id}`, role: "slider", tabindex: "0", "aria-label": t("face", { title }), "aria-orientation": "vertical",
          "aria-valuemin": min, "aria-valuemax": max, "aria-valuenow": valued(score ?? 50, 0.01),
          "aria-valuetext": score === null ? t("unrated") : shown, "aria-readonly": E.off,
          top: `calc((100% - var(--face)) * ${1 - (score ?? 50) / 100})`, data: { id, keys: "face", drag: "face" },
        }, face(score), h("span.t-value", { "aria-hidden": "true" }, shown))),
      card(point, low));
  }
  function stageOf(stage, number, low) {
    const { id, path, touchpoints } = stage, to = t("add.to", { title: stage.title || number + 1 }), end = [...stage.list, touchpoints.length];
    return h("li.t-stage", { data: { key: `stage-${id}`, path } },
      E.held("t-name", "stage", id, "along", path.length ? "stage" : null, h("span", E.grip(), h("span", stage.title || t("stage.number", { n: number + 1 })))),
      h("ol.t-points", touchpoints.map((point) => touchpoint(point, low.get(point.id))),
        !E.off && h("li.t-add", { data: { key: `add-${id}`, path: end } },
          E.step === 1 ? E.typed(stage.list, "title", `quick-${id}`, to, t("quick")) :
          button("+", "add", { id: `add-${id}`, "aria-label": to, title: t("add.touchpoint"), data: { path: end } }))));
  }
  // One line to type into, which becomes the field `name` of a new item of a list.
  E.typed = (path, name, id, label, placeholder) => h("form", { name: "type" }, h("label", { for: id, class: placeholder && "away" }, label), h("input", { id, name, placeholder, autocomplete: "off", data: { path } }), h("button.strong", t("add")));
  E.timeline = () => {
    const low = new Map((E.trial?.lows || E.state.lows).map((one) => [one.touchpoint, one])), stages = E.stages();
    const by = (value) => h("label", h(`input#write-${value}`, { type: "radio", name: "write", value, checked: (value === "word") === E.words, data: { change: "words" } }), t(`write.${value}`));
    return h("section#timeline.e-timeline", { class: E.fit && "fit", "aria-labelledby": "timeline-title" },
      h("div.e-row",
        h("h2#timeline-title", t("timeline")),
        button(t("fit"), "fit", { id: "fit", "aria-pressed": E.fit }),
        !E.off && E.step !== 1 && h("fieldset", h("legend", t("write")), by("number"), by("word"))),
      h("p#card-help.away", t("card.help")),
      h("div.t-scroll.sideways", { role: "group", tabindex: "0", "aria-label": t("timeline"), dir: direction() },
        h("div.t-wide",
          svg("svg.t-curve", { "aria-hidden": "true" }, svg("path")),
          h("ol.t-stages",
            stages.map((stage, number) => stageOf(stage, number, low)),
            !E.off && h("li#more.t-more", { data: { path: ["stages", stages.length] } }, button(t("add.stage"), "stage", { id: "add-stage" }))))),
      !E.points().length && h("p.lead", t("empty")),
      low.size > 0 && E.step !== 1 && h("div.e-lows", h("h3#lows", t("lows")),
        h("ul", { "aria-labelledby": "lows" }, [...low].map(([id, { words }]) => h("li", E.link(id), " ", h("small", words))))));
  };
  // A button that opens the form of a touchpoint.
  E.link = (id) => button(find("touchpoint", id)?.title ?? id, "choose", { class: "plainly", data: { kind: "touchpoint", id } });

  // The curve goes through the faces, wherever they stand.
  E.curve = () => {
    const wide = E.root.querySelector(".t-wide"), base = wide?.getBoundingClientRect();
    let before = null;
    const parts = [...E.root.querySelectorAll(".t-face:not(.none) > svg")].map((one) => {
      const box = one.getBoundingClientRect(), x = box.left + box.width / 2 - base.left, y = box.top + box.height / 2 - base.top;
      const middle = (before?.x + x) / 2, part = before ? `C${middle} ${before.y} ${middle} ${y} ${x} ${y}` : `M${x} ${y}`;
      before = { x, y };
      return part;
    });
    wide?.querySelector(".t-curve path").setAttribute("d", parts.join(""));
  };
  addEventListener("resize", E.curve);

  // Moving along the axis. A place is the path of what a touchpoint or a stage goes before, or that after the last one.
  function move(kind, id, before) {
    const { path, title } = find(kind, id), at = path.at(-1), to = before.at(-1);
    if (E.same(before.slice(0, -1), path.slice(0, -1)) && (to === at || to === at + 1)) { render(); return; }
    act({ do: "move", path, before }, t("did.move", { title }), {
      focus: E.place(kind, id),
      said: () => {
        if (kind === "stage") return t("said.stage", { title, n: E.stages().findIndex((one) => one.id === id) + 1, all: E.stages().length });
        const { at: now, stage } = find(kind, id);
        return t("said.move", { title, n: now + 1, all: stage.touchpoints.length, stage: stage.title || "" });
      },
    });
  }
  for (const [kind, places] of [["touchpoint", ".t-point, .t-add"], ["stage", ".t-stage, .t-more"]]) {
    E.drags[kind] = E.carried((event) => {
      const way = direction() === "rtl" ? -1 : 1, all = [...E.root.querySelectorAll(places)];
      return all.find((one) => { const box = one.getBoundingClientRect(); return way * (box.left + box.width / 2) > way * event.clientX; }) || all.at(-1);
    }, ({ id }, { path }) => move(kind, id, JSON.parse(path)));
  }
  function step(kind, id, by) {
    if (kind === "lane") { E.moveLane(id, by); return; }
    const all = E.stages(), { path, stage, at } = find(kind, id), list = path.slice(0, -1), to = path.at(-1) + by, beside = all[all.indexOf(stage) + by];
    if (to >= 0 && to < (kind === "stage" ? all : stage.touchpoints).length) move(kind, id, [...list, by > 0 ? to + 1 : to]);
    else if (at !== undefined && beside) move(kind, id, [...beside.list, by > 0 ? 0 : beside.touchpoints.length]);
  }
  E.keys.along = ({ kind, id }, { altKey }, x) => {
    const all = [...E.root.querySelectorAll(`[data-keys=along][data-kind=${kind}]`)];
    if (!x) return false;
    if (!altKey) all[all.findIndex((one) => one.dataset.id === id) + x]?.focus();
    else if (!E.off) step(kind, id, x);
    return true;
  };
  on.earlier = ({ kind, id }) => step(kind, id, -1);
  on.later = ({ kind, id }) => step(kind, id, 1);

  // Adding, doubling, removing. What is added is chosen, and its form opened.
  const added = E.added = (kind, field, path) => ({ then: () => choose(kind, "", path), focus: field, said: t("said.add") });
  on.add = (data) => {
    const path = E.path(data), title = t("new.touchpoint");
    act(E.add(path.slice(0, -1), { title }, path.at(-1)), t("did.add", { title }), added("touchpoint", "f-title", path));
  };
  on.type = ({ elements: [input] }) => {
    const title = input.value.trim();
    if (!title) return;
    input.value = "";
    act(E.add(E.path(input.dataset), { [input.name]: title }), t("did.add", { title }), { focus: input.id });
  };
  on.stage = () => {
    // Without stages, the first one holds all touchpoints.
    const count = E.stages().filter((stage) => stage.path.length).length;
    act(E.add(["stages"], { name: t("new.stage") }), t("did.add", { title: t("new.stage") }), added("stage", "f-name", ["stages", count]));
  };
  on.remove = ({ kind, id }) => E.remove(kind, id);
  on.duplicate = () => {
    const { kind, path, title } = E.chosen();
    act({ do: "duplicate", path }, t("did.duplicate", { title }), {
      then: () => choose(kind, "", [...path.slice(0, -1), path.at(-1) + 1]), focus: kind === "stage" ? "f-name" : "f-title",
    });
  };
  on.choose = ({ kind, id }, event) => {
    choose(kind, id);
    render(event.detail === 0 || matchMedia("(max-width: 63.99rem)").matches ? "side-title" : "");
  };
}
