// Reads diagrams with the parsers of other programs: node read.mjs FOLDER FILE..., where FOLDER has the node_modules.
// Writes a line of JSON for each file.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
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

for (const file of files) {
  const text = readFileSync(file, "utf8");
  const result = await (file.endsWith(".bpmn") ? bpmn(text) : mermaid(text)).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(result));
}
