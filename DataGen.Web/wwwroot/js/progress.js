// The head of the page: progress, records by state, rate.
import { cost, number, percent, rate, size, span, timeLeft } from './format.js';
import { setText } from './page.js';
import { plainText } from './plaintext.js';
import { isLive } from './taskparts.js';

const page = document.getElementById('task');
const part = name => page.querySelector(`[data-field=${name}]`);
const bar = part('bar');
const [goodBar, badBar, flyingBar, againBar] = bar.children;

/** How many records are in which state; the four numbers always add up to the count asked for. Display/Ledger.cs counts the same way. */
export function ledgerOf(task) {
  const open = task.count - task.completed;
  const inFlight = isLive(task) ? Math.min(task.inFlightCount ?? task.inFlight?.length ?? 0, open) : 0;
  return { good: task.completed - task.failures, failed: task.failures, inFlight, waiting: open - inFlight };
}

/** @param {object} task @param {number} paused seconds in which the task was paused */
export function showProgress(task, paused) {
  const ledger = ledgerOf(task);
  const live = isLive(task);
  setText(part('status'), task.status);
  setText(part('completed'), number(task.completed));
  setText(part('percent'), String(percent(task.completed, task.count)));
  setText(part('good'), number(ledger.good));
  setText(part('failures'), number(ledger.failed));
  setText(part('inFlight'), number(ledger.inFlight));
  setText(part('waiting'), number(ledger.waiting));
  setText(part('waitingLabel'), live ? 'Waiting' : 'Not generated');
  showAnswers(task);
  setText(part('tokensIn'), number(task.tokens?.input ?? 0));
  setText(part('tokensOut'), number(task.tokens?.output ?? 0));
  setText(part('data'), task.dataBytes ? size(task.dataBytes) : '–');
  setText(part('failedToo'), task.failures > 0 ? ` · ${number(task.failures)} failed` : '');
  showBar(task, ledger);
  showAgain(task);
  showNote(task);
  showPace(task, paused);
  showElapsed(task);
}

function showBar(task, { good, failed, inFlight }) {
  bar.setAttribute('viewBox', `0 0 ${task.count} 1`);
  bar.setAttribute('aria-valuemax', task.count);
  bar.setAttribute('aria-valuenow', task.completed);
  bar.setAttribute('aria-valuetext', `${percent(task.completed, task.count)}%, ${number(failed)} failed`);
  goodBar.setAttribute('width', good);
  badBar.setAttribute('x', good);
  badBar.setAttribute('width', failed);
  flyingBar.setAttribute('x', task.completed);
  flyingBar.setAttribute('width', inFlight);
  againBar.setAttribute('x', task.completed);
  againBar.setAttribute('width', Math.min(inFlight, againOf(task)));
}

const againOf = task => (isLive(task) ? task.retrying ?? [] : []).reduce((sum, { count }) => sum + count, 0);

/** Why records in flight are made again: the most frequent reason here, all of them in the tab of errors. */
function showAgain(task) {
  const again = againOf(task);
  const line = part('again');
  line.hidden = again === 0;
  setText(line, again === 0 ? '' : `${number(again)} in flight ${again === 1 ? 'is' : 'are'} tried again: ${plainText(task.retrying[0].message)}${task.retrying.length > 1 ? ' And for other reasons.' : ''}`);
}

const Kinds = [['invalid', 'not valid'], ['rule', 'against a rule'], ['duplicate', 'repeated'], ['near', 'nearly repeated']];

/** Calls made, and answers that were rejected; Display/TaskSummary.cs uses the same words. */
function showAnswers(task) {
  const calls = task.spent?.calls ?? 0;
  setText(part('calls'), number(calls));
  page.querySelector('[data-part=calls]').hidden = calls === 0;
  const priced = task.spent?.cost !== undefined;
  setText(part('cost'), priced ? cost(task.spent.cost) : '');
  page.querySelector('[data-part=cost]').hidden = !priced;
  const kinds = Kinds.filter(([kind]) => task.rejected?.[kind] > 0);
  setText(part('rejected'), number(kinds.reduce((sum, [kind]) => sum + task.rejected[kind], 0)));
  setText(part('rejectedKinds'), kinds.map(([kind, words]) => `${number(task.rejected[kind])} ${words}`).join(', '));
  page.querySelector('[data-part=rejected]').hidden = kinds.length === 0;
}

const Stopped = {
  budget: 'Stopped: its budget is used up. With a higher one it goes on.',
  deadline: 'Stopped: its time was over. With a later one it goes on.',
  stall: 'Stopped: of the last answers fewer than one in a hundred was taken. Look at what was rejected and why before it goes on.',
};

function showNote(task) {
  const note = part('note');
  setText(note, Stopped[task.stoppedBy] ?? plainText(task.failureReason || task.waitingReason || ''));
  note.hidden = note.textContent === '';
  note.dataset.kind = isLive(task) || task.stoppedBy ? 'waiting' : 'failed';
}

function showPace(task, paused) {
  const live = isLive(task);
  const seconds = secondsOf(task) - paused;
  const perSecond = live ? task.recordsPerSecond ?? 0 : seconds > 0 ? task.completed / seconds : 0;
  setText(part('rateLabel'), live ? 'Rate' : 'Mean rate');
  setText(part('rate'), perSecond > 0 ? rate(perSecond) : '–');
  page.querySelector('[data-part=timeLeft]').hidden = !live;
  setText(part('timeLeft'), live && perSecond > 0 ? timeLeft((task.count - task.completed) / perSecond) : '–');
}

/** An outdated rate is not shown. */
export function dropPace() {
  setText(part('rate'), '–');
  setText(part('timeLeft'), '–');
}

export function showElapsed(task) {
  setText(part('elapsedLabel'), isLive(task) ? 'Elapsed' : 'Took');
  if (task.startedAt) setText(part('elapsed'), span(secondsOf(task)));
}

const secondsOf = task =>
  task.startedAt ? ((task.finishedAt ? new Date(task.finishedAt) : new Date()) - new Date(task.startedAt)) / 1000 : 0;
