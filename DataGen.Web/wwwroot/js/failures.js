// Failed records grouped by what they failed with; Display/FailureGroup.cs writes the first list.
import { number } from './format.js';

const Shown = 12;
const section = document.getElementById('failures');
const list = document.getElementById('failure-list');

/** @param {{index: number, message: string}[]} errors the first failed records @param {number} total how many failed in all */
export function showFailures(errors, total) {
  section.hidden = errors.length === 0;
  document.getElementById('failures-known').textContent = errors.length;
  document.getElementById('failures-hint').hidden = total <= errors.length;
  const groups = Map.groupBy ? Map.groupBy(errors, error => error.message) : groupBy(errors);
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  list.replaceChildren(...sorted.map(([message, members]) => item(message, members.map(error => error.index))));
}

function groupBy(errors) {
  const groups = new Map();
  for (const error of errors) groups.set(error.message, [...(groups.get(error.message) ?? []), error]);
  return groups;
}

function item(message, indices) {
  const made = document.createElement('li');
  const sample = indices.slice(0, Shown).map(index => `#${index}`).join(', ') + (indices.length > Shown ? ', …' : '');
  made.append(part('failure-count', `${number(indices.length)}×`), ' ', part('failure-message', message), ' ', part('failure-indices', sample));
  return made;
}

function part(className, text) {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}
