"use strict";
// The head, the tools and the timeline: faces that are dragged up and down, touchpoints and stages along the axis.
(() => {
  const E = window.journeyEditor, { h, svg, t, button } = E;
  const tone = (score) => (score < 40 ? "bad" : score < 60 ? "mid" : "good");

  E.heading = () => {
    const { journey, score } = E.state, now = (E.trial && E.trial.score) || score, persona = journey.persona || {};
    const value = now && now.value !== null && now.value !== undefined ? now.value : null;
    const was = E.trial && score && score.value !== null && value !== null && Math.abs(value - score.value) > 0.05 ? score.value : null;
    const half = value !== null && typeof now.low === "number" ? (now.high - now.low) / 2 : null;
    return h("header.e-head", { data: { key: "head" } },
      h("div",
        h("h1", { dir: "auto", id: "title" }, journey.title || E.name),
        h("p.e-who",
          button(persona.name || t("persona"), "choose", { class: "plainly", id: "choose-persona", dir: "auto", data: { kind: "persona" } }),
          button(t("journey.edit"), "choose", { class: "plainly", id: "choose-journey", data: { kind: "journey" } }),
          h("span.quiet", E.state.file))),
      h("div", { class: `e-score ${value === null ? "" : tone(value)}` },
        h("span.caption", t("score")),
        h("p", null,
          was === null ? null : h("span.was", E.number(was), " \u2192 "),
          h("strong", value === null ? "\u2013" : E.number(value)),
          half ? ` \u00b1 ${E.number(half, 0)}` : ""),
        value === null ? null : svg("svg", { class: "e-band", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
          svg("path", { class: "axis", d: "M0 5H100" }),
          typeof now.low === "number" ? svg("path", { class: "band", d: `M${now.low} 5H${Math.max(now.high, now.low + 1)}` }) : null,
          svg("path", { class: "mark-at", d: `M${value} 0V10` }))));
  };

  E.tools = () => {
    const { state } = E, off = E.off, undo = state.undo.slice(-1)[0], redo = state.redo.slice(-1)[0];
    const step = (name, label) => button(t(name), name, {
      id: name, "aria-disabled": label === undefined ? "true" : null, title: label === undefined ? null : t(`${name}.what`, { what: label }),
    });
    return h("div.e-tools", { role: "group", "aria-label": t("tools"), data: { key: "tools" } },
      off ? h("p.mark.accent", t("readonly")) : [
        h("span.joined", step("undo", undo), step("redo", redo)),
        h("span.joined",
          h("span", { class: `e-saved ${state.saved ? "good" : "accent"} mark` }, t(state.saved ? "state.saved" : "state.unsaved")),
          state.mode === "demand" || !state.saved ? button(t("save"), "save", { id: "save", class: state.saved ? "" : "strong", "aria-disabled": state.saved ? "true" : null, title: "Ctrl+S" }) : null,
          h("label", h("span.away", t("mode")),
            h("select", { id: "mode", data: { change: "mode" } },
              ...["auto", "demand"].map((one) => h("option", { value: one, selected: state.mode === one }, t(`mode.${one}`)))))),
      ],
      E.lost ? h("p.mark.bad", t("lost")) : null,
      h("span.joined.end",
        E.step === null ? button(t("workshop"), "workshop", { id: "workshop" }) : null));
  };

  E.noticed = () => {
    const { notice, state } = E;
    return [
      state.conflict ? h("div.e-notice.bad", { data: { key: "conflict" } },
        h("p", h("b", t("conflict.title")), " ", t("conflict.said")), button(t("conflict.open"), "conflict", { class: "strong", id: "open-conflict" })) : null,
      state.broken ? h("div.e-notice.bad", { data: { key: "broken" } },
        h("p", h("b", t("broken")), " ", t("broken.said")), button(t("broken.open"), "text", { class: "strong", id: "open-broken", data: { line: (state.findings[0] || {}).line } })) : null,
      state.writable ? h("div.e-notice.bad", { data: { key: "writable" } }, h("p", state.writable)) : null,
      notice ? h("div", { class: `e-notice ${notice.bad ? "bad" : ""}`, data: { key: "notice" } },
        h("p", notice.text, notice.help ? [" ", h("span", notice.help)] : null),
        notice.line ? button(t("place", { line: notice.line }), "text", { data: { line: notice.line } }) : null,
        notice.link ? h("a", { href: notice.link }, t("editor")) : null,
        notice.again ? button(t("remove.both"), "again", { class: "strong" }) : null,
        notice.undo ? button(t("undo"), "undo", { class: "strong" }) : null,
        button(t("close"), "close")) : null,
    ];
  };

  const mouth = (score) => { const bend = (score - 50) / 50; return `M11 ${24 - 3 * bend}Q18 ${24 + 6 * bend} 25 ${24 - 3 * bend}`; };
  const face = (score) => svg("svg", { viewBox: "0 0 36 36", "aria-hidden": "true" },
    svg("circle", { cx: 18, cy: 18, r: 16 }),
    score === null ? svg("path", { d: "M12 21H24" }) : svg("path", { d: mouth(score) }),
    svg("path", { class: "eyes", d: "M12.5 13v2.5M23.5 13v2.5" }));

  const scale = () => E.form.scale;
  const words = () => E.words !== false && E.words;
  E.words = E.remembered("write") === "word";
  const scored = (value) => { const { min, max } = scale(); return (100 * (value - min)) / (max - min); };
  const valued = (score) => { const { min, max, step } = scale(), raw = min + ((max - min) * score) / 100; return Math.round(Math.round(raw / step) * step * 1000) / 1000; };
  // Feeling words in the order of the scale; of words of one value the first is offered.
  const ladder = () => {
    const found = new Map();
    for (const one of E.form.feelings) if (!found.has(one.value)) found.set(one.value, one);
    return [...found.values()].sort((one, other) => one.value - other.value);
  };
  const near = (score) => ladder().reduce((best, one) => (Math.abs(one.score - score) < Math.abs(best.score - score) ? one : best));

  // What a face is set to, until it is written.
  const facing = (id, score) => {
    const bounded = Math.min(100, Math.max(0, score));
    if (words()) { const one = near(bounded); return { id, score: one.score, text: one.word, act: { feeling: one.word } }; }
    const value = valued(bounded);
    return { id, score: scored(value), text: E.number(value, 2), act: { satisfaction: value } };
  };
  const rating = (point) => {
    if (E.facing && E.facing.id === point.id) return E.facing;
    const feeling = [].concat(point.feeling || []).join(", ");
    const number = typeof point.satisfaction === "number" ? E.number(point.satisfaction, 2) : "";
    const score = point.score ?? null;
    return { score, text: words() ? feeling || number : number || feeling };
  };
  const faceAct = (point, faced) => ({ do: "face", path: point.path, ...faced.act });
  function show(faced) {
    E.facing = faced;
    E.tried = true;
    E.render();
    E.try([faceAct(E.point(faced.id), faced)]);
  }
  let timer = 0;
  function write() {
    clearTimeout(timer);
    const faced = E.facing, point = faced && E.point(faced.id);
    E.tried = false;
    E.facing = null;
    if (point) E.act([faceAct(point, faced)], t("did.face", { title: point.title, value: faced.text }));
  }

  E.drags.face = {
    begin: (one) => { const box = one.parentElement.getBoundingClientRect(); return { id: one.dataset.id, top: box.top + one.offsetHeight / 2, room: box.height - one.offsetHeight }; },
    over: (held, now) => {
      const faced = facing(held.id, 100 - (100 * (now.clientY - held.top)) / held.room);
      if (!E.facing || E.facing.text !== faced.text) show(faced);
    },
    drop: write,
    cancel: () => { E.facing = E.trial = null; E.tried = false; },
  };
  E.keys.face = (one, event) => {
    const point = E.point(one.dataset.id), now = (rating(point).score ?? 50);
    if (event.altKey || event.ctrlKey || event.metaKey || E.off) return;
    let next = null;
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 4, PageDown: -4 }[event.key];
    if (event.key === "Home" || event.key === "End") next = facing(point.id, event.key === "Home" ? 0 : 100);
    else if (steps && words()) {
      const all = ladder(), at = all.indexOf(near(now)), to = all[Math.min(all.length - 1, Math.max(0, at + steps))];
      next = facing(point.id, to.score);
    } else if (steps) next = facing(point.id, scored(valued(now) + steps * scale().step));
    else if (event.key === "Escape" && E.facing) { clearTimeout(timer); E.drags.face.cancel(); E.render(); event.preventDefault(); return; }
    else if (event.key === "Enter" && E.facing) { write(); return; }
    if (!next) return;
    event.preventDefault();
    show(next);
    clearTimeout(timer);
    timer = setTimeout(write, 1500);
  };
  E.root.addEventListener("focusout", (event) => { if (E.facing && event.target.dataset.keys === "face" && !E.root.classList.contains("dragging")) write(); });
  E.fit = E.remembered("fit") === "true";
  E.on.fit = () => { E.fit = !E.fit; E.remembered("fit", String(E.fit)); E.render(); };
  E.change.words = (one) => { E.words = one.value === "word"; E.remembered("write", one.value); E.render(); };

  const lows = () => new Map(((E.trial && E.trial.lows) || E.state.lows).map((one) => [one.touchpoint, one]));
  const found = (id) => E.state.findings.filter((one) => one.touchpoint === id);
  const grip = () => h("span.grip", { "aria-hidden": "true" });

  function card(point, low) {
    const data = E.at(point.path) || {}, findings = found(point.id);
    const channels = point.channels || [].concat(data.channel || []).map((id) => (E.form.channels.find((one) => one.id === id) || { title: id }).title);
    return h("button", {
      type: "button", class: `t-card ${low ? "low" : ""}`, id: `card-${point.id}`, "aria-pressed": E.pressed("touchpoint", point.id),
      "aria-describedby": E.off ? null : "card-help", data: { do: "choose", kind: "touchpoint", id: point.id, keys: "card", drag: "point" },
    },
    E.off ? null : grip(),
    h("span.t-title", { dir: "auto" }, point.title),
    channels.length ? h("small", { dir: "auto" }, channels.join(", ")) : null,
    h("span.marks",
      low ? h("span.mark.bad", t("low")) : null,
      point.moment_of_truth ? h("span.mark.accent", t("moment")) : null,
      findings.length ? h("span", { class: `mark ${findings.some((one) => one.severity === "error") ? "bad" : ""}` }, E.n("found", findings.length)) : null));
  }
  function touchpoint(point, low) {
    const { score, text } = rating(point), off = E.off;
    return h("li.t-point", { data: { key: `point-${point.id}`, id: point.id, files: off ? null : "1" } },
      h("div.t-track",
        h("div", {
          class: `t-face ${score === null ? "none" : tone(score)}`, id: `face-${point.id}`, role: "slider", tabindex: "0",
          "aria-label": t("face", { title: point.title }), "aria-orientation": "vertical", "aria-valuemin": String(scale().min), "aria-valuemax": String(scale().max),
          "aria-valuenow": String(score === null ? (scale().min + scale().max) / 2 : Math.round((scale().min + ((scale().max - scale().min) * score) / 100) * 100) / 100),
          "aria-valuetext": score === null ? t("unrated") : text || E.number(score), "aria-readonly": off ? "true" : null,
          top: `calc((100% - var(--face)) * ${1 - (score === null ? 50 : score) / 100})`,
          data: { id: point.id, keys: "face", drag: "face" },
        }, face(score), h("span.t-value", { dir: "auto", "aria-hidden": "true" }, score === null ? "?" : text || E.number(score)))),
      card(point, low));
  }
  E.timeline = () => {
    const low = lows(), stages = E.stages(), off = E.off, count = E.points().length;
    const by = (name) => h("label", h("input", { type: "radio", name: "write", id: `write-${name}`, value: name, checked: (name === "word") === words(), data: { change: "words" } }), t(`write.${name}`));
    return h("section.e-timeline", { class: E.fit ? "fit" : "", "aria-labelledby": "timeline-title", data: { key: "timeline" } },
      h("div.e-row",
        h("h2", { id: "timeline-title" }, t("timeline")),
        button(t("fit"), "fit", { id: "fit", "aria-pressed": String(E.fit) }),
        off || E.step === 1 ? null : h("fieldset", h("legend", t("write")), by("number"), by("word"))),
      h("p", { id: "card-help", class: "away" }, t("card.help")),
      h("div.t-scroll.sideways", { role: "group", tabindex: "0", "aria-label": t("timeline"), dir: E.rtl() ? "rtl" : "ltr" },
        h("div.t-wide",
          svg("svg", { class: "t-curve", "aria-hidden": "true" }, svg("path")),
          h("ol.t-stages",
            stages.map((stage, number) => h("li.t-stage", { data: { key: `stage-${stage.id}`, id: stage.id } },
              h("button", {
                type: "button", class: "t-name", id: `stage-${stage.id}`, "aria-pressed": E.pressed("stage", stage.id),
                "aria-describedby": off ? null : "card-help", data: { do: "choose", kind: "stage", id: stage.id, keys: "stage", drag: "stage" },
              }, h("span", off ? null : grip(), h("span", { dir: "auto" }, stage.title || t("stage.number", { n: number + 1 })))),
              h("ol.t-points",
                stage.touchpoints.map((point) => touchpoint(point, low.get(point.id))),
                off ? null : h("li.t-add", { data: { key: `add-${stage.id}` } },
                  E.step === 1 ? h("form", { data: { submit: "quick", stage: number } },
                    h("label.away", { for: `quick-${stage.id}` }, t("add.to", { title: stage.title || number + 1 })),
                    h("input", { id: `quick-${stage.id}`, placeholder: t("quick"), autocomplete: "off", dir: "auto" }),
                    h("button.strong", t("add"))) :
                  button("+", "add", { id: `add-${stage.id}`, "aria-label": t("add.to", { title: stage.title || number + 1 }), title: t("add.touchpoint"), data: { stage: number } }))))),
            off ? null : h("li.t-more", { data: { key: "more" } }, button(t("add.stage"), "stage", { id: "add-stage" }))))),
      count ? null : h("p.lead", t("empty")),
      low.size && E.step !== 1 ? h("div.e-lows", h("h3", { id: "lows" }, t("lows")),
        h("ul", { "aria-labelledby": "lows" }, [...low.values()].map((one) => {
          const point = E.point(one.touchpoint);
          return point ? h("li", button(point.title, "choose", { class: "plainly", dir: "auto", data: { kind: "touchpoint", id: point.id } }), " ", h("small", one.words || "")) : null;
        }))) : null);
  };

  // The curve goes through the faces, wherever they stand.
  function curve() {
    const wide = E.root.querySelector(".t-wide");
    if (!wide) return;
    const base = wide.getBoundingClientRect(), path = wide.querySelector(".t-curve path");
    const at = [...wide.querySelectorAll(".t-face:not(.none) > svg")].map((one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2 - base.left, box.top + box.height / 2 - base.top]; });
    const d = at.map(([x, y], n) => {
      if (!n) return `M${x} ${y}`;
      const [px, py] = at[n - 1], middle = (px + x) / 2;
      return `C${middle} ${py} ${middle} ${y} ${x} ${y}`;
    }).join("");
    path.setAttribute("d", d);
  }
  E.after.push(curve);
  addEventListener("resize", curve);

  // Moving along the axis. A place is what a touchpoint goes before, or the end of a stage.
  const slots = (kind) => {
    if (kind === "stage") {
      const stages = E.stages(), list = stages[0].path.slice(0, -1);
      return [...stages.map((one) => ({ node: `[data-key="stage-${CSS.escape(one.id)}"]`, before: one.path })), { node: ".t-more", before: [...list, stages.length] }];
    }
    return E.stages().flatMap((stage) => [
      ...stage.touchpoints.map((one) => ({ node: `[data-key="point-${CSS.escape(one.id)}"]`, before: one.path })),
      { node: `[data-key="add-${CSS.escape(stage.id)}"]`, before: [...E.list(stage), stage.touchpoints.length] },
    ]);
  };
  const moved = (kind, path, before, id, title) => {
    const own = before.slice(0, -1), list = path.slice(0, -1), at = path[path.length - 1], to = before[before.length - 1];
    if (E.same(own, list) && (to === at || to === at + 1)) { E.render(); return; }
    const words = () => {
      if (kind === "stage") return t("said.stage", { title, n: E.stages().findIndex((one) => one.id === id) + 1, all: E.stages().length });
      const point = E.point(id);
      return point ? t("said.move", { title, n: point.at + 1, all: point.stage.touchpoints.length, stage: point.stage.title || "" }) : "";
    };
    E.act([{ do: "move", path, before }], t("did.move", { title }), { focus: `${kind === "stage" ? "stage" : "card"}-${id}`, said: words });
  };
  for (const [kind, item] of [["point", (id) => E.point(id)], ["stage", (id) => E.stages().find((one) => one.id === id)]]) {
    E.drags[kind] = {
      begin: (one) => { const all = slots(kind), item_ = item(one.dataset.id); return item_.path.length ? { all, one: item_, to: null } : null; },
      over: (held, now) => {
        const way = E.rtl() ? -1 : 1;
        const middle = (slot) => { const box = E.root.querySelector(slot.node).getBoundingClientRect(); return way * (box.left + box.width / 2); };
        held.to = held.all.find((slot) => middle(slot) > way * now.clientX) || held.all[held.all.length - 1];
        E.root.querySelectorAll(".drop").forEach((other) => other.classList.remove("drop"));
        E.root.querySelector(held.to.node).classList.add("drop");
      },
      drop: (held) => { if (held.to) moved(kind, held.one.path, held.to.before, held.one.id, held.one.title); },
    };
  }
  E.step_by = (kind, id, by) => {
    const all = E.stages();
    if (kind === "stage") {
      const at = all.findIndex((one) => one.id === id), stage = all[at];
      if (!stage.path.length || at + by < 0 || at + by >= all.length) return;
      const list = stage.path.slice(0, -1);
      moved("stage", stage.path, [...list, at + (by > 0 ? 2 : -1)], id, stage.title);
      return;
    }
    const point = E.point(id), number = all.indexOf(point.stage), at = point.at + by;
    const beside = all[number + by];
    if (at >= 0 && at < point.stage.touchpoints.length) moved("point", point.path, [...E.list(point.stage), by > 0 ? at + 1 : at], id, point.title);
    else if (beside) moved("point", point.path, [...E.list(beside), by > 0 ? 0 : beside.touchpoints.length], id, point.title);
  };
  const along = (kind) => (one, event) => {
    const back = E.rtl() ? "ArrowRight" : "ArrowLeft", on = E.rtl() ? "ArrowLeft" : "ArrowRight";
    const by = event.key === on ? 1 : event.key === back ? -1 : 0;
    if (event.key === "Delete" && !E.off) { event.preventDefault(); E.remove(kind === "card" ? "touchpoint" : "stage", one.dataset.id); return; }
    if (!by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) { if (!E.off) E.step_by(kind === "card" ? "point" : "stage", one.dataset.id, by); return; }
    const all = [...E.root.querySelectorAll(kind === "card" ? ".t-card" : ".t-name")], next = all[all.indexOf(one) + by];
    if (next) next.focus();
  };
  E.keys.card = along("card");
  E.keys.stage = along("stage");

  // Adding, doubling, removing.
  const newest = (list, at) => () => {
    const all = list()[at];
    return all ? all.id : "";
  };
  E.on.add = (one) => {
    const number = Number(one.dataset.stage), stage = E.stages()[number], at = one.dataset.at === undefined ? stage.touchpoints.length : Number(one.dataset.at);
    const added = newest(() => E.stages()[number].touchpoints, at);
    E.act([{ do: "add", path: E.list(stage), at: at === stage.touchpoints.length ? null : at, value: { title: t("new.touchpoint") } }], t("did.add", { title: t("new.touchpoint") }),
      { then: () => { E.choose("touchpoint", added()); E.sheet = true; }, focus: () => "f-title", said: t("said.add") });
  };
  E.on.quick = (form) => {
    const input = form.querySelector("input"), stage = E.stages()[Number(form.dataset.stage)], title = input.value.trim();
    if (!title) return;
    input.value = "";
    E.act([{ do: "add", path: E.list(stage), at: null, value: { title } }], t("did.add", { title }), { focus: input.id });
  };
  E.on.stage = () => {
    const count = E.stages().filter((stage) => stage.path.length).length; // without stages, the first one holds all touchpoints
    E.act([{ do: "add", path: ["stages"], at: null, value: { name: t("new.stage") } }], t("did.add", { title: t("new.stage") }),
      { then: () => { E.choose("stage", E.stages()[count].id); E.sheet = true; }, focus: "f-name", said: t("said.add") });
  };
  E.remove = (kind, id) => {
    const all = { touchpoint: E.points(), stage: E.stages(), opportunity: E.state.opportunities }[kind], at = all.findIndex((one) => one.id === id);
    const one = all[at], next = all[at + 1] || all[at - 1], prefix = { touchpoint: "card", stage: "stage", opportunity: "todo" }[kind];
    E.act([{ do: "remove", path: one.path }], t("did.remove", { title: one.title }),
      { undo: true, said: t("said.remove", { title: one.title }), then: () => { E.choice = null; }, focus: next ? `${prefix}-${next.id}` : "timeline-title" });
  };
  E.on.remove = (one) => E.remove(one.dataset.kind, one.dataset.id);
  E.on.duplicate = () => {
    const chosen = E.chosen();
    E.act([{ do: "duplicate", path: chosen.path }], t("did.duplicate", { title: chosen.title }), {
      then: () => {
        const path = [...chosen.path.slice(0, -1), chosen.path[chosen.path.length - 1] + 1];
        E.choice = { kind: chosen.kind, id: "", path };
      }, focus: () => (chosen.kind === "stage" ? "f-name" : "f-title"),
    });
  };
  E.on.earlier = () => { const { kind, id } = E.chosen(); E.step_by(kind === "stage" ? "stage" : "point", id, -1); };
  E.on.later = () => { const { kind, id } = E.chosen(); E.step_by(kind === "stage" ? "stage" : "point", id, 1); };
  E.on.choose = (one, event) => {
    E.choose(one.dataset.kind, one.dataset.id || "");
    E.sheet = true;
    E.render(event.detail === 0 || E.narrow() ? "side-title" : "");
  };
})();
