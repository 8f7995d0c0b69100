// How soon a page is usable on a cheap phone: a slow network and a slow processor, a cold cache.
//
//   npm --prefix tests/web ci && node tests/web/phone.mjs BINARY DATA [page ...]
//
// It starts the binary itself, without sign-in. The profile is that of a mid-range phone on a slow 4G network as
// performance audits use it: 1.6 Mbit/s down, .75 up, 150 ms for each round trip, the processor four times slower. Told
// of each page: bytes over the network, first contentful paint, and the moment at which the document is read and its
// scripts have run (DOMContentLoaded, end), median of several cold visits, in milliseconds; a busy machine makes it longer.
import { launch, serve } from "./shared.mjs";

const [binary, data, ...named] = process.argv.slice(2);
if (!data) throw new Error("usage: phone.mjs BINARY DATA [page ...]");
const PAGES = named.length ? named : ["/check", "/", "/alarms", "/reports", "/campaigns", "/incidents", "/notices"];
const VISITS = 5;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

const { server, address } = await serve(binary, ["--no-sign-in", "--data", data]);
const browser = await launch();

const painted = (page) => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length > 0);

async function visit(path) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on("Network.loadingFinished", (done) => (bytes += done.encodedDataLength));
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(address + path, { waitUntil: "load" });
  // The paint is told of a moment after the page is there.
  for (let waited = 0; waited < 50 && !(await painted(page)); waited += 1) await page.waitForTimeout(100);
  const times = await page.evaluate(() => {
    const navigation = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { painted: paint?.startTime ?? Number.NaN, usable: navigation.domContentLoadedEventEnd };
  });
  await context.close();
  return { bytes, ...times };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
try {
  console.log("| page | kB | first contentful paint, ms | usable, ms |\n|---|---|---|---|");
  for (const path of PAGES) {
    const visits = [];
    for (let at = 0; at < VISITS; at += 1) visits.push(await visit(path));
    const of = (name) => median(visits.map((it) => it[name]));
    console.log(`| \`${path}\` | ${(of("bytes") / 1000).toFixed(0)} | ${of("painted").toFixed(0)} | ${of("usable").toFixed(0)} |`);
  }
} finally {
  await browser.close();
  server.kill();
}
