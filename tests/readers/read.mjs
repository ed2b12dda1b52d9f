// Reads diagrams with the parsers of other programs: node read.mjs FOLDER FILE..., where FOLDER has the node_modules.
// Writes a line of JSON for each file.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const required = createRequire(`${folder}/`);
const load = (name) => import(pathToFileURL(required.resolve(name)));

async function bpmn(text) {
  const { BpmnModdle } = await load("bpmn-moddle");
  const { rootElement, warnings, elementsById } = await new BpmnModdle().fromXML(text);
  return {
    warnings: warnings.map((one) => one.message),
    diagrams: rootElement.diagrams.length,
    tasks: Object.values(elementsById).filter((one) => /:(User|Receive)Task$/.test(one.$type)).map((one) => one.name),
  };
}

async function mermaid(text) {
  const { JSDOM } = await load("jsdom");
  const { window } = new JSDOM("");
  Object.assign(globalThis, { window, document: window.document });
  const { default: parser } = await load("mermaid");
  await parser.parse(text); // which makes the kinds of diagrams known
  const { db } = await parser.mermaidAPI.getDiagramFromText(text);
  const tasks = db.getTasks().map((one) => ({ title: one.task, score: one.score, people: one.people, stage: one.section }));
  return { title: db.getDiagramTitle(), tasks };
}

// The viewer in a page without layout: a window has a size, a canvas keeps the words that are written on it.
async function canvas(text) {
  const { JSDOM } = await load("jsdom");
  const { window } = new JSDOM("<div></div>", { pretendToBeVisual: true });
  const words = [];
  const context = new Proxy({}, {
    get: (_, name) => ({ fillText: (word) => words.push(word), measureText: () => ({ width: 10 }) })[name] ?? (() => {}),
    set: () => true,
  });
  window.HTMLCanvasElement.prototype.getContext = () => context;
  for (const size of ["clientWidth", "clientHeight"]) Object.defineProperty(window.Element.prototype, size, { value: 4000 });
  const { document, requestAnimationFrame, cancelAnimationFrame } = window;
  const ResizeObserver = class { observe() {} disconnect() {} };
  Object.assign(globalThis, { window, document, requestAnimationFrame, cancelAnimationFrame, ResizeObserver });
  const { JSONCanvasViewer, parser } = await import(pathToFileURL(`${folder}/node_modules/json-canvas-viewer/dist/index.js`));
  const container = document.querySelector("div");
  const viewer = new JSONCanvasViewer({ container, canvas: JSON.parse(text), parser }, []);
  viewer.refresh();
  await new Promise((done) => setTimeout(done, 50)); // its cards are written when their Markdown is read
  const cards = [...document.querySelectorAll(".JCV-overlay-container")].map((one) => ({
    id: one.id,
    title: one.querySelector("p strong")?.textContent,
    text: one.querySelector(".JCV-parsed-content-wrapper").textContent,
  }));
  viewer.dispose();
  return { cards, words };
}

// What Miro's own client sends of each body: it leaves out what the request has no place for.
async function miro(text) {
  const { default: models } = await load("@mirohq/miro-api/dist/model/models.js");
  const bodies = JSON.parse(text);
  return {
    bodies,
    sent: bodies.map((body) => models.ObjectSerializer.serialize(body, "Array<ItemCreate>")),
    types: Object.keys(models.ItemTypeChange),
    shapes: Object.values(models.StickyNoteDataPlatformbulkcreateoperation.ShapeEnum),
    colors: Object.values(models.StickyNoteStylePlatformbulkcreateoperation.FillColorEnum),
  };
}

const readers = { ".bpmn": bpmn, ".mmd": mermaid, ".canvas": canvas, ".json": miro };
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const result = await readers[extname(file)](text).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(result));
}
