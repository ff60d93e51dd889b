// Drives the running product in Chromium and takes pictures: those of the README, or every page in light and dark, wide and on a phone. Called by screenshots.sh.
import { chromium } from 'playwright-core';

const [origin, mock, username, password, folder, everything] = process.argv.slice(2);
const prompts = [
  ['A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points', 200],
  ['A support ticket for a home router: ticket id, product, severity (low, medium or high), subject, message in two sentences, opened on', 120],
  ['A reading of a weather station: station id, time, temperature in celsius, humidity percent, wind speed, battery low yes/no', 200],
];
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function open(options, address) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  await page.goto(`${origin}${address}`);
  return page;
}

async function signIn(options) {
  const page = await open(options, '/login');
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForURL(`${origin}/`), page.press('input[name=password]', 'Enter')]);
  return page;
}

async function ask(page, path, data) {
  const response = await page.request.post(`${origin}/api/${path}`, { data });
  if (!response.ok()) throw new Error(`${path}: ${await response.text()}`);
  return response.json();
}

const create = async (page, prompt, count, concurrency) => (await ask(page, 'tasks', { prompt, count, concurrency })).id;

async function until(page, id, condition, what) {
  for (let i = 0; i < 600; i++) {
    if (condition(await (await page.request.get(`${origin}/api/tasks/${id}`)).json())) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`Task ${id}: ${what} did not happen within 60 s.`);
}

const completed = (page, id, atLeast) => until(page, id, task => task.completed >= atLeast, `${atLeast} records`);

const faults = inference => fetch(`${mock}/mock/faults`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ inference }) });

/** The four pictures of the README. */
async function forReadme() {
  const page = await signIn({ viewport: { width: 1280, height: 1000 } });
  const first = await create(page, ...prompts[0]);
  await completed(page, first, 200);
  await create(page, ...prompts[1]);
  const running = await create(page, ...prompts[2]);
  await completed(page, running, 40);
  await page.goto(`${origin}/`);
  await page.getByLabel('Describe one record').fill('A support ticket of a router maker: subject, message of two sentences, product, plan (70 % free, 30 % pro), severity (low, medium, high)');
  await page.getByLabel('How many records').fill('500');
  await page.getByRole('button', { name: 'Suggest fields' }).click();
  await page.locator('#fields:not([hidden])').waitFor();
  await page.getByRole('button', { name: 'Preview 5' }).click();
  await page.locator('#preview .preview-records tbody tr').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/dashboard.png` });

  const watched = await create(page, ...prompts[0]);
  await page.goto(`${origin}/tasks/${watched}`);
  await completed(page, watched, 60);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/task.png` });

  await page.goto(`${origin}/tasks/${first}?filter=age%3E%3D40&sort=-age`);
  await page.locator('#data-table .profile-facts').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/data.png` });

  const small = await signIn({ ...phone, colorScheme: 'dark' });
  await small.goto(`${origin}/tasks/${first}`);
  await small.waitForTimeout(800);
  await small.screenshot({ path: `${folder}/phone.png` });
}

/** Every page and what opens on it. */
async function ofEverything() {
  const setter = await signIn(wide);
  const newcomer = await setter.context().storageState();
  const empty = await picturesOf(newcomer, [['dashboard-empty', '/', page => page.waitForTimeout(300)]]);
  await ask(setter, 'users', { username: 'grace', password: 'a-password-of-grace', role: 'admin' });
  await ask(setter, 'users', { username: 'ada', password: 'a-password-of-ada', role: 'user' });
  const ended = await create(setter, ...prompts[0], 32);
  await completed(setter, ended, 165);
  await faults({ malformedRate: 1, malformedKind: 'empty' });
  await until(setter, ended, task => task.status !== 'running', 'its end');
  await faults({ malformedRate: 0, latencyMs: 1500 });
  const cancelled = await create(setter, ...prompts[1], 2);
  await completed(setter, cancelled, 3);
  await ask(setter, `tasks/${cancelled}/cancel`, {});
  const small = await create(setter, prompts[2][0], 200, 4);
  const large = await create(setter, prompts[0][0], 20_000, 24);
  await completed(setter, large, 120);

  const state = await setter.context().storageState();
  const still = page => page.waitForTimeout(1200);
  return empty + await picturesOf(state, [
    ['dashboard', '/', still],
    ['dashboard-menu', '/', page => page.locator('#task-list [data-menu] > summary').first().click()],
    ['dashboard-deleted', '/?deleted=0199aaaa-0000-7000-8000-000000000000&status=succeeded', still],
    ['dashboard-copy', `/?from=${cancelled}`, still],
    ['task-running', `/tasks/${small}`, still],
    ['task-large', `/tasks/${large}`, still],
    ['task-data', `/tasks/${ended}#data`, still],
    ['task-data-running', `/tasks/${small}#data`, still],
    ['task-data-filtered', `/tasks/${ended}?filter=age%3E%3D30&sort=-age#data`, page => page.locator('#filter-box > summary').click()],
    ['task-ended', `/tasks/${ended}#progress`, still],
    ['task-errors', `/tasks/${ended}#errors`, still],
    ['task-request', `/tasks/${ended}#request`, still],
    ['task-download', `/tasks/${ended}`, page => page.locator('#downloads > summary').click()],
    ['task-record', `/tasks/${ended}#data`, page => page.locator('#data-table .open-record').first().click()],
    ['task-failure', `/tasks/${ended}#errors`, page => page.locator('.failure-example').first().click()],
    ['task-delete', `/tasks/${ended}`, page => page.locator('#delete-form button').click()],
    ['account', '/account', still],
    ['users', '/users', still],
    ['users-new', '/users', page => page.locator('#new-user').click()],
    ['not-found', '/nowhere', still],
  ]) + await picturesOf(undefined, [
    ['login', '/login', still],
    ['login-refused', '/login', async page => {
      await page.fill('input[name=username]', 'nobody');
      await page.fill('input[name=password]', 'not-a-password');
      await page.press('input[name=password]', 'Enter');
      await page.locator('#login-error:visible').waitFor();
    }],
  ]);
}

async function picturesOf(storageState, scenes) {
  let taken = 0;
  for (const [size, options] of Object.entries({ wide, phone })) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ deviceScaleFactor: 1, storageState, colorScheme, reducedMotion: 'reduce', ...options });
      for (const [name, address, act] of scenes) {
        const page = await context.newPage();
        await page.goto(`${origin}${address}`);
        await page.waitForTimeout(400); // the script is to be there
        await act(page);
        await page.waitForTimeout(300);
        const hasDialog = await page.locator('dialog[open]').count() > 0;
        await page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: !hasDialog });
        await page.close();
        taken++;
      }
      await context.close();
    }
  }
  return taken;
}

try {
  if (everything) console.log(`${await ofEverything()} pictures are in ${folder}.`);
  else await forReadme();
} finally {
  await browser.close();
}
