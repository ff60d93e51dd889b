// The fields of a record as chips and as a table. The JSON in the form is the definition; the table is another way to
// edit it.
import { keepNumbers } from './api.js';
import { checkDefinition } from './calls.js';
import { number } from './format.js';
import { element, plainText, shortText } from './plaintext.js';
import { Bounded, Drawable, fieldsOf, Kinds, problemOf, withFields, wordsOf } from './schemafields.js';

const CheckAfter = 500;
const LongestChip = 60;
const Writers = { model: 'the model', drawn: 'DataGen, exactly', prompt: 'DataGen, for the prompt only' };
const card = document.getElementById('fields');
const body = card.querySelector('tbody');
const chips = document.getElementById('field-chips');
const told = document.getElementById('fields-told');

/**
 * @param {HTMLTextAreaElement} text the definition as JSON
 * @param {() => object | null} whole the definition with prompt and count, to be checked; null while it cannot be
 * @returns {() => void} to be called when the text has changed
 */
export function wireFields(text, whole) {
  let fields = [];
  let shown = null;
  let timer;

  const read = () => {
    try {
      const given = text.value.trim() ? JSON.parse(text.value, keepNumbers) : {};
      return given && typeof given === 'object' && !Array.isArray(given) ? given : null;
    } catch {
      return null;
    }
  };

  const write = () => {
    const problems = fields.map(field => problemOf(field, fields));
    [...body.rows].forEach((row, at) => tell(row, problems[at]));
    showChips();
    const definition = read();
    if (!definition || problems.some(Boolean)) return;
    const made = withFields(definition, fields);
    for (const field of fields) field.was = field.name;
    shown = text.value = Object.keys(made).length > 0 ? JSON.stringify(made, null, 2) : '';
    text.dispatchEvent(new Event('input', { bubbles: true }));
    later();
  };

  const show = () => {
    if (text.value === shown) return;
    shown = text.value;
    fields = fieldsOf(read() ?? {});
    card.hidden = fields.length === 0;
    body.replaceChildren(...fields.map(rowOf));
    showChips();
    later();
  };

  const add = () => {
    fields.push({ name: '', was: '', kind: 'text', values: '', by: 'model', unique: false, isPlain: true });
    card.hidden = false;
    body.append(rowOf(fields.at(-1)));
    body.lastElementChild.querySelector('input').focus();
  };

  const remove = field => {
    const at = fields.indexOf(field);
    fields.splice(at, 1);
    body.rows[at].remove();
    card.hidden = fields.length === 0;
    write();
    (body.rows[Math.min(at, fields.length - 1)]?.querySelector('input') ?? document.getElementById('add-field')).focus();
  };

  function rowOf(field) {
    const row = element('tr');
    const change = (name, value) => {
      field[name] = value;
      refit();
      write();
    };
    const name = input(field.name, value => change('name', value.trim()), 'Name');
    const kind = choice(field.isPlain ? Kinds : { [field.kind]: 'as in the JSON' }, field.kind, value => change('kind', value), 'Type');
    const values = input(field.values, value => change('values', value), 'Values');
    const by = choice(Writers, field.by, value => change('by', value), 'Written by');
    const unique = Object.assign(element('input'), { type: 'checkbox', checked: field.unique, ariaLabel: 'Unique' });
    unique.addEventListener('change', () => change('unique', unique.checked));
    const away = element('button', '×', { type: 'button', className: 'quiet', title: 'Remove the field', ariaLabel: 'Remove the field' });
    away.addEventListener('click', () => remove(field));

    // The other settings of the field decide which of these can be set.
    const refit = () => {
      kind.disabled = !field.isPlain;
      values.disabled = !field.isPlain || !Bounded.includes(field.kind);
      values.placeholder = values.disabled ? '' : field.kind === 'choice' ? 'free: 70, pro: 30' : 'from – to';
      for (const option of by.options) option.disabled = field.isPlain && option.value !== 'model' && !Drawable.includes(field.kind);
      by.disabled = !field.isPlain;
      unique.disabled = field.by === 'prompt';
    };

    refit();
    const named = element('td');
    named.append(name, element('span', '', { className: 'field-error' }));
    row.append(named, ...[kind, values, by, unique, away].map(control => {
      const cell = element('td');
      cell.append(control);
      return cell;
    }));
    return row;
  }

  function showChips() {
    chips.replaceChildren(...fields.map((field, at) => {
      const chip = element('button', shortText(wordsOf(field), LongestChip), { type: 'button', className: 'chip' });
      chip.addEventListener('click', () => body.rows[at].querySelector('input').focus());
      return chip;
    }));
  }

  // Has the server check the whole definition, without a call to the model.
  function later() {
    clearTimeout(timer);
    timer = setTimeout(check, CheckAfter);
  }

  async function check() {
    const definition = fields.length > 0 ? whole() : null;
    const answer = definition && await checkDefinition(definition).catch(() => null);
    told.replaceChildren(...(answer ? saying(answer) : []));
  }

  document.getElementById('add-field').addEventListener('click', add);
  text.addEventListener('input', show);
  show();
  return show;
}

function saying({ errors, capacity }) {
  if (errors.length > 0) return errors.map(({ path, message }) => element('p', plainText(`${path} ${message}`), { className: 'field-error' }));
  return capacity === undefined || capacity === null ? [] : [element('p', `At most ${number(capacity)} records can differ as wanted.`, { className: 'hint' })];
}

function tell(row, problem) {
  row.querySelector('.field-error').textContent = problem;
  row.querySelector('input').setAttribute('aria-invalid', String(problem !== ''));
}

function input(value, changed, label) {
  const made = Object.assign(element('input'), { type: 'text', value, ariaLabel: label, autocomplete: 'off', spellcheck: false });
  made.addEventListener('input', () => changed(made.value));
  return made;
}

function choice(options, value, changed, label) {
  const made = Object.assign(element('select'), { ariaLabel: label });
  for (const [name, words] of Object.entries(options)) made.append(new Option(words, name, false, name === value));
  made.addEventListener('change', () => changed(made.value));
  return made;
}
