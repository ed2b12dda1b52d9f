"use strict";
// The page as a whole, the workshop, and the list of journeys with a new map.
{
  const { h, t, button, section, on } = E;
  const STEPS = ["aim", "points", "feelings", "todos", "feedback", "end"], WHENS = ["during", "end", "after"];
  const labels = (all) => ({ kind: "choice", choices: Object.keys(all), labels: all });

  E.page = () => [
    E.step === null ? [E.heading(), E.tools(), E.noticed(), beside(true, E.timeline(), E.board(), E.laneList())] : workshop(),
    E.lists(), E.conflict(),
  ];
  const beside = (side, ...main) => h("div#body.e-body", h("div.e-main", main), side && E.side());

  const feedback = () => [
    h("ol.w-feedback", (E.state.journey.feedback || []).map((one, n) => h("li", { data: { key: `feedback-${n}` } }, [
      { key: "question", kind: "longtext" },
      { key: "at", ...labels(Object.fromEntries(E.points().map(({ id, title }) => [id, title]))) },
      { key: "channel", kind: "channel" },
      { key: "when", ...labels(Object.fromEntries(WHENS.map((when) => [when, t(`feedback.${when}`)]))) },
    ].map((field) => E.field("feedback", { ...field, title: t(`feedback.${field.key}`), id: `feedback-${n}-${field.key}` }, ["feedback", n], one)),
    !E.off && button(t("remove"), "unask", { data: { at: n }, "aria-label": t("field.remove", { what: one.question || n + 1 }) })))),
    !E.off && h("div#ask.w-new", E.typed(["feedback"], "question", "new-question", t("feedback.new"))),
  ];
  on.unask = ({ at }) => E.act(E.gone(["feedback", +at]), t("did.remove", { title: t("feedback.question") }), { undo: true, focus: "new-question" });

  const steps = {
    aim: () => h("div.w-aim",
      section("h3", "w-map", t("kind.journey"), E.fields("journey", [], ["title", "expectations", "goals"])),
      section("h3", "w-who", t("kind.persona"), E.fields("persona", ["persona"], ["name", "note", "wants"]))),
    points: () => beside(E.choice, E.timeline()),
    feelings: () => beside(E.choice, E.timeline()),
    todos: () => beside(E.choice, E.timeline(), E.board()),
    feedback,
    end: () => {
      const { saved } = E.state;
      return h("div.w-end",
        section("h3", "w-save", t("workshop.save"), h("p", t(saved ? "state.saved" : "state.unsaved")), !saved && !E.off && button(t("save"), "save", { class: "strong" }), E.message()),
        section("h3", "w-take", t("panel.take"), E.files()));
    },
  };
  const workshop = () => {
    const { step } = E, now = STEPS[step], go = (to, text, more) => STEPS[to] && button(text, "step", { ...more, data: { step: to } });
    return [
      h("header#w-head.w-head",
        h("h1#title", { tabindex: "-1" }, E.state.journey.title || E.name), button(t("workshop.leave"), "leave", { id: "leave" })),
      h("nav#w-steps.w-steps", { "aria-label": t("workshop.steps") },
        h("ol", STEPS.map((one, n) => h("li", go(n, `${n + 1} ${t(`workshop.${one}`)}`, { id: `step-${n}`, "aria-current": n === step ? "step" : null }))))),
      E.tools(), E.noticed(),
      h(`div#w-${now}.w-step.at-${now}`,
        h("h2#w-title", { tabindex: "-1" }, t(`workshop.${now}`)), h("p.lead", t(`workshop.${now}.said`)), steps[now]()),
      h("p#w-next.w-next",
        go(step - 1, t("workshop.back"), { id: "back" }),
        go(step + 1, t("workshop.next", { what: t(`workshop.${STEPS[step + 1]}`) }), { id: "next", class: "strong" })),
    ];
  };
  function go(step) {
    Object.assign(E, { step, choice: null, panel: "form" });
    E.render("w-title");
    scrollTo(0, 0);
  }
  on.step = ({ step }) => go(+step);
  on.workshop = () => {
    document.documentElement.requestFullscreen().catch(() => {});
    go(0);
  };
  on.leave = () => {
    E.step = null;
    if (document.fullscreenElement) document.exitFullscreen();
    E.render("workshop");
  };

  // The first page: all maps, and a new one.
  E.begin = async () => {
    const { journeys, readonly, new: offered } = await E.get("/_edit"), off = E.off || readonly;
    const input = (name, required) => h("p.e-field", h("label", { for: `new-${name}` }, t(`new.${name}`)),
      h("input", { id: `new-${name}`, name, required, autocomplete: "off", placeholder: t(`new.${name}.like`) }));
    E.root.replaceChildren(h("h1", t("title")), h("p.lead", t(off ? "readonly" : "lead")), h("div.e-begin",
      section("h2", "maps", t("maps"), journeys.length ? h("ul.e-maps", journeys.map(({ name, title, file, broken }) => h("li",
        h("a", { href: `/edit/${encodeURIComponent(name)}/` }, title || name), h("small", file), broken && h("span.mark.bad", t("broken"))))) : h("p.quiet", t("maps.none"))),
      !off && offered && section("h2", "new", t("new"), h("form.e-new", { name: "create" },
        input("title", true), input("persona", true), input("goal"),
        h("p", h("label.e-check", h("input#new-workshop", { type: "checkbox", name: "workshop" }), t("new.workshop"))),
        h("p#new-wrong.e-wrong", { role: "alert" }), h("button#create.strong", t("new.create"))))));
    E.root.classList.add("ready");
  };
  on.create = async (form) => {
    const { workshop: started, ...values } = Object.fromEntries(new FormData(form)), wrong = form.querySelector(".e-wrong");
    wrong.textContent = "";
    try {
      const { name } = await E.post("/_new", { ...values, lang: E.lang });
      location.href = `/edit/${encodeURIComponent(name)}/${started ? "#workshop" : ""}`;
    } catch (error) {
      wrong.textContent = E.failed(error);
    }
  };
  E.start();
}
