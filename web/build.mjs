// Makes web/dist/ from web/src/ and templates/web/css/, or with --check proves that it is fresh.
//
// Everything that a browser loads comes from here: no request leaves the machine that serves it. The output is
// committed, so that building the binary needs neither Node nor npm. It depends on the sources and on the lock
// file alone.
import { build, transform } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const read = (...path) => readFileSync(join(root, ...path), "utf8");

// Browsers of the last five years; the page for job seekers uses no script at all.
const TARGET = ["chrome109", "firefox115", "safari16"];

/** Entry points of scripts by the name of their output. */
const SCRIPTS = { app: "src/app.ts", map: "src/map.ts", graph: "src/graph/index.ts" };

/** Style sheets by name: the parts of templates/web/css, in order. */
const SHEETS = {
  desk: ["tokens", "base", "controls", "shell", "parts", "figures", "graph", "print"],
  check: ["tokens", "base", "controls", "check", "print"],
};

/** The largest size in bytes that a file may have; a page is read over slow lines. */
const BYTES_MAX = { "desk.css": 30_000, "check.css": 15_000 };

async function scripts() {
  const entries = Object.entries(SCRIPTS).filter(([, source]) => existsSync(join(here, source)));
  const built = await build({
    absWorkingDir: here,
    entryPoints: entries.map(([out, source]) => ({ in: source, out })),
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    legalComments: "none",
    charset: "utf8",
    write: false,
    metafile: true,
  });
  const files = built.outputFiles.map((file) => [file.path.slice(dist.length + 1), file.text]);
  return [files, packages(Object.keys(built.metafile.inputs))];
}

/** The packages that inputs come from, in order of name. */
function packages(inputs) {
  const names = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function licences(names) {
  const parts = names.map((name) => {
    const about = JSON.parse(read("web/node_modules", name, "package.json"));
    const file = readdirSync(join(here, "node_modules", name)).find((file) => /^licen[cs]e/i.test(file));
    const text = file ? read("web/node_modules", name, file).trim() : `Licence: ${about.license}`;
    return `${name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  return `What is bundled into the scripts of this folder, and its licences.\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

async function sheet(parts) {
  const text = parts.map((part) => (part === "tokens" ? tokens() : read("templates/web/css", `${part}.css`))).join("\n");
  return (await transform(text, { loader: "css", minify: true, target: TARGET, legalComments: "none" })).code;
}

/** The tokens, with the dark values also for readers whose system is dark and who chose nothing. */
function tokens() {
  const text = read("templates/web/css/tokens.css");
  const dark = text.match(/:root\.dark \{([^}]*)\}/)[1];
  return `${text}\n@media (prefers-color-scheme: dark) { :root:not(.light) {${dark}} }`;
}

/** The mark of the product as a file of its own: browsers show it beside the title. */
function icon() {
  return read("templates/web/logo.svg").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" color="#d95f00" ');
}

/** Outlines without an ISO number, and the country that each is drawn with, as in crates/render. */
const WITHOUT_NUMBER = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };

/** The countries of Natural Earth with their ISO 3166-1 codes of two letters, and the places of the small ones; without Antarctica. */
function world() {
  const topology = JSON.parse(read("gazetteers/naturalearth/countries-110m.json"));
  const small = JSON.parse(read("gazetteers/naturalearth/small.json"));
  const codes = new Map(JSON.parse(read("gazetteers/iso3166/iso3166_codes.json")).map(([two, , number]) => [number, two]));
  const countries = topology.objects.countries.geometries.filter((shape) => shape.id !== "010");
  const named = countries.map(({ type, arcs, id, properties }) => ({ type, arcs, id: codes.get(id) ?? WITHOUT_NUMBER[properties.name] }));
  return JSON.stringify({ ...topology, objects: { countries: { type: "GeometryCollection", geometries: named } }, small });
}

const [files, names] = await scripts();
files.push(["LICENSES.txt", licences(names)], ["world.json", world()], ["icon.svg", icon()]);
for (const [name, parts] of Object.entries(SHEETS)) files.push([`${name}.css`, await sheet(parts)]);

for (const [name, text] of files) {
  const bytes = Buffer.byteLength(text);
  if (bytes > (BYTES_MAX[name] ?? Infinity)) throw new Error(`${name} has ${bytes} bytes, more than ${BYTES_MAX[name]}`);
  if (text.includes(root)) throw new Error(`${name} names a path of this machine`);
}

if (process.argv.includes("--check")) {
  const stale = files.filter(([name, text]) => !existsSync(join(dist, name)) || readFileSync(join(dist, name), "utf8") !== text);
  const extra = readdirSync(dist).filter((name) => !files.some(([known]) => known === name));
  if (stale.length + extra.length > 0) {
    console.error(`web/dist is stale: ${[...stale.map(([name]) => name), ...extra].join(", ")}: run npm --prefix web run build`);
    process.exit(1);
  }
  console.log("web/dist is fresh");
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, text] of files) {
    writeFileSync(join(dist, name), text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  }
}
