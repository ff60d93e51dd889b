// A section with a list: loading, the rows, an empty state, or an error. The markup comes from the server's template.
import { explain } from './explain.js';

export class LiveList {
  #part;
  #load;
  #keyOf;
  #fill;
  #asked = 0;
  #items = null;
  #matches = () => true;

  /**
   * @param {HTMLElement} section
   * @param {{ load: () => Promise<object[]>, keyOf: (item: object) => string, fill: (part: (name: string) => HTMLElement, item: object, row: HTMLElement) => void }} source
   */
  constructor(section, { load, keyOf, fill }) {
    this.#part = name => section.querySelector(`[data-part=${name}]`);
    [this.#load, this.#keyOf, this.#fill] = [load, keyOf, fill];
    this.#part('again').addEventListener('click', () => this.refresh());
  }

  get items() {
    return this.#items ?? [];
  }

  find(row) {
    return this.items.find(item => this.#keyOf(item) === row.dataset.key);
  }

  /** Fetches again. Of several requests under way only the last one counts. */
  async refresh() {
    const asked = ++this.#asked;
    try {
      const items = await this.#load();
      if (asked !== this.#asked) return;
      this.#items = items;
      this.say('');
      this.#show();
    } catch (error) {
      if (asked === this.#asked) this.say(explain(error));
    }
  }

  /** Shows only the rows that `matches` accepts, now and after every refresh. */
  filter(matches) {
    this.#matches = matches;
    this.#show();
  }

  #show() {
    this.#part('reading').hidden = this.#items !== null;
    const items = this.items.filter(this.#matches);
    const empty = this.#part('empty');
    if (empty) empty.hidden = this.#items === null || items.length > 0;
    this.#arrange(items);
  }

  /** The error; empty: none. */
  say(text) {
    this.#part('trouble-text').textContent = text;
    this.#part('trouble').hidden = text === '';
    if (text) this.#part('reading').hidden = true;
  }

  #arrange(items) {
    const list = this.#part('rows');
    const rows = new Map([...list.children].map(row => [row.dataset.key, row]));
    let place = list.firstElementChild;
    for (const item of items) {
      const row = rows.get(this.#keyOf(item)) ?? this.#newRow(item);
      rows.delete(row.dataset.key);
      this.#fill(name => row.querySelector(`[data-field=${name}], [data-act=${name}]`), item, row);
      if (row === place) place = place.nextElementSibling;
      else list.insertBefore(row, place);
    }

    for (const row of rows.values()) {
      if (place === row) place = row.nextElementSibling;
      row.remove();
    }
  }

  #newRow(item) {
    const row = this.#part('row').content.firstElementChild.cloneNode(true);
    row.dataset.key = this.#keyOf(item);
    return row;
  }
}
