// Signs in through another people's OpenID Connect provider (npm oidc-provider, certified by the OpenID Foundation),
// both on this machine: the flow with PKCE, discovery, keys, signature, nonce and audience are theirs, not ours.
//
//   FOREWARN=target/debug/forewarn npm --prefix tests/oidc test
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Provider from 'oidc-provider';

const forewarn = resolve(process.env.INIT_CWD ?? '.', process.env.FOREWARN ?? 'target/debug/forewarn');
const folder = mkdtempSync(join(tmpdir(), 'forewarn-oidc-'));
const data = join(folder, 'data');
const free = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const [idPort, port] = [await free(), await free()];
const [issuer, desk] = [`http://127.0.0.1:${idPort}`, `http://127.0.0.1:${port}`];

// People at the provider: whose address is verified, and whose is not.
const people = {
  ana: { email: 'Ana@Example.org', email_verified: true },
  ben: { email: 'ben@example.org', email_verified: false },
  eve: { email: 'eve@example.org', email_verified: true },
};
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'forewarn',
    client_secret: 'a secret/with+odd characters',
    redirect_uris: [`${desk}/sign-in/callback`],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  pkce: { required: () => true },
  cookies: { keys: ['only for a test'] },
});
const identity = provider.listen(idPort, '127.0.0.1');

const run = (...args) => execFileSync(forewarn, ['--data', data, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
run('users', 'invite', 'ana', '--role', 'analyst', '--clearance', 'AMBER');
run('users', 'change', 'ana', '--external', 'ana@example.org');
run('users', 'invite', 'ben', '--role', 'reader');
run('users', 'change', 'ben', '--external', 'ben@example.org');
run('users', 'invite', 'sam', '--role', 'reader');
run('users', 'change', 'sam', '--external', 'subject:sam');

const secret = join(folder, 'secret');
writeFileSync(secret, 'a secret/with+odd characters\n', { mode: 0o600 });
const service = spawn(forewarn, ['--data', data, 'serve', '--listen', `127.0.0.1:${port}`, '--oidc-issuer', issuer,
  '--oidc-client-id', 'forewarn', '--oidc-client-secret-file', secret, '--oidc-name', 'Example ID'],
{ stdio: ['ignore', 'inherit', 'inherit'] });

/// A browser without a window: keeps cookies for each site, follows links where it is told to.
class Browser {
  jars = new Map();

  async go(address, form) {
    const site = new URL(address).origin;
    const jar = this.jars.get(site) ?? new Map();
    this.jars.set(site, jar);
    const headers = { accept: 'text/html', cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(address, form
      ? { method: 'POST', redirect: 'manual', headers: { ...headers, origin: site }, body: new URLSearchParams(form) }
      : { redirect: 'manual', headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, ...value] = pair.split('=');
      if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name); else jar.set(name, value.join('='));
    }
    const to = answer.headers.get('location');
    return { status: answer.status, to: to && new URL(to, address).href, text: await answer.text(), at: address };
  }

  async follow(page, until = () => false) {
    while (page.to && !until(page.to)) page = await this.go(page.to);
    return page;
  }

  /// To the provider and through its pages as `login`, until it sends the browser back; the address.
  async vouch(login) {
    let page = await this.follow(await this.go(`${desk}/sign-in/provider?next=%2Faccount`));
    const back = (address) => address.startsWith(`${desk}/sign-in/callback`);
    for (let step = 0; step < 5; step += 1) {
      const action = page.text.match(/<form[^>]*action="([^"]+)"/)?.[1];
      assert.ok(action, `a form at ${page.at}: ${page.status} ${page.text.slice(0, 300)}`);
      const prompt = page.text.match(/name="prompt" value="([^"]+)"/)[1];
      page = await this.follow(await this.go(new URL(action, page.at).href, { prompt, login, password: 'any' }), back);
      if (page.to) return page.to;
    }
    throw new Error('the provider asks for ever');
  }
}

let failed = 0;
async function check(name, story) {
  try {
    await story();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}

try {
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`${desk}/healthz`).then((answer) => answer.ok, () => false)) break;
    assert.ok(tries < 200, 'the service starts');
    await new Promise((done) => setTimeout(done, 100));
  }
  await check('the page offers the provider', async () => {
    const page = await new Browser().go(`${desk}/sign-in?next=%2Faccount`);
    assert.match(page.text, /Sign in with Example ID/);
    assert.match(page.text, /href="\/sign-in\/provider\?next=%2Faccount"/);
  });
  await check('who was written down comes in, and where they wanted to go', async () => {
    const browser = new Browser();
    const end = await browser.go(await browser.vouch('ana'));
    assert.equal(end.to, `${desk}/account`);
    assert.match((await browser.go(end.to)).text, /signed in as ana/);
    assert.equal((await browser.go(`${desk}/users`)).status, 403);
  });
  await check('by the subject too', async () => {
    const browser = new Browser();
    assert.equal((await browser.go(await browser.vouch('sam'))).to, `${desk}/account`);
  });
  for (const [login, why] of [['eve', 'whom nobody wrote down'], ['ben', 'whose address is not verified']]) {
    await check(`${login}, ${why}, stays out`, async () => {
      const browser = new Browser();
      const page = await browser.go(await browser.vouch(login));
      assert.equal(page.status, 401);
      assert.match(page.text, /no user here has that name/);
      assert.equal((await browser.go(`${desk}/account`)).status, 303);
    });
  }
  await check('an answer counts once, and only in the browser that asked', async () => {
    const browser = new Browser();
    const address = await browser.vouch('ana');
    assert.equal((await new Browser().go(address)).status, 401);
    assert.equal((await browser.go(address)).status, 303);
    assert.equal((await browser.go(address)).status, 401);
  });
  await check('a code that was not given is refused', async () => {
    const browser = new Browser();
    const address = new URL(await browser.vouch('ana'));
    address.searchParams.set('code', 'invented');
    assert.equal((await browser.go(address.href)).status, 502);
  });
  await check('the answer of another issuer is refused', async () => {
    const browser = new Browser();
    const address = new URL(await browser.vouch('ana'));
    address.searchParams.set('iss', 'https://evil.example');
    assert.equal((await browser.go(address.href)).status, 401);
  });
  await check('it stands in the audit log', () => {
    const { entries } = JSON.parse(run('audit', '--action', 'session', '--json'));
    assert.ok(entries.some((entry) => entry.actor === 'ana' && entry.detail === 'by the provider'));
  });
} finally {
  service.kill();
  identity.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed ? `${failed} failed` : 'all hold');
process.exit(failed ? 1 : 0);
