"use strict";
// Everything is readable without this script. It makes the picture zoom, keeps names in view, and shows one touchpoint beside it.
// A page whose content is replaced starts it again, which ends what listened before; `was` is what the reader had chosen.
let journeysLife = null;
window.startJourneys = (was = {}) => {
  if (journeysLife) journeysLife.abort();
  journeysLife = new AbortController();
  const { signal } = journeysLife;
  const makeSvg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const PIXEL = 96 / 72;
  const LEAST = 0.1, MOST = 4, STEP = 1.25;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const root = document.documentElement;
  root.classList.add("live");

  // A chart on the page: its lanes, its touchpoints, and the layers that keep their names in view.
  class Chart {
    constructor(section) {
      this.section = section;
      this.prefix = section.dataset.prefix;
      this.scroll = section.querySelector(".scroll");
      this.canvas = section.querySelector(".canvas");
      this.svg = this.canvas.querySelector("svg");
      this.fromRight = section.closest(".journey").dir === "rtl";
      this.hidden = new Set();
      this.zoom = 0;
    }

    // Positions can only be read while the chart is shown.
    measure() {
      if (this.zoom) return;
      const box = this.svg.viewBox.baseVal;
      this.width = box.width;
      this.height = this.fullHeight = box.height;
      this.parts = [...this.svg.children].filter((child) => child.localName === "g").map((g) => {
        const { y, height } = g.getBBox();
        return { g, top: y, bottom: y + height, shift: 0, lane: g.classList.contains("lane") };
      });
      this.lanes = this.parts.filter((part) => part.lane).sort((a, b) => a.top - b.top);
      this.lanes.forEach((lane, n) => {
        const [, name, row] = lane.g.id.slice(this.prefix.length).match(/^lane-(.+)-(\d+)$/);
        const next = this.lanes[n + 1];
        Object.assign(lane, { name, row, off: false, end: next ? next.top : lane.bottom });
      });
      for (const part of this.parts.filter((part) => part.g.classList.contains("guides")))
        part.lines = [...part.g.querySelectorAll("line")].map((line) => ({ line, y1: +line.getAttribute("y1"), y2: +line.getAttribute("y2") }));
      this.columns = this.findColumns();
      this.lit = this.svg.insertBefore(makeSvg("rect"), this.svg.querySelector("g"));
      this.lit.setAttribute("class", "lit");
      this.makeNames();
      this.makeHeads();
      this.setZoom(1);  // so that the smallest text can be read; all of the picture is one button away
      if (this.fromRight) this.scroll.scrollLeft = this.scroll.scrollWidth;
    }

    // Each touchpoint has a column: from its number to the next one in its row.
    findColumns() {
      let marks = [...this.svg.querySelectorAll("g.touchpoint")], lead = "touchpoint-";
      if (!marks.length) [marks, lead] = [[...this.svg.querySelectorAll("g.point")], "point-"];
      const rows = new Map();
      for (const mark of marks) {
        const box = mark.getBBox(), lane = this.lanes.find((one) => one.g.contains(mark));
        if (!lane) continue;
        const start = this.fromRight ? box.x + box.width : box.x;
        const column = { id: mark.id.slice(this.prefix.length + lead.length), row: lane.row, start };
        rows.set(lane.row, [...(rows.get(lane.row) || []), column]);
      }
      for (const row of rows.values()) {
        row.forEach((column, n) => {
          const next = row[n + 1];
          column.end = next ? next.start : this.fromRight ? 0 : this.width;
          if (!next && row.length > 1) {
            const typical = row[n].start - row[n - 1].start;
            column.end = this.fromRight ? Math.max(0, column.start + typical) : Math.min(this.width, column.start + typical);
          }
          column.left = Math.min(column.start, column.end) - 4;
          column.right = Math.max(column.start, column.end) - 4;
          if (this.fromRight) [column.left, column.right] = [column.left + 8, column.right + 8];
        });
      }
      return [...rows.values()].flat();
    }

    rowOf(row) {
      const lanes = this.lanes.filter((lane) => lane.row === row && !lane.off && lane.name !== "header");
      return lanes.length ? { top: lanes[0].top - lanes[0].shift, bottom: lanes.at(-1).end - lanes.at(-1).shift } : null;
    }

    layer(kind) {
      const layer = makeSvg("svg");
      layer.setAttribute("class", `frozen ${kind}`);
      layer.setAttribute("aria-hidden", "true");
      for (const name of ["font-family", "font-size", "font-variant", "fill"]) layer.setAttribute(name, this.svg.getAttribute(name));
      return this.canvas.appendChild(layer);
    }

    copy(node) {
      const copied = node.cloneNode(true);
      for (const one of [copied, ...copied.querySelectorAll("[id]")]) one.removeAttribute("id");
      return copied;
    }

    backing(group, box, margin) {
      const rect = group.insertBefore(makeSvg("rect"), group.firstChild);
      const sizes = { x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin, rx: margin, fill: "var(--page)" };
      for (const [name, value] of Object.entries(sizes)) rect.setAttribute(name, value);
    }

    // The names of the lanes stay at the side, and below the upper edge while their lane is in view.
    makeNames() {
      this.names = this.layer(this.fromRight ? "names end" : "names");
      this.gutter = 0;
      this.margin = Infinity;
      for (const lane of this.lanes) {
        const labels = [...lane.g.querySelectorAll(".lane-label")];
        if (!labels.length) continue;
        const group = this.names.appendChild(makeSvg("g"));
        labels.forEach((label) => group.append(this.copy(label)));
        const box = group.getBBox();
        this.backing(group, box, 3);
        labels.forEach((label) => label.setAttribute("visibility", "hidden"));
        lane.chip = { group, top: box.y, height: box.height };
        const [near, far] = this.fromRight ? [this.width - box.x - box.width, this.width - box.x] : [box.x, box.x + box.width];
        this.gutter = Math.max(this.gutter, far + 4);
        this.margin = Math.min(this.margin, near - 5);
      }
    }

    // The numbers and titles of the touchpoints stay at the upper edge while their row is in view.
    makeHeads() {
      this.heads = this.layer("heads");
      this.headRows = this.lanes.filter((lane) => lane.name === "touchpoints").map((lane) => {
        const marks = [...lane.g.querySelectorAll("g.touchpoint")];
        const titles = marks.flatMap((mark) => [...mark.querySelectorAll(".touchpoint-title")].map((title) => title.getBBox()));
        const top = Math.min(...marks.map((mark) => mark.getBBox().y)) - 3;
        const bottom = Math.max(...titles.map((box) => box.y + box.height)) + 3;
        const group = this.heads.appendChild(makeSvg("g"));
        marks.forEach((mark) => group.append(this.copy(mark)));
        this.backing(group, { x: 0, y: top, width: this.width, height: bottom - top }, 0);
        return { lane, group, top, bottom };
      });
    }

    setZoom(zoom, at) {
      zoom = Math.min(MOST, Math.max(LEAST, zoom));
      const area = this.scroll, old = this.zoom || zoom;
      at = at || { x: area.clientWidth / 2, y: area.clientHeight / 2 };
      const x = (area.scrollLeft + at.x) / old, y = (area.scrollTop + at.y) / old;
      this.zoom = zoom;
      this.draw();
      area.scrollLeft = x * zoom - at.x;
      area.scrollTop = y * zoom - at.y;
      this.follow();
    }

    fit() {
      this.setZoom(this.scroll.clientWidth / (this.width * PIXEL));
    }

    get scale() {
      return this.zoom * PIXEL;
    }

    size(svg, x, y, width, height) {
      svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
      svg.setAttribute("width", width * this.scale);
      svg.setAttribute("height", height * this.scale);
    }

    draw() {
      this.size(this.svg, 0, 0, this.width, this.height);
      this.size(this.names, this.fromRight ? this.width - this.gutter : 0, 0, this.gutter, this.height);
      this.names.style[this.fromRight ? "right" : "left"] = `${-Math.max(0, this.margin) * this.scale}px`;
      this.follow();
      this.light(this.current);
    }

    // Hidden lanes leave no gap: what is below them moves up.
    layOut() {
      let gone = 0;
      const removed = [];
      for (const lane of this.lanes) {
        lane.off = this.hidden.has(lane.name);
        lane.shift = gone;
        lane.g.classList.toggle("off", lane.off);
        lane.g.setAttribute("display", lane.off ? "none" : "inline");
        lane.g.setAttribute("transform", `translate(0 ${-gone})`);
        if (lane.chip) lane.chip.group.setAttribute("display", lane.off ? "none" : "inline");
        if (lane.off) {
          removed.push({ top: lane.top, height: lane.end - lane.top });
          gone += lane.end - lane.top;
        }
      }
      const above = (y) => removed.reduce((sum, one) => sum + (one.top < y ? Math.min(one.height, y - one.top) : 0), 0);
      for (const part of this.parts.filter((one) => !one.lane)) {
        for (const { line, y1, y2 } of part.lines || []) {
          line.setAttribute("y1", y1 - above(y1));
          line.setAttribute("y2", y2 - above(y2));
        }
        if (!part.lines) part.g.setAttribute("transform", `translate(0 ${-above(part.top)})`);
      }
      this.height = this.fullHeight - gone;
      this.draw();
    }

    // Scores in place of the feelings at the curve: the first words of each point.
    showNumbers(on, scores) {
      for (const [id, score] of scores) {
        const texts = [...this.svg.querySelectorAll(`[id="${this.prefix}point-${CSS.escape(id)}"] text[font-weight=bold]`)];
        texts.forEach((text, n) => {
          if (!score) return;
          text.dataset.feeling ??= text.textContent;
          text.dataset.length ??= text.getAttribute("textLength") || "";
          text.textContent = !on ? text.dataset.feeling : n ? "" : score;
          if (on || !text.dataset.length) text.removeAttribute("textLength");
          else text.setAttribute("textLength", text.dataset.length);
        });
      }
    }

    // Moves the names to where they are in view.
    follow() {
      const top = this.scroll.scrollTop / this.scale;
      let covered = 0;
      const head = this.headRows.find(({ lane, bottom }) => {
        const row = this.rowOf(lane.row);
        return !lane.off && row && top > bottom - lane.shift && top < row.bottom - (bottom - lane.top);
      });
      this.heads.classList.toggle("away", !head);
      this.heads.setAttribute("display", head ? "inline" : "none");
      if (head) {
        covered = head.bottom - head.top;
        for (const row of this.headRows) row.group.setAttribute("display", row === head ? "inline" : "none");
        this.size(this.heads, 0, head.top, this.width, covered);
      } else this.size(this.heads, 0, 0, this.width, 0);
      const area = this.scroll, rest = this.fromRight ? area.scrollWidth - area.clientWidth - area.scrollLeft : area.scrollLeft;
      const aside = rest > 1;  // then the names lie over the columns: on the line above their lane they cover least
      for (const lane of this.lanes) {
        if (!lane.chip) continue;
        const natural = (aside ? Math.max(4, lane.top - lane.chip.height / 2) : lane.chip.top) - lane.shift, last = lane.end - lane.shift - lane.chip.height - 6;
        const wanted = Math.min(Math.max(natural, top + covered + 6), Math.max(natural, last));
        lane.chip.group.setAttribute("transform", `translate(0 ${wanted - lane.chip.top})`);
      }
    }

    light(id) {
      this.current = id;
      const column = this.columns.find((one) => one.id === id), row = column && this.rowOf(column.row);
      this.lit.setAttribute("display", row ? "inline" : "none");
      if (!row) return;
      const sizes = { x: column.left, y: row.top, width: column.right - column.left, height: row.bottom - row.top };
      for (const [name, value] of Object.entries(sizes)) this.lit.setAttribute(name, value);
    }

    idAt(event) {
      const box = this.svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / this.scale, y = (event.clientY - box.top) / this.scale;
      const found = this.columns.find((one) => {
        const row = this.rowOf(one.row);
        return row && x >= one.left && x < one.right && y >= row.top && y < row.bottom;
      });
      return found && found.id;
    }

    show(id) {
      const column = this.columns.find((one) => one.id === id), row = column && this.rowOf(column.row);
      if (!row) return;
      const area = this.scroll, seen = area.scrollLeft / this.scale, room = area.clientWidth / this.scale;
      const side = this.gutter - this.margin, left = this.fromRight ? 8 : side, right = this.fromRight ? side : 8;
      const to = {};
      if (column.left < seen + left || column.right > seen + room - right) to.left = ((column.left + column.right) / 2 - room / 2) * this.scale;
      const top = area.scrollTop / this.scale;
      if (row.bottom < top || row.top > top + area.clientHeight / this.scale) to.top = row.top * this.scale;
      if (Object.keys(to).length) area.scrollTo({ ...to, behavior: still.matches ? "auto" : "smooth" });
    }
  }

  // Zoom and pan by buttons, keys, wheel, mouse and two fingers.
  function listen(chart, choose, preview) {
    const { scroll, section } = chart;
    const acts = { in: () => chart.setZoom(chart.zoom * STEP), out: () => chart.setZoom(chart.zoom / STEP), fit: () => chart.fit(), 1: () => chart.setZoom(1) };
    section.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", acts[button.dataset.zoom]));
    scroll.addEventListener("keydown", (event) => {
      const act = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "1" }[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      acts[act]();
    });
    const within = ({ clientX, clientY }) => {
      const box = scroll.getBoundingClientRect();
      return { x: clientX - box.left, y: clientY - box.top };
    };
    scroll.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      chart.setZoom(chart.zoom * Math.exp(-event.deltaY / 200), within(event));
    }, { passive: false });
    scroll.addEventListener("scroll", () => chart.follow(), { passive: true });

    let pinch = null;
    const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = ([one, other]) => within({ clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 });
    scroll.addEventListener("touchstart", (event) => {
      pinch = event.touches.length === 2 ? { apart: spread(event.touches), zoom: chart.zoom } : null;
    }, { passive: true });
    scroll.addEventListener("touchmove", (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      chart.setZoom(pinch.zoom * spread(event.touches) / pinch.apart, middle(event.touches));
    }, { passive: false });
    scroll.addEventListener("touchend", () => { pinch = null; });

    let drag = null;
    scroll.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      drag = { x: event.clientX, y: event.clientY, left: scroll.scrollLeft, top: scroll.scrollTop, moved: false };
    });
    addEventListener("pointermove", (event) => {
      if (!drag) return;
      const x = event.clientX - drag.x, y = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(x, y) < 5) return;
      drag.moved = true;
      scroll.classList.add("dragging");
      scroll.scrollLeft = drag.left - x;
      scroll.scrollTop = drag.top - y;
    }, { signal });
    addEventListener("pointerup", () => {
      scroll.classList.remove("dragging");
      setTimeout(() => { drag = null; });
    }, { signal });
    scroll.addEventListener("click", (event) => {
      const id = chart.idAt(event);
      if (id && !(drag && drag.moved)) choose(id);
    });
    scroll.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && !(drag && drag.moved)) preview(chart.idAt(event));
    });
    scroll.addEventListener("pointerleave", () => preview(null));
  }

  // The journey: the numbers are tabs, the panel shows the text of the one that is chosen or under the pointer.
  function setUp(article) {
    const section = article.querySelector(".picture"), chart = new Chart(section);
    const strip = section.querySelector(".strip > div"), tabs = [...strip.querySelectorAll("a")];
    const panel = section.querySelector(".panel"), hint = panel.firstElementChild;
    let chosen = null;
    section.querySelector(".tools").hidden = panel.hidden = false;
    strip.setAttribute("role", "tablist");
    strip.setAttribute("aria-label", strip.parentElement.getAttribute("aria-label"));
    panel.setAttribute("role", "tabpanel");
    panel.tabIndex = 0;
    tabs.forEach((tab, n) => {
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.setAttribute("aria-selected", "false");
      tab.tabIndex = n ? -1 : 0;
    });
    panel.setAttribute("aria-label", strip.getAttribute("aria-label"));
    const tabOf = (id) => tabs.find((tab) => tab.dataset.id === id);
    const textOf = (tab) => document.getElementById(tab.hash.slice(1));

    function fill(id) {
      const tab = id && tabOf(id);
      panel.classList.toggle("empty", !tab);
      if (!tab) return panel.replaceChildren(hint);
      const copy = textOf(tab).cloneNode(true);
      copy.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
      const heading = document.createElement("h3");
      heading.append(...copy.firstElementChild.childNodes);
      copy.firstElementChild.remove();
      panel.replaceChildren(heading, ...copy.childNodes);
      panel.scrollTop = 0;
    }
    let shown = null;
    fill(null);
    function show(id) {
      if (id === shown) return;
      shown = id;
      chart.light(id);
      fill(id);
    }
    function choose(id, { focus = false, note = true } = {}) {
      const tab = tabOf(id);
      if (!tab) return;
      chosen = id;
      for (const one of tabs) {
        one.setAttribute("aria-selected", String(one === tab));
        one.tabIndex = one === tab ? 0 : -1;
        textOf(one).classList.toggle("chosen", one === tab);
      }
      panel.setAttribute("aria-label", tab.getAttribute("aria-label"));
      show(id);
      if (focus) tab.focus();
      chart.show(id);
      if (note) try { history.replaceState(null, "", tab.hash); } catch { /* a page within another one has no address */ }
    }
    tabs.forEach((tab, n) => {
      tab.addEventListener("click", (event) => { event.preventDefault(); choose(tab.dataset.id); });
      tab.addEventListener("pointerenter", () => show(tab.dataset.id));
      tab.addEventListener("pointerleave", () => show(chosen));
      textOf(tab).addEventListener("pointerenter", () => chart.light(tab.dataset.id));
      textOf(tab).addEventListener("pointerleave", () => chart.light(shown));
      tab.addEventListener("focus", () => { if (tab.matches(":focus-visible")) choose(tab.dataset.id); });
      tab.addEventListener("keydown", (event) => {
        const ahead = chart.fromRight ? "ArrowLeft" : "ArrowRight", back = chart.fromRight ? "ArrowRight" : "ArrowLeft";
        const to = { [ahead]: n + 1, [back]: n - 1, Home: 0, End: tabs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        choose(tabs[(to + tabs.length) % tabs.length].dataset.id, { focus: true });
      });
    });
    section.querySelectorAll(".lanes input").forEach((box) => box.addEventListener("change", () => {
      chart.hidden[box.checked ? "delete" : "add"](box.value);
      chart.layOut();
    }));
    const numbers = section.querySelector("[data-numbers]");
    if (numbers) numbers.addEventListener("click", () => {
      const on = numbers.getAttribute("aria-pressed") !== "true";
      numbers.setAttribute("aria-pressed", String(on));
      chart.showNumbers(on, tabs.map((tab) => [tab.dataset.id, tab.dataset.score]));
    });
    const menu = section.querySelector("details");
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
    addEventListener("pointerdown", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; }, { signal });
    listen(chart, choose, (id) => show(id || chosen));
    return {
      article,
      chart,
      choose,
      get chosen() { return chosen; },
      fromHash: () => tabs.find((tab) => tab.hash === location.hash),
    };
  }

  const stories = [...document.querySelectorAll(".journey")].map(setUp);
  let story = stories[0];
  function open(next, id) {
    story = next;
    for (const one of stories) one.article.hidden = one !== next;
    next.chart.measure();
    if (id) next.choose(id, { note: false });
  }
  document.querySelectorAll("[name=journey]").forEach((radio) => radio.addEventListener("change", () => {
    const next = stories.find((one) => one.article.id === radio.value), zoom = story.chart.zoom, id = story.chosen;
    open(next, id);
    next.chart.setZoom(zoom);
  }));
  function follow() {
    const next = stories.find((one) => one.fromHash());
    if (!next) return open(story);
    const radio = document.querySelector(`[name=journey][value=${next.article.id}]`);
    if (radio) radio.checked = true;
    open(next, next.fromHash().dataset.id);
  }
  addEventListener("hashchange", follow, { signal });
  document.querySelector(".bar").hidden = false;
  const theme = document.getElementById("theme");
  theme.addEventListener("change", () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
  });
  document.getElementById("print").addEventListener("click", () => print(), { signal });
  follow();
  if (was.zoom) story.chart.setZoom(was.zoom / (story.chart.width * PIXEL));
  if (was.chosen) story.choose(was.chosen, { note: false });
};
if (!window.openPage) window.startJourneys();
