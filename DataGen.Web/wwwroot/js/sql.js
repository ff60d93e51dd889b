// Questions in SQL about this dataset.
import { askSql, Refused } from './calls.js';
import { explain } from './explain.js';
import { number } from './format.js';
import { hold, isHeld } from './hold.js';
import { setText } from './page.js';
import { element, plainLines, shortText } from './plaintext.js';
import { textOf } from './records.js';

const MostRows = 1000;
const Longest = 120;
const byId = name => document.getElementById(name);
const query = byId('sql-query');
const button = byId('sql-form').querySelector('button');
const trouble = byId('sql-trouble');
const quoted = ({ name, sqlName }) => `"${(sqlName ?? name).replaceAll('"', '""')}"`;

/** An example of this dataset's own columns, until the user has written something. */
export function suggestQuery(columns) {
  if (query.value !== '' || columns.length === 0) return;
  const group = columns.find(({ type }) => type === 'boolean') ?? columns.find(({ type }) => type === 'text') ?? columns[0];
  const measure = columns.find(({ type, name }) => (type === 'integer' || type === 'number') && name !== group.name);
  query.value = `SELECT ${quoted(group)}, count(*) AS records${measure ? `, round(avg(${quoted(measure)}), 2) AS mean` : ''}\nFROM records\nGROUP BY ${quoted(group)}\nORDER BY records DESC\nLIMIT 20`;
}

export function wireSql(id) {
  byId('sql-form').addEventListener('submit', event => {
    event.preventDefault();
    run(id);
  });
  query.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run(id);
  });
}

async function run(id) {
  if (isHeld(button)) return;
  const free = hold(button, 'Running…');
  try {
    showAnswer(await askSql(id, { query: query.value, limit: MostRows }));
    trouble.hidden = true;
  } catch (error) {
    const words = error instanceof Refused && error.errors.query ? error.errors.query.join('\n') : explain(error, true);
    trouble.textContent = plainLines(words);
    trouble.hidden = false;
    byId('sql-scroll').hidden = byId('sql-told').hidden = true;
  }

  free();
}

function showAnswer({ columns, rows, truncated, ms }) {
  const table = byId('sql-answer');
  const head = element('tr');
  head.append(...columns.map(({ name, type }) => {
    const cell = element('th', shortText(name, Longest), { scope: 'col', title: type });
    if (/INT|DOUBLE|FLOAT|DECIMAL/i.test(type)) cell.dataset.kind = 'number';
    return cell;
  }));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows.map(values => {
    const row = element('tr');
    row.append(...values.map(value => {
      const cell = element('td', value === null ? '–' : shortText(textOf(value), Longest));
      if (value !== null && typeof value !== 'string' && typeof value !== 'boolean' && !/[[{]/.test(cell.textContent)) cell.dataset.kind = 'number';
      return cell;
    }));
    return row;
  }));
  setText(byId('sql-told'), `${truncated ? 'The first ' : ''}${number(rows.length)} ${rows.length === 1 ? 'row' : 'rows'} · ${number(Math.max(1, ms))} ms`);
  byId('sql-told').hidden = byId('sql-scroll').hidden = false;
  byId('sql-scroll').scrollTo(0, 0);
}
