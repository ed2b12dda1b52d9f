// Compiles a schema as the checks of SchemaStore do, and says which of the YAML texts in a file it takes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, schema, texts] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "package.json"));
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

const fail = (...words) => {
  throw new Error(words.join(" "));
};
const ajv = new (require("ajv").default)({ strict: true, logger: { log: fail, warn: fail, error: fail } });
require("ajv-formats").default(ajv);
// SchemaStore knows the first two; the others are named in its schema-validation.jsonc, as docs/editors.md says.
for (const keyword of ["defaultSnippets", "enumDescriptions", "patternErrorMessage", "doNotSuggest"]) {
  ajv.addKeyword(keyword);
}
const takes = ajv.compile(read(schema));
const { load } = require("js-yaml");
if (!(load("2026-11-21") instanceof Date)) {
  fail("this js-yaml makes no dates; version 4 does, which many tools have");
}
console.log(JSON.stringify(read(texts).map((text) => takes(load(text)))));
