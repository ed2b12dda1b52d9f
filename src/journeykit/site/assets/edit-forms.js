"use strict";
// The form of what is chosen: its fields as the format describes them, its findings, and what can be done with it.
{
  const { h, t, button, listed, on } = E;
  const isObject = (value) => typeof value === "object" && value !== null;
  const empty = (value) => (isObject(value) ? !Object.keys(value).length : (value ?? "") === "");
  const plain = (item, key) => (isObject(item) ? item[key] ?? Object.values(item).find((one) => typeof one === "string") ?? "" : item);
  // The data of a part; the id of a lane is its key.
  const object = (kind, path) => {
    const data = E.at(path);
    if (kind === "lane") return { id: path[1], ...data };
    return isObject(data) ? data : { [kind === "persona" ? "name" : "title"]: data };
  };

  // Texts to choose from, for the boxes that complete what is typed.
  E.lists = () => {
    const { feelings, channels, people } = E.form, all = {
      feeling: feelings.map(({ word, value }) => [word, `${word} (${E.number(value)})`]),
      channel: channels.map(({ id, title }) => [id, title]),
      person: [...new Set(Object.values(people).flat())].map((one) => [one]),
    };
    return Object.entries(all).map(([kind, options]) => h(`datalist#list-${kind}`, options.map(([value, label]) => h("option", { value, label }))));
  };

  // One control, and what is wrong with it; `data` says where its value goes.
  const control = (field, id, value, data, more) => [box(field, id, value, data, more), wrong(id)];
  function box(field, id, value, data, { hint, label, placeholder = field.default } = {}) {
    const { kind, choices } = field, wrong = E.problem?.id === id, typed = String((wrong ? E.problem.value : value) ?? ""), number = kind === "number";
    const limits = field.key === "satisfaction" ? E.form.scale : field;
    const common = {
      id, "aria-invalid": wrong, "aria-describedby": [wrong && `${id}-wrong`, hint].filter(Boolean).join(" ") || null, "aria-label": label,
      disabled: E.off && (kind === "flag" || kind === "choice"), readonly: E.off, data: { change: "field", kind, ...E.now(), ...data },
    };
    if (kind === "choice") {
      return h("select", { ...common, readonly: null }, h("option", { value: "" }, placeholder === undefined ? "–" : t("field.default", { value: placeholder })),
        choices.map((one) => h("option", { value: one, selected: String(one) === typed }, field.labels?.[one] ?? one)));
    }
    if (kind === "flag") return h("input", { ...common, type: "checkbox", checked: Boolean(value) });
    if (kind === "longtext" || kind === "texts") return h("textarea", { ...common, rows: kind === "texts" ? 1 : 2, placeholder }, typed);
    return h("input", {
      ...common, type: number ? "number" : "text", value: typed, autocomplete: "off", list: ["feeling", "channel", "person"].includes(kind) && `list-${kind}`,
      min: limits.min, max: limits.max, step: number && (limits.step ?? "any"), placeholder: placeholder ?? (kind === "date" && "2027-01-31"),
    });
  }
  const wrong = (id) => E.problem?.id === id && h("p.e-wrong", { id: `${id}-wrong` }, E.problem.text);

  function many(field, path, value, name) {
    const { key, kind, title: what } = field, items = listed(value), own = field.item || (kind === "link" ? "url" : "text");
    return h("div.e-many", { role: "group", "aria-labelledby": `l-${name}` }, (E.off ? items : [...items, null]).map((item, n) => {
      const id = `f-${name}-${n}`, fresh = item === null, data = { path, name: key, item: fresh ? "new" : n, part: isObject(item) ? own : null }, text = plain(item, own);
      return h("div.e-item",
        control({ ...field, kind: kind === "choices" ? "text" : kind }, id, text, data,
          { label: t(fresh ? "field.more" : "field.item", { field: what, n: n + 1 }), placeholder: fresh && n ? "+" : null, hint: !n && field.description && `h-${name}` }),
        kind === "link" && isObject(item) && control({ kind: "text" }, `${id}-title`, item.title, { ...data, part: "title" }, { label: t("link.title", { n: n + 1 }) }),
        !E.off && !fresh && button("×", "unlist", { class: "small", id: `${id}-x`, "aria-label": t("field.remove", { what: text }), data }));
    }));
  }
  function image({ key }, path, value) {
    const [shown] = listed(value), file = shown && plain(shown, "file"), alt = shown?.alt || "";
    return h("div.e-image", { data: { files: !E.off, path } },
      file && [h("img", { src: E.url("/image", { path: JSON.stringify(path), v: file }), alt }), h("p", file)],
      !E.off && [
        file && h("div", h("label", { for: "f-alt" }, t("image.alt")), control({ kind: "alt" }, "f-alt", alt, { path: [...path, key], name: "alt", part: file })),
        h("label.e-file", h("input#f-image", { type: "file", accept: "image/*", "aria-labelledby": "l-image", data: { change: "image", path } }), h("span", t("image.drop"))),
        file && button(t("image.remove"), "unset", { data: { path, name: key } })]);
  }
  function places(path, value) {
    const chosen = listed(value), all = E.stages().flatMap((stage) => [stage, ...stage.touchpoints]).filter((one) => one.title);
    return h("details#places.e-places",
      h("summary", all.filter(({ id }) => chosen.includes(id)).map((one) => one.title).join(" · ") || "–"),
      h("div", { role: "group", "aria-labelledby": "l-at" }, all.map(({ id, title, touchpoints }) => h("label", { class: !touchpoints && "inner" },
        h("input", { type: "checkbox", value: id, id: `at-${id}`, checked: chosen.includes(id), disabled: E.off, data: { change: "places", path } }), h("span", title)))));
  }
  function targets(path, aims = {}) {
    const chosen = listed(E.at(path)?.at), wanted = E.points().filter((one) => chosen.includes(one.id) || chosen.includes(one.stage.id) || one.id in aims);
    return h("div.e-many", { role: "group", "aria-labelledby": "l-target" }, wanted.map(({ id, title }) => h("label.e-aim", h("span", title),
      control({ key: "satisfaction", kind: "number" }, `f-target-${id}`, aims[id], { path: [...path, "target"], name: id }))));
  }

  // A field with its label; what no form can hold says where it stands in the text.
  E.field = (kind, field, path, data) => {
    if (field.kind === "lanes") {
      return E.state.lanes.map((lane) => E.field(kind, { ...field, key: lane.id, id: `lane-${lane.id}`, title: lane.title, description: "", kind: "texts" }, [...path, "lanes"], data.lanes || {}));
    }
    const { key, title, description } = field, value = data[key], name = field.id || key, id = `f-${name}`, todo = kind === "opportunity";
    const one = !(todo && ["at", "target"].includes(key)) && !field.many && !["image", "texts", "link", "other"].includes(field.kind) && !isObject(value);
    const content = () => {
      if (one) return control(field, id, value, { path, name: key }, { hint: description && `h-${name}` });
      if (todo && key === "at") return [places(path, value), wrong("f-at")];
      if (todo && key === "target") return targets(path, value);
      if (field.kind === "image") return image(field, path, value);
      if (field.kind !== "other" && (field.many || !isObject(value) || Array.isArray(value))) return many(field, path, value, name);
      return h("p.e-other", t(empty(value) ? "other.none" : "other.some"), " ",
        button(t("other.open"), "text", { class: "plainly", id, "aria-label": t("other.field", { field: title }), data: { path: [...path, key] } }));
    };
    return h("div.e-field", { class: `kind-${field.kind}`, data: { key: `field-${name}` } },
      h(one ? "label.e-label" : "span.e-label", { id: `l-${name}`, for: one && id }, title), content(),
      description && h("p.e-hint", { class: field.first && "away", id: `h-${name}` }, description));
  };
  const shown = (kind, path, fields) => fields.map((field) => E.field(kind, field, path, object(kind, path)));
  E.fields = (kind, path, keys) => shown(kind, path, keys.map((key) => E.form.fields[kind].find((one) => one.key === key)));

  E.panels.form = () => {
    const chosen = E.chosen();
    if (!chosen) return [t("panel.form"), h("p.quiet", t("choose"))];
    const { kind, path, id, title, stage, at } = chosen, data = object(kind, path), fields = E.form.fields[kind], point = kind === "touchpoint";
    const given = fields.filter(({ first, key }) => first || (key !== "id" && !empty(data[key]))), rest = fields.filter((one) => !given.includes(one));
    const findings = point ? E.found(id) : [];
    const act = (name) => button(t(name), name, { id: `act-${name}`, data: { kind, id } });
    return [
      `${t(`kind.${kind}`)}: ${title || ""}`,
      !E.off && id !== undefined && h("div.e-acts", { role: "group", "aria-label": t("acts", { title }) },
        kind !== "opportunity" && [act("earlier"), act("later")], kind !== "lane" && act("duplicate"), act("remove"),
        point && [button(t("add.after"), "add", { id: "act-after", data: { path: [...stage.list, at + 1] } }), button(t("todo.here"), "todo", { id: "act-todo", data: { id } })]),
      findings.length > 0 && E.findings(findings),
      h("div.e-fields", { data: { key: `form-${kind}` } }, shown(kind, path, given),
        rest.length > 0 && h("details#rest.e-rest", h("summary", E.n("rest", rest.length)), shown(kind, path, rest))),
    ];
  };

  const changed = (one) => t("did.field", { field: one.closest(".e-field").querySelector(".e-label").textContent });
  // What was typed as a value: nothing, a number where one is asked for, else the text; what is no number is refused with its words.
  const read = (text, kind) => {
    const value = Number(text.replace(",", "."));
    return text === "" ? null : kind === "number" && Number.isFinite(value) ? value : text;
  };
  // What was typed becomes an act; a text that is refused stays in its field.
  E.change.field = (one) => {
    const { name, item, part, kind } = one.dataset, path = E.path(one.dataset), fresh = item === "new", chosen = E.chosen(), place = { id: one.id, value: one.value };
    if (one.validity.badInput) { E.refuse(t("number"), { ...place, value: "" }); return; }
    const check = one.type === "checkbox", value = check ? one.checked || null : read(one.value.trimEnd(), kind), own = [...path, name];
    if ((!check && one.value === one.defaultValue && E.problem?.id !== one.id) || (fresh && value === null)) return;
    if (item && !fresh) own.push(+item);
    let act = E.set(part ? [...own, part] : own, value);
    if (kind === "alt") act = isObject(E.at(path)) ? E.set(own, value) : E.set(path, { file: part, alt: value });
    else if (fresh) act = E.add(own, value);
    else if (item && value === null && part !== "title") act = E.gone(own);
    else if (name === "id" && value) act = { do: "rename", kind: chosen.kind, id: chosen.id ?? one.defaultValue, to: value };
    else if (name === "satisfaction" && value !== null) act = { do: "face", path, satisfaction: value };
    else if (name === "name" && path.at(-1) === "persona" && !isObject(E.at(path))) act = E.set(path, value);
    if (fresh) one.value = "";
    // It is typed no more: the form may be of another one by then.
    const then = () => { if (!fresh) one.defaultValue = place.value; if (act.do === "rename") E.choice.id = value; };
    E.act(act, changed(one), { place, then, over: one.dataset, focus: fresh && document.activeElement === one ? one.id.replace(/\d+$/, (n) => +n + 1) : "" });
  };
  E.root.addEventListener("keydown", (event) => {
    const { target: one, key, shiftKey, ctrlKey } = event;
    if (key !== "Enter" || event.isComposing || !one.matches("textarea[data-change], input[data-change]")) return;
    if (one.nodeName === "TEXTAREA" && (shiftKey || one.dataset.kind === "longtext") && !ctrlKey) return;
    event.preventDefault();
    one.dispatchEvent(new Event("change", { bubbles: true }));
  });
  on.unlist = ({ name, item, path }, event, one) => {
    E.act(E.gone([...JSON.parse(path), name, +item]), changed(one), { undo: true, focus: `f-${name}-${Math.max(0, item - 1)}` });
  };
  on.unset = (data) => E.act(E.set([...E.path(data), data.name], null), t("image.remove"), { undo: true });
  E.change.places = (one) => {
    const all = [...one.closest(".e-places").querySelectorAll("input:checked")].map((box) => box.value), place = { id: "f-at", value: "" };
    if (all.length) E.act(E.set([...E.path(one.dataset), "at"], all.length === 1 ? all[0] : all), t("did.places"), { place });
    else E.refuse(t("places.one"), place);
  };
  // Pictures: chosen, or dropped onto a touchpoint or onto the form.
  function upload(path, file) {
    if (!file?.type.startsWith("image/")) E.refuse(t("image.kind"));
    else {
      E.inTurn(async () => {
        E.take(await E.post(E.url("/image", { path: JSON.stringify(path), file: file.name }), file));
        E.say(t("did.image", { file: file.name }));
      });
    }
  }
  E.change.image = (one) => { const [file] = one.files; one.value = ""; upload(E.path(one.dataset), file); };
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      const one = event.dataTransfer?.types.includes("Files") && event.target.closest?.("[data-files]");
      if (!one) return;
      event.preventDefault();
      one.classList.toggle("file-over", type === "dragover");
      if (type !== "drop") return;
      if (one.dataset.id) E.choose("touchpoint", one.dataset.id);
      upload(E.path(one.dataset), event.dataTransfer.files[0]);
    });
  }
}
