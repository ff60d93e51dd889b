// Takes the picture of the dashboard's graph. Called by aspire-screenshot.sh.
import { chromium } from 'playwright-core';

const [login, file] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
page.setDefaultTimeout(60_000);
await page.goto(login);
await page.getByRole('tab', { name: 'Graph' }).click();
await page.getByText('gateway', { exact: true }).first().waitFor();
await page.waitForTimeout(6000); // the graph moves until its parts have found their places
await page.screenshot({ path: file });
await browser.close();
