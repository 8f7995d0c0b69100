// The story of a warning in a real browser: an analyst goes from an alarm to a draft, two reviewers approve, a publisher
// issues and sends it; an officer of a member opens, acknowledges and replies; an extract becomes public. With axe-core on
// every page, and the four eyes where they must stop somebody.
//
//   npm --prefix tests/web ci && node tests/web/notices.mjs [binary] [folder for screenshots]
//
// It makes a data folder of its own and starts the binary on a free port. CHROMIUM names the browser.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { audit as auditPage, end, expect, fits, launch, serve } from "./shared.mjs";

const binary = process.argv[2] ?? "target/release/forewarn";
const shots = process.argv[3];
const timeline = resolve(import.meta.dirname, "../../incidents/timeline.csv");
const PASSWORD = "violet-anchor-mosaic-tundra";
const PASSPHRASE = "a passphrase for tests";
const folder = mkdtempSync(join(tmpdir(), "forewarn-notices-"));
const data = join(folder, "data");

function run(...words) {
  const done = spawnSync(binary, ["--data", data, ...words], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${words.join(" ")} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

run("incidents", "import", timeline, "-q");
const { server, address, link } = await serve(binary, ["--data", data], { joining: true });
const browser = await launch();

async function open(options = {}) {
  const context = await browser.newContext({ locale: "en-GB", bypassCSP: true, viewport: { width: 1280, height: 900 }, ...options });
  return context.newPage();
}

async function audit(page, name) {
  await auditPage(page, name);
  await fits(page, name);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** Follows a link to join, and signs in. */
async function joined(where, name) {
  const page = await open();
  await page.goto(where);
  await page.fill("#password", PASSWORD);
  await page.fill("#again", PASSWORD);
  await page.click("main form.card button");
  await page.waitForURL(/\/sign-in/);
  await page.fill("#name", name);
  await page.fill("#password", PASSWORD);
  await page.click("form[action='/sign-in'] button");
  await page.waitForLoadState();
  return page;
}

async function invited(admin, name, role, organisation) {
  await admin.goto(`${address}/users/new`);
  await admin.fill("#name", name);
  await admin.fill("#shown", name);
  await admin.fill("#organisation", organisation);
  await admin.check(`#role-${role}`);
  await admin.selectOption("#clearance", "AMBER");
  await admin.click("main form.card button");
  return joined((await admin.textContent("pre.secret")).trim(), name);
}

const text = (page, selector = "main") => page.textContent(selector);

try {
  if (shots) mkdirSync(shots, { recursive: true });
  const admin = await joined(link, "admin");
  await admin.goto(`${address}/members/new`);
  await admin.fill("#id", "ke-bureau");
  await admin.fill("#name", "Bureau Nairobi");
  await admin.fill("#country", "KE");
  await admin.fill("#channels", `folder:${join(folder, "inbox")}`);
  await admin.click("main form.card button");
  const analyst = await invited(admin, "ana", "analyst", "");
  const [bo, cy] = [await invited(admin, "bo", "reviewer", ""), await invited(admin, "cy", "reviewer", "")];
  const publisher = await invited(admin, "dee", "publisher", "");
  const officer = await invited(admin, "kim", "partner", "ke-bureau");

  // From an alarm to a draft, and what stands behind each sentence.
  const alarm = JSON.parse(run("watch", "--json")).findLast((one) => one.kind === "region").id;
  await analyst.goto(`${address}/alarms/${alarm}`);
  await analyst.click(`a[href='/notices/new?alarm=${alarm}']`);
  await audit(analyst, "notice-new");
  await analyst.fill("#issuer", "Example Bureau");
  await analyst.fill("#number", "EX-2025-OR-0001");
  await analyst.click("main form button");
  await analyst.waitForURL(/done=notice-drafted/);
  const notice = new URL(analyst.url()).pathname;
  await audit(analyst, "notice-draft");
  expect("evidence stands beside every sentence", (await analyst.locator(".evidence:not(:has(footer a))").count()) === 0);
  const first = analyst.locator("input[name=statement]").first();
  const kept = await analyst.locator("input[name=statement]:checked").count();
  await first.uncheck();
  await analyst.click("button:has-text('Save the choice')");
  await analyst.waitForURL(/done=notice-changed/);
  expect("a sentence was struck out", (await analyst.locator("input[name=statement]:checked").count()) === kept - 1);
  await analyst.locator("input[name=statement]:not(:checked)").first().check();
  await analyst.click("button:has-text('Save the choice')");
  await analyst.waitForURL(/done=notice-changed/);
  expect("and put back", (await analyst.locator("input[name=statement]:checked").count()) === kept);
  expect("a reviewer may not submit", (await bo.goto(address + notice), await bo.locator("button[formaction$='/submit']").count()) === 0);
  // Two tabs: the second is told that the first has changed the draft.
  const other = await analyst.context().newPage();
  await other.goto(address + notice);
  await analyst.locator("input[name=statement]").nth(1).uncheck();
  await analyst.click("button:has-text('Save the choice')");
  await analyst.waitForURL(/done=notice-changed/);
  await other.locator("input[name=statement]").nth(2).uncheck();
  await other.click("button:has-text('Save the choice')");
  await other.waitForLoadState();
  expect("a stale draft is not saved", (await text(other)).includes("Somebody else has changed this draft"));
  await audit(other, "notice-draft-stale");
  await other.close();
  // What is struck out and not yet saved is struck out when it is handed in.
  const last = analyst.locator("input[name=statement]").last();
  const struck = (await analyst.locator("label[for^='s-']").last().textContent()).trim();
  await last.uncheck();
  await analyst.fill("#why-submit", "warn the bureaus of the region");
  await analyst.click("button[formaction$='/submit']");
  await analyst.waitForURL(/done=notice-submitted/);
  expect("what was struck out stays out", !(await text(analyst)).includes(struck));
  expect("the author is told why they cannot approve", (await text(analyst)).includes("role of a reviewer"));

  // Four eyes.
  await bo.goto(address + notice);
  await audit(bo, "notice-in-review");
  await bo.fill("#why-approve", "compared with its sources");
  await bo.click("form[action$='/approve'] button");
  await bo.waitForURL(/done=notice-approved/);
  expect("nobody approves twice", (await text(bo)).includes("one other person must"));
  const again = await bo.evaluate(async (to) => (await fetch(`${to}/approve`, { method: "POST", body: new URLSearchParams({ why: "again" }) })).status, notice);
  expect("not even past the page", again === 409, `${again}`);
  await cy.goto(address + notice);
  await cy.fill("#why-approve", "the alarm stands");
  await cy.click("form[action$='/approve'] button");
  await cy.waitForURL(/done=notice-approved/);
  expect("a reviewer may not issue", (await text(cy)).includes("role of a publisher"));

  // Signed with the passphrase that is typed into the page.
  await publisher.goto(address + notice);
  await audit(publisher, "notice-approved");
  await publisher.fill("#why-issue", "two have approved");
  await publisher.fill("#passphrase", "short");
  await publisher.click("form[action$='/issue'] button");
  await publisher.waitForLoadState();
  expect("a short passphrase is told beside its field", (await text(publisher, "#passphrase-error")).includes("at least 12"));
  expect("and nothing typed is lost", (await publisher.inputValue("#why-issue")) === "two have approved");
  await audit(publisher, "notice-passphrase-short");
  await publisher.fill("#passphrase", PASSPHRASE);
  await publisher.click("form[action$='/issue'] button");
  await publisher.waitForURL(/done=notice-issued/);
  const signed = await publisher.evaluate(async (to) => (await fetch(`${to}/file/notice.json`)).text(), notice);
  writeFileSync(join(folder, "notice.json"), signed);
  run("verify", join(folder, "notice.json"));
  const pdf = await publisher.evaluate(async (to) => (await (await fetch(`${to}/file/notice.pdf`)).text()).slice(0, 5), notice);
  expect("there is a PDF of it", pdf === "%PDF-", pdf);

  // Who gets it, and that it is on its way; before that it is nobody's.
  await officer.goto(`${address}/received`);
  expect("what was not distributed is not there", (await officer.locator("ul.rows a").count()) === 0);
  const early = await officer.goto(address + notice.replace("/notices/", "/received/"));
  expect("nor to be found by its id", early.status() === 404, `${early.status()}`);
  await publisher.goto(`${address}${notice}/distribution`);
  expect("the audience is shown before", (await text(publisher)).includes("Bureau Nairobi"));
  await audit(publisher, "notice-distribution");
  await publisher.click("button:has-text('Send it')");
  await publisher.waitForURL(/done=notice-queued/);
  run("notice", "deliver", "--document-only");

  // The officer opens, acknowledges and replies; the publisher sees it as it happens.
  await officer.goto(`${address}/received`);
  await audit(officer, "received");
  await officer.click("ul.rows a");
  await audit(officer, "received-notice");
  await officer.click("button:has-text('Acknowledge')");
  await officer.waitForURL(/done=received-acknowledged/);
  await officer.selectOption("#kind", "new_observables");
  await officer.fill("#text", "seen in two advertisements here");
  await officer.fill("#identifiers", "phone:notaphone");
  await officer.click("button:has-text('Send')");
  await officer.waitForLoadState();
  expect("a slip is told beside the field", (await text(officer, "#identifiers-error")).includes("phone:notaphone"));
  expect("and the text is kept", (await officer.inputValue("#text")) === "seen in two advertisements here");
  await audit(officer, "received-slip");
  await officer.fill("#identifiers", "handle:telegram:test_sample_hr\nphone:+254700000001");
  await officer.click("button:has-text('Send')");
  await officer.waitForURL(/done=received-replied/);
  expect("the reply stands there", (await text(officer)).includes("test_sample_hr"));
  expect("a partner does not see the board", (await officer.goto(`${address}/notices`)).status() === 403);
  await publisher.waitForFunction(() => document.body.textContent.includes("test_sample_hr"), null, { timeout: 20000 }).catch(() => publisher.reload());
  expect("the issuer sees receipt and reply", (await text(publisher, "#status")).includes("test_sample_hr"));
  await audit(publisher, "notice-answers");

  // An extract: proposed by one, published by another, read by everybody.
  await publisher.goto(`${address}${notice}/extract`);
  await publisher.fill("#why", "job seekers should know");
  await publisher.fill("#consent", "all sources are public");
  await publisher.click("button:has-text('Propose it')");
  await publisher.waitForURL(/done=notice-extract-proposed/);
  expect("who proposed does not publish", (await publisher.locator("form[action$='/publish']").count()) === 0);
  await bo.goto(`${address}${notice}/extract`);
  await audit(bo, "notice-extract");
  await bo.fill("#why-publish", "it names nobody");
  await bo.click("form[action$='/publish'] button");
  await bo.waitForURL(/done=notice-extract-published/);
  const reader = await open({ locale: "sw", viewport: { width: 360, height: 740 } });
  await reader.goto(`${address}/public`);
  expect("everybody may read it, in their language", (await text(reader)).includes("Tahadhari"));
  expect("without a cookie", (await reader.context().cookies()).length === 0);
  await audit(reader, "public");
  const feed = await (await fetch(`${address}/public/feed.atom`)).text();
  expect("and as a feed", feed.includes("<entry") && feed.includes("TLP:CLEAR"));

  // A copy is verified by anybody at the desk; a changed one is not.
  await analyst.goto(`${address}/notices/verify`);
  await analyst.setInputFiles("#document", join(folder, "notice.json"));
  await analyst.click("main form button");
  expect("a copy holds", (await text(analyst)).includes("EX-2025-OR-0001") && !(await text(analyst)).includes("Does not hold"));
  await audit(analyst, "notice-verify");
  writeFileSync(join(folder, "forged.json"), signed.replace("Example Bureau", "Another Bureau"));
  await analyst.setInputFiles("#document", join(folder, "forged.json"));
  await analyst.click("main form button");
  expect("a forged one does not", (await text(analyst)).includes("Does not hold"));

  // Taken back: the member is told, and the public page too.
  await publisher.goto(address + notice);
  await publisher.click("summary:has-text('Take it back')");
  await publisher.fill("#why-withdraw", "an error");
  await publisher.fill("#pass-withdraw", PASSPHRASE);
  await publisher.click("form[action$='/end'] button.danger-button");
  await publisher.waitForURL(/done=notice-ended/);
  await officer.goto(`${address}/received`);
  expect("the member sees that it was withdrawn", (await text(officer)).includes("Withdrawn"));
  expect("and so does the public", (await (await fetch(`${address}/public?lang=en`)).text()).includes("was withdrawn on"));

  const states = { ana: await analyst.context().storageState(), dee: await publisher.context().storageState() };
  for (const [locale, width, colorScheme] of [["ar", 360, "light"], ["fr", 768, "dark"], ["es", 1440, "light"]]) {
    const page = await open({ locale, colorScheme, storageState: states.dee, viewport: { width, height: 900 } });
    for (const path of ["/notices", notice, `${notice}/distribution`, `${notice}/extract`, "/notices/verify"]) {
      await page.goto(address + path);
      await audit(page, `${path.slice(1).replace(/ntc-[0-9a-f]+/, "one").replaceAll("/", "-")}-${locale}-${width}-${colorScheme}`);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
end("notices");
