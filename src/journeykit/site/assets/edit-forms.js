"use strict";
// The form of what is chosen: its fields as the format describes them, its findings, and what can be done with it.
(() => {
  const E = window.journeyEditor, { h, t, button } = E;
  // What is always shown, in this order; other fields are shown when they have a value, else below "More".
  const FIRST = {
    touchpoint: ["title", "feeling", "satisfaction", "channel", "thinks", "quote", "pains", "why", "image"],
    stage: ["name", "goal", "phase", "pains"],
    journey: ["title", "note", "expectations", "goals", "owner", "status"],
    persona: ["name", "note", "wants", "pains", "quote", "image"],
    opportunity: ["title", "at", "target", "status", "owner", "due", "impact", "effort"],
  };
  const LEFT = { touchpoint: [], stage: ["touchpoints"], journey: ["persona", "stages", "touchpoints", "opportunities", "feedback"], persona: [], opportunity: [] };
  const LISTS = { feeling: "words", channel: "channels", person: "people" };
  const empty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length) || (typeof value === "object" && !Object.keys(value).length);
  const plain = (item, key) => (item !== null && typeof item === "object" ? item[key] ?? Object.values(item).find((one) => typeof one === "string") ?? "" : item);
  const listed = (value) => (empty(value) ? [] : Array.isArray(value) ? value : [value]);

  // Texts to choose from, for the boxes that complete what is typed.
  E.words_lists = () => {
    const { feelings, channels, people = {} } = E.form, own = [...new Set(Object.values(people).flat())];
    const options = (all) => all.map(([value, label]) => h("option", { value, label }));
    return [
      h("datalist", { id: "list-words", data: { key: "list-words" } }, options(feelings.map((one) => [one.word, `${one.word} (${E.number(one.value)})`]))),
      h("datalist", { id: "list-channels", data: { key: "list-channels" } }, options(channels.map((one) => [one.id, one.title]))),
      h("datalist", { id: "list-people", data: { key: "list-people" } }, options(own.map((one) => [one, one]))),
    ];
  };

  // One control; `data` says where its value goes.
  function control(field, id, value, data, more = {}) {
    const off = E.off, wrong = E.problem && E.problem.id === id;
    const typed = wrong ? E.problem.value : value;
    const common = {
      id, "aria-invalid": wrong ? "true" : null, "aria-describedby": [wrong ? `${id}-wrong` : null, more.hint].filter(Boolean).join(" ") || null,
      "aria-label": more.label || null, dir: "auto", data: { change: "field", ...data },
    };
    const list = LISTS[field.kind] ? `list-${LISTS[field.kind]}` : null;
    if (field.choices && !field.many) {
      return h("select", { ...common, disabled: off }, h("option", { value: "" }, "\u2013"), field.choices.map((one) => h("option", { value: String(one), selected: String(one) === String(typed) }, field.labels ? field.labels[one] ?? one : one)));
    }
    if (field.kind === "flag") return h("input", { ...common, type: "checkbox", checked: Boolean(value), disabled: off });
    if (field.kind === "longtext" || (field.many && field.kind === "texts")) return h("textarea", { ...common, rows: field.kind === "longtext" ? 2 : 1, readonly: off, placeholder: more.placeholder }, String(typed ?? ""));
    const type = field.kind === "number" ? "number" : "text";
    const step = field.key === "satisfaction" ? E.form.scale.step : "any";
    return h("input", {
      ...common, type, value: String(typed ?? ""), list, readonly: off, autocomplete: "off",
      min: type === "number" ? field.min ?? (field.key === "satisfaction" ? E.form.scale.min : null) : null, max: type === "number" ? field.max ?? (field.key === "satisfaction" ? E.form.scale.max : null) : null, step: type === "number" ? step : null,
      placeholder: more.placeholder || (field.kind === "date" ? "2027-01-31" : null),
    });
  }
  const wrong = (id) => (E.problem && E.problem.id === id ? h("p.e-wrong", { id: `${id}-wrong` }, E.problem.text) : null);

  function many(field, path, value) {
    const items = listed(value), off = E.off, shown = off ? items : [...items, null], kind = field.kind === "link" ? "link" : field.kind;
    return h("div.e-many", { role: "group", "aria-labelledby": `l-${field.id || field.key}` }, shown.map((item, n) => {
      const id = `f-${field.id || field.key}-${n}`, key = field.item || (kind === "link" ? "url" : "text"), data = { path, name: field.key, item: item === null ? "new" : n, kind: field.kind, part: item !== null && typeof item === "object" ? key : null };
      const label = item === null ? t("field.more", { field: field.title }) : t("field.item", { field: field.title, n: n + 1 });
      return h("div.e-item",
        control({ ...field, many: true }, id, item === null ? "" : plain(item, key), data, { label, placeholder: item === null && items.length ? "+" : null, hint: n || !field.description ? null : `h-${field.id || field.key}` }),
        kind === "link" && item !== null && typeof item === "object" ? control({ ...field, kind: "text" }, `${id}-title`, item.title, { ...data, part: "title" }, { label: t("link.title", { n: n + 1 }) }) : null,
        off || item === null ? null : button("\u00d7", "unlist", { class: "small", id: `${id}-x`, "aria-label": t("field.remove", { what: plain(item, key) }), data: { path, name: field.key, item: n } }),
        wrong(id));
    }));
  }
  function image(field, path, value) {
    const off = E.off, shown = listed(value)[0], file = shown && plain(shown, "file"), own = [...path, field.key];
    return h("div.e-image", { data: { files: off ? null : "1", path } },
      file ? [h("img", { src: E.url(`/image?path=${encodeURIComponent(E.json(path))}&v=${encodeURIComponent(file)}`), alt: (typeof shown === "object" && shown.alt) || "" }), h("p", { dir: "auto" }, file)] : null,
      off ? null : [
        file ? h("div", h("label", { for: "f-alt" }, t("image.alt")), control({ kind: "text" }, "f-alt", typeof shown === "object" ? shown.alt : "", { path: own, name: "alt", kind: "alt", part: file }), wrong("f-alt")) : null,
        h("label.e-file", h("input", { type: "file", id: "f-image", accept: "image/*", "aria-labelledby": "l-image", data: { change: "image", path } }), h("span", t("image.drop"))),
        file ? button(t("image.remove"), "unset", { data: { path, name: field.key } }) : null]);
  }
  function places(path, value) {
    const chosen = new Set(listed(value).map(String)), off = E.off;
    const box = (one, stage) => h("label", { class: stage ? "" : "inner" }, h("input", { type: "checkbox", value: one.id, id: `at-${one.id}`, checked: chosen.has(one.id), disabled: off, data: { change: "places", path } }), h("span", { dir: "auto" }, one.title));
    return h("details.e-places", { data: { key: "places" } },
      h("summary", E.points().concat(E.stages()).filter((one) => chosen.has(one.id)).map((one) => one.title).join(" \u00b7 ") || "\u2013"),
      h("div", { role: "group", "aria-labelledby": "l-at" }, E.stages().map((stage) => [stage.title ? box(stage, true) : null, stage.touchpoints.map((one) => box(one, false))])));
  }
  function targets(path, value) {
    const chosen = new Set(listed((E.at(path) || {}).at).map(String)), aims = value || {};
    const wanted = E.points().filter((one) => chosen.has(one.id) || chosen.has(one.stage.id) || one.id in aims);
    const { min, max, step } = E.form.scale;
    return h("div.e-many", { role: "group", "aria-labelledby": "l-target" }, wanted.map((one) => {
      const id = `f-target-${one.id}`;
      return h("label.e-aim", h("span", { dir: "auto" }, one.title),
        h("input", { type: "number", id, min, max, step, value: String(aims[one.id] ?? ""), readonly: E.off, data: { change: "field", path: [...path, "target"], name: one.id, kind: "number" } }), wrong(id));
    }));
  }

  // A field with its label; what no form can hold says where it stands in the text.
  E.field = (kind, field, path, data) => {
    const value = data[field.key], name = field.id || field.key, id = `f-${name}`, head = (of) => h(of ? "label" : "span", { class: "e-label", id: `l-${name}`, for: of }, field.title);
    const wrap = (...content) => h("div", { class: `e-field kind-${field.kind}`, data: { key: `field-${name}` } }, ...content, field.description ? h("p.e-hint", { class: (FIRST[kind] || []).includes(field.key) ? "away" : "", id: `h-${name}` }, field.description) : null);
    if (kind === "opportunity" && field.key === "at") return wrap(head(), places(path, value), wrong("f-at"));
    if (kind === "opportunity" && field.key === "target") return wrap(head(), targets(path, value));
    if (field.kind === "image") return wrap(head(), image(field, path, value));
    const whole = field.kind === "other" || (typeof value === "object" && value !== null && !field.many && !Array.isArray(value));
    if (whole) {
      return wrap(head(), h("p.e-other", empty(value) ? t("other.none") : t("other.some"), " ",
        button(t("other.open"), "text", { class: "plainly", id, "aria-label": t("other.field", { field: field.title }), data: { path: [...path, field.key] } })));
    }
    if (field.many || Array.isArray(value) || ["texts", "link"].includes(field.kind)) return wrap(head(), many(field, path, value));
    return wrap(head(id), control(field, id, value, { path, name: field.key, kind: field.kind }, { hint: field.description ? `h-${name}` : null }), wrong(id));
  };
  E.fields = (kind, path, keys) => {
    const data = E.at(path), own = E.form.fields[kind], object = data !== null && typeof data === "object" ? data : kind === "persona" ? { name: data } : { title: data };
    return keys.map((key) => own.find((one) => one.key === key)).filter(Boolean).map((field) => E.field(kind, field, path, object));
  };

  E.finding = (one) => h("li", { class: `e-finding ${one.severity}` },
    h("p", h("b", t(`severity.${one.severity}`)), ": ", one.message, one.help ? h("small", " ", one.help) : null),
    h("p.e-fixes",
      E.off ? null : one.fixes.map((fix) => button(fix.title, "fix", { data: { finding: E.state.findings.indexOf(one), fix: fix.number } })),
      button(t("place", { line: one.line }), "text", { class: "plainly", data: { line: one.line } }),
      h("small.quiet", one.rule)));
  E.on.fix = (one) => E.act([{ do: "fix", finding: Number(one.dataset.finding), fix: Number(one.dataset.fix) }], one.textContent, { focus: "side-title", undo: true });

  E.panels.form = () => {
    const chosen = E.chosen();
    if (!chosen) return { title: t("panel.form"), body: [h("p.quiet", t("choose"))] };
    const { kind, path, id, title } = chosen, off = E.off, data = E.at(path);
    const object = data !== null && typeof data === "object" ? data : { title: data, name: data };
    const all = E.form.fields[kind].map((one) => one.key).filter((key) => !LEFT[kind].includes(key));
    const shown = [...FIRST[kind].filter((key) => all.includes(key)), ...all.filter((key) => !FIRST[kind].includes(key) && key !== "id" && !empty(object[key]))];
    const rest = all.filter((key) => !shown.includes(key));
    const findings = kind === "touchpoint" ? E.state.findings.filter((one) => one.touchpoint === id) : [];
    const act = (name, more = {}) => button(t(name), name, { id: `act-${name}`, data: { kind, id, ...more } });
    return {
      title: `${t(`kind.${kind}`)}: ${title || ""}`,
      body: [
        off || ["journey", "persona"].includes(kind) ? null : h("div.e-acts", { role: "group", "aria-label": t("acts", { title }) },
          kind === "opportunity" ? null : [act("earlier"), act("later")], act("duplicate"), act("remove"),
          kind === "touchpoint" ? [button(t("add.after"), "add", { id: "act-after", data: { stage: E.stages().findIndex((one) => one.id === chosen.stage.id), at: chosen.at + 1 } }), button(t("todo.here"), "todo", { id: "act-todo", data: { id } })] : null),
        findings.length ? h("ul.e-findings", findings.map(E.finding)) : null,
        h("div.e-fields", { data: { key: `form-${kind}-${path.join("-")}` } }, E.fields(kind, path, shown),
          rest.length ? h("details.e-rest", { data: { key: "rest" } }, h("summary", E.n("rest", rest.length)), E.fields(kind, path, rest)) : null),
      ],
    };
  };

  const changed = (one) => t("did.field", { field: (one.closest(".e-field")?.querySelector(".e-label") || {}).textContent || one.dataset.name });
  // What was typed becomes an act; a text that is refused stays in its field.
  const parsed = (text, kind) => {
    if (kind !== "number") return text;
    const value = Number(text.replace(",", "."));
    return text !== "" && Number.isFinite(value) ? value : text;
  };
  E.change.field = (one) => {
    const { name, item, part, kind } = one.dataset, path = E.path(one);
    if (one.type !== "checkbox" && one.value === one.defaultValue) return;
    if (one.type === "number" && one.validity.badInput) { E.wrong(new Error(t("number")), { id: one.id, value: "" }); E.render(); return; }
    const typed = one.value.replace(/\s+$/, ""), value = one.type === "checkbox" ? (one.checked || null) : typed === "" ? null : parsed(typed, kind);
    const own = [...path, name], label = changed(one);
    const chosen = E.chosen(), place = { id: one.id, value: one.value };
    let act = { do: "set", path: own, value };
    if (kind === "alt") act = typeof E.at(path) === "object" ? act : { do: "set", path, value: { file: part, alt: value } };
    else if (item === "new") { if (value === null) return; act = { do: "add", path: own, at: null, value }; }
    else if (item !== undefined) act = value === null && part !== "title" ? { do: "remove", path: [...own, Number(item)] } : { do: "set", path: part ? [...own, Number(item), part] : [...own, Number(item)], value };
    else if (name === "id" && value !== null && chosen) act = { do: "rename", kind: chosen.kind, id: chosen.id ?? one.defaultValue, to: value };
    else if (name === "satisfaction" && value !== null) act = { do: "face", path, satisfaction: value };
    if (E.at(path) === undefined || (typeof E.at(path) !== "object" && path[path.length - 1] === "persona")) act = name === "name" ? { do: "set", path, value } : act;
    if (item === "new") one.value = "";
    const next = item === "new" && document.activeElement === one && one.id.replace(/\d+$/, (n) => Number(n) + 1);
    E.act([act], label, { place, focus: next || "" });
  };
  E.root.addEventListener("keydown", (event) => {
    const one = event.target;
    if (event.key !== "Enter" || event.isComposing || !one.matches("textarea[data-change], input[data-change]") || one.matches("#yaml")) return;
    if (one.nodeName === "TEXTAREA" && (event.shiftKey || one.dataset.kind === "longtext") && !event.ctrlKey) return;
    event.preventDefault();
    one.dispatchEvent(new Event("change", { bubbles: true }));
  });
  E.on.unlist = (one) => {
    const { name, item } = one.dataset, path = E.path(one);
    E.act([{ do: "remove", path: [...path, name, Number(item)] }], changed(one), { undo: true, focus: `f-${name}-${Math.max(0, Number(item) - 1)}` });
  };
  E.on.unset = (one) => E.act([{ do: "set", path: [...E.path(one), one.dataset.name], value: null }], t("image.remove"), { undo: true });
  E.change.places = (one) => {
    const path = E.path(one), boxes = [...one.closest(".e-places").querySelectorAll("input:checked")].map((box) => box.value);
    if (!boxes.length) { one.checked = true; E.wrong(new Error(t("places.one")), { id: "f-at", value: "" }); E.render(); return; }
    E.act([{ do: "set", path: [...path, "at"], value: boxes.length === 1 ? boxes[0] : boxes }], t("did.places"), { place: { id: "f-at", value: "" } });
  };
  // Pictures: chosen, or dropped onto a touchpoint or onto the form.
  async function upload(path, file) {
    if (!file || !file.type.startsWith("image/")) { E.wrong(new Error(t("image.kind"))); E.render(); return; }
    try {
      E.take(await E.post(E.url(`/image?path=${encodeURIComponent(E.json(path))}&file=${encodeURIComponent(file.name)}`), file, file.type), true);
      E.notice = null;
      E.say(t("did.image", { file: file.name }));
    } catch (error) { E.wrong(error); }
    E.render();
  }
  E.change.image = (one) => { const [file] = one.files; one.value = ""; upload(E.path(one), file); };
  const target = (event) => [...(event.dataTransfer?.types || [])].includes("Files") && event.target.closest("[data-files]");
  document.addEventListener("dragover", (event) => {
    const one = target(event);
    E.root.querySelectorAll(".file-over").forEach((other) => { if (other !== one) other.classList.remove("file-over"); });
    if (one) { event.preventDefault(); one.classList.add("file-over"); }
  });
  document.addEventListener("drop", (event) => {
    const one = target(event);
    if (!one) return;
    event.preventDefault();
    one.classList.remove("file-over");
    const path = one.dataset.path ? E.path(one) : E.point(one.dataset.id).path;
    if (!one.dataset.path) E.choose("touchpoint", one.dataset.id);
    upload(path, event.dataTransfer.files[0]);
  });
})();
