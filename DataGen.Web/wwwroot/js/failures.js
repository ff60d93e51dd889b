// The failures by message, each with an example record; Pages/Task.cshtml renders the first list.
import { number } from './format.js';
import { setText } from './page.js';
import { plainText } from './plaintext.js';

const Other = 'other'; // what Tasks calls all further messages
const list = document.getElementById('failure-list');
const retryingList = document.getElementById('retrying-list');

/** @param {(index: number, message: string) => void} open */
export function wireFailures(open) {
  list.addEventListener('click', event => {
    const row = event.target.closest('.failure-example')?.closest('li');
    if (row) open(Number(row.dataset.first), row.dataset.message);
  });
}

/** @param {{message: string, count: number, firstIndex: number}[]} groups most frequent first */
export function showFailures(groups) {
  const tokens = document.getElementById('retry-tokens');
  tokens.hidden = !groups.some(({ message }) => message.startsWith(tokens.dataset.problem));
  show(list, groups);
}

/** Why records in flight are made again. They have not ended, so none can be opened. */
export function showRetrying(groups) {
  show(retryingList, groups);
  for (const button of retryingList.querySelectorAll('.failure-example')) button.hidden = true;
}

/** The numbers of the failed records of a group, among those that are known. @param {{index: number, message: string}[]} errors */
export const numbersOf = (message, errors) => errors.filter(error => message === Other || error.message === message).map(({ index }) => index);

function show(list, groups) {
  list.closest('section').hidden = groups.length === 0;
  const rows = new Map([...list.children].map(row => [row.dataset.message, row]));
  let place = list.firstElementChild;
  for (const group of groups) {
    const row = rows.get(group.message) ?? newRow(group.message);
    rows.delete(group.message);
    fill(row, group);
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }

  for (const row of rows.values()) row.remove();
}

function newRow(message) {
  const row = document.createElement('li');
  row.dataset.message = message;
  const text = part('span', 'failure-message');
  text.textContent = message === Other ? 'Other reasons' : plainText(message);
  row.append(part('b', 'failure-count'), ' ', text, ' ', Object.assign(part('button', 'failure-example'), { type: 'button' }));
  return row;
}

function fill(row, { count, firstIndex }) {
  row.dataset.first = firstIndex;
  setText(row.querySelector('.failure-count'), `${number(count)}×`);
  setText(row.querySelector('.failure-example'), `Record ${number(firstIndex)}`);
}

function part(name, className) {
  return Object.assign(document.createElement(name), { className });
}
