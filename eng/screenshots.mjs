// Drives the running product in Chromium and takes the pictures of the README. Called by screenshots.sh.
import { chromium } from 'playwright-core';

const [origin, username, password, folder] = process.argv.slice(2);
const prompts = [
  ['A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points', 200],
  ['A support ticket for a home router: ticket id, product, severity (low, medium or high), subject, message in two sentences, opened on', 120],
  ['A reading of a weather station: station id, time, temperature in celsius, humidity percent, wind speed, battery low yes/no', 200],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function signIn(options) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForURL(`${origin}/`), page.press('input[name=password]', 'Enter')]);
  return page;
}

async function create(page, prompt, count) {
  const response = await page.request.post(`${origin}/api/tasks`, { data: { prompt, count } });
  if (!response.ok()) throw new Error(await response.text());
  return (await response.json()).id;
}

async function completed(page, id, atLeast) {
  for (let i = 0; i < 300; i++) {
    const task = await (await page.request.get(`${origin}/api/tasks/${id}`)).json();
    if (task.completed >= atLeast) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`Task ${id} did not reach ${atLeast} records within 30 s.`);
}

try {
  const page = await signIn({ viewport: { width: 1280, height: 900 } });
  const first = await create(page, ...prompts[0]);
  await completed(page, first, 200);
  await create(page, ...prompts[1]);
  const running = await create(page, ...prompts[2]);
  await completed(page, running, 40);
  await page.goto(`${origin}/`);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}/dashboard.png` });

  const watched = await create(page, ...prompts[0]);
  await page.goto(`${origin}/tasks/${watched}`);
  await completed(page, watched, 60);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/task.png` });

  const phone = await signIn({ viewport: { width: 390, height: 844 }, isMobile: true, colorScheme: 'dark' });
  await phone.goto(`${origin}/tasks/${first}`);
  await phone.waitForTimeout(800);
  await phone.screenshot({ path: `${folder}/phone.png` });
} finally {
  await browser.close();
}
