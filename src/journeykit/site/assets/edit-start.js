"use strict";
// The page as a whole, the workshop, and the list of journeys with a new map.
(() => {
  const E = window.journeyEditor, { h, t, button } = E;
  const STEPS = ["aim", "points", "feelings", "todos", "feedback", "end"];

  E.page = () => [
    E.step === null ? [E.heading(), E.tools(), E.noticed(),
      h("div.e-body", { data: { key: "body" } }, h("div.e-main", E.timeline(), E.board()), E.side())] : workshop(),
    E.words_lists(), E.conflict(),
  ];

  const feedback = () => {
    const all = E.state.journey.feedback || [], titles = Object.fromEntries(E.points().map((one) => [one.id, one.title]));
    const whens = ["during", "end", "after"];
    return [
      h("ol.w-feedback", all.map((one, n) => h("li", { data: { key: `feedback-${n}` } }, [
        { key: "question", title: t("feedback.question"), kind: "longtext" },
        { key: "at", title: t("feedback.at"), kind: "choice", choices: Object.keys(titles), labels: titles },
        { key: "channel", title: t("feedback.channel"), kind: "channel" },
        { key: "when", title: t("feedback.when"), kind: "choice", choices: whens, labels: Object.fromEntries(whens.map((when) => [when, t(`feedback.${when}`)])) },
      ].map((field) => E.field("feedback", { ...field, id: `feedback-${n}-${field.key}` }, ["feedback", n], one)),
      E.off ? null : button(t("remove"), "unask", { data: { at: n }, "aria-label": t("field.remove", { what: one.question || String(n + 1) }) })))),
      E.off ? null : h("form.w-new", { data: { submit: "ask", key: "ask" } }, h("label", { for: "new-question" }, t("feedback.new")),
        h("input", { id: "new-question", dir: "auto", autocomplete: "off" }), h("button.strong", t("add"))),
    ];
  };
  E.on.ask = (form) => {
    const input = form.querySelector("input"), question = input.value.trim();
    if (!question) return;
    input.value = "";
    E.act([{ do: "add", path: ["feedback"], at: null, value: { question } }], t("did.add", { title: question }), { focus: input.id });
  };
  E.on.unask = (one) => E.act([{ do: "remove", path: ["feedback", Number(one.dataset.at)] }], t("did.remove", { title: t("feedback.question") }), { undo: true, focus: "new-question" });

  const beside = (main) => h("div.e-body", { data: { key: "body" } }, h("div.e-main", main), E.choice ? E.side() : null);
  const steps = {
    aim: () => h("div.w-aim",
      h("section", { "aria-labelledby": "w-map" }, h("h3", { id: "w-map" }, t("kind.journey")), E.fields("journey", [], ["title", "expectations", "goals"])),
      h("section", { "aria-labelledby": "w-who" }, h("h3", { id: "w-who" }, t("kind.persona")), E.fields("persona", ["persona"], ["name", "note", "wants"]))),
    points: () => beside(E.timeline()),
    feelings: () => beside(E.timeline()),
    todos: () => beside([E.timeline(), E.board()]),
    feedback: () => feedback(),
    end: () => h("div.w-end",
      h("section", { "aria-labelledby": "w-save" }, h("h3", { id: "w-save" }, t("workshop.save")), h("p", t(E.state.saved ? "state.saved" : "state.unsaved")), E.state.saved || E.off ? null : button(t("save"), "save", { class: "strong", id: "save" }),
        E.message()),
      h("section", { "aria-labelledby": "w-take" }, h("h3", { id: "w-take" }, t("take.title")), E.files())),
  };
  const workshop = () => {
    const now = STEPS[E.step];
    return [
      h("header.w-head", { data: { key: "w-head" } },
        h("h1", { id: "title", dir: "auto", tabindex: "-1" }, E.state.journey.title || E.name),
        button(t("workshop.leave"), "leave", { id: "leave" })),
      h("nav.w-steps", { "aria-label": t("workshop.steps"), data: { key: "w-steps" } }, h("ol", STEPS.map((one, n) => h("li", null,
        button([`${n + 1} `, t(`workshop.${one}`)], "step", { id: `step-${n}`, "aria-current": n === E.step ? "step" : null, data: { step: n } }))))),
      E.tools(), E.noticed(),
      h("div", { class: `w-step at-${now}`, data: { key: `w-${now}` } },
        h("h2", { id: "w-title", tabindex: "-1" }, t(`workshop.${now}`)), h("p.lead", t(`workshop.${now}.said`)), steps[now]()),
      h("p.w-next", { data: { key: "w-next" } },
        E.step > 0 ? button(t("workshop.back"), "step", { id: "back", data: { step: E.step - 1 } }) : null,
        E.step < STEPS.length - 1 ? button(t("workshop.next", { what: t(`workshop.${STEPS[E.step + 1]}`) }), "step", { id: "next", class: "strong", data: { step: E.step + 1 } }) : null),
    ];
  };
  E.on.workshop = () => {
    E.step = 0;
    E.choice = null;
    document.body.classList.add("workshopping");
    const whole = document.documentElement;
    if (whole.requestFullscreen) whole.requestFullscreen().catch(() => {});
    E.render("w-title");
  };
  E.on.step = (one) => { E.step = Number(one.dataset.step); E.choice = null; E.panel = "form"; E.render("w-title"); scrollTo(0, 0); };
  E.on.leave = () => {
    E.step = null;
    document.body.classList.remove("workshopping");
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    E.render("workshop");
  };

  // The first page: all maps, and a new one.
  E.list_page = async () => {
    let told;
    try {
      told = await E.get("/_edit");
    } catch (error) {
      E.root.replaceChildren(h("h1", t("title")), h("p", { role: "alert" }, error instanceof TypeError ? t("lost") : error.message));
      return;
    }
    const off = E.off || told.readonly;
    const input = (id, label, more = {}) => h("p.e-field", h("label", { for: id }, label), h("input", { id, name: id, dir: "auto", autocomplete: "off", ...more }));
    const list = h("section", { "aria-labelledby": "maps" }, h("h2", { id: "maps" }, t("maps")), told.journeys.length ? h("ul.e-maps", told.journeys.map((one) => h("li", null,
      h("a", { href: `/edit/${encodeURIComponent(one.name)}/`, dir: "auto" }, one.title || one.name), h("small", one.file), one.broken ? h("span.mark.bad", t("broken")) : null))) : h("p.quiet", t("maps.none")));
    const form = off || !told.new ? null : h("section", { "aria-labelledby": "new" }, h("h2", { id: "new" }, t("new")), h("form.e-new", { data: { submit: "create" } },
      input("new-title", t("new.title"), { required: true, placeholder: t("new.title.like") }), input("new-persona", t("new.persona"), { required: true, placeholder: t("new.persona.like") }), input("new-goal", t("new.goal"), { placeholder: t("new.goal.like") }),
      h("p", h("label.e-check", h("input", { type: "checkbox", id: "new-workshop" }), t("new.workshop"))),
      h("p", { role: "alert", id: "new-wrong", class: "e-wrong" }), h("button.strong", { id: "create" }, t("new.create"))));
    E.root.replaceChildren(h("h1", t("title")), h("p.lead", t(off ? "readonly" : "lead")), h("div.e-begin", list, form || ""));
    E.root.classList.add("ready");
  };
  E.on.create = async (form) => {
    const value = (name) => form.querySelector(`#new-${name}`).value.trim(), wrong = form.querySelector("#new-wrong");
    wrong.textContent = "";
    try {
      const made = await E.post("/_new", { title: value("title"), persona: value("persona"), goal: value("goal"), lang: E.lang });
      location.href = `/edit/${encodeURIComponent(made.name)}/${form.querySelector("#new-workshop").checked ? "#workshop" : ""}`;
    } catch (error) {
      wrong.textContent = error instanceof TypeError ? t("lost") : [error.message, error.data && error.data.help].filter(Boolean).join(" ");
    }
  };

  E.start().then(() => { if (E.step !== null) document.body.classList.add("workshopping"); });
})();
