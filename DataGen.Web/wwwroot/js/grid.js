// A cell per record, or per run of neighbouring records when there are more than fit. The number of nodes never grows.
import { number, span } from './format.js';

const MaxCells = 2000;
const States = ['waiting', 'calling', 'retrying', 'storing', 'good', 'failed'];
const [Waiting, Calling, Retrying, Storing, Good, Failed] = States.keys();

export class Grid {
  #count;
  #perCell;
  #root;
  #readout;
  #states; // one byte per record
  #shown; // what each cell shows now
  #inFlight = new Map();
  #current = 0;
  #onOpen;

  constructor(root, readout, count, onOpen) {
    this.#root = root;
    this.#readout = readout;
    this.#count = count;
    this.#onOpen = onOpen;
    this.#perCell = Math.ceil(count / MaxCells);
    this.#states = new Uint8Array(count);
    const cells = Math.ceil(count / this.#perCell);
    this.#shown = new Array(cells).fill('waiting');
    root.dataset.size = cells <= 60 ? 'large' : cells <= 400 ? 'medium' : 'small';
    if (this.#perCell > 1) readout.textContent = `Each cell stands for ${number(this.#perCell)} records. Point at one to see them.`;
    root.replaceChildren(...Array.from({ length: cells }, (_, at) => this.#newCell(at)));
    root.addEventListener('pointerover', event => this.#tell(event.target));
    root.addEventListener('focusin', event => this.#tell(event.target));
    root.addEventListener('click', event => this.#open(event.target));
    root.addEventListener('keydown', event => this.#move(event));
  }

  #newCell(at) {
    const cell = document.createElement('button');
    cell.type = 'button';
    cell.className = 'cell';
    cell.dataset.state = 'waiting';
    cell.tabIndex = at === 0 ? 0 : -1;
    cell.setAttribute('aria-label', this.#name(at));
    return cell;
  }

  /** Takes a snapshot of a task; one without ranges leaves the ended records as they are. */
  show({ good, failed, inFlight = [] }) {
    if (good && failed) {
      this.#states.fill(Waiting);
      for (const [first, last] of good) this.#states.fill(Good, first, last + 1);
      for (const [first, last] of failed) this.#states.fill(Failed, first, last + 1);
    } else {
      for (const index of this.#inFlight.keys()) if (this.#states[index] < Good) this.#states[index] = Waiting;
    }

    this.#inFlight.clear();
    for (const record of inFlight) {
      if (this.#states[record.index] >= Good) continue;
      this.#states[record.index] = Math.max(Calling, States.indexOf(record.state));
      this.#inFlight.set(record.index, record);
    }

    this.#draw();
  }

  /** Marks records that are known to be stored. */
  mark(records) {
    for (const record of records) this.#states[record.index] = record.ok ? Good : Failed;
    this.#draw();
  }

  /** How many ended records lie before this one: where the list of records, by index, has it. */
  endedBefore(index) {
    let ended = 0;
    for (let at = 0; at < index; at++) if (this.#states[at] >= Good) ended++;
    return ended;
  }

  #draw() {
    for (let at = 0; at < this.#shown.length; at++) {
      const state = this.#perCell === 1 ? States[this.#states[at]] : this.#blend(at);
      if (state === this.#shown[at]) continue;
      this.#shown[at] = state;
      const cell = this.#root.children[at];
      cell.dataset.state = state;
      cell.setAttribute('aria-label', this.#name(at));
    }

    const held = this.#root.querySelector(':focus, :hover');
    if (held) this.#tell(held);
  }

  /** What a cell of several records shows: what happens in it, else how it ended, a few failures among many good ones as a corner. */
  #blend(at) {
    const tally = this.#tally(at);
    const size = this.#size(at);
    if (tally[Retrying] > 0) return 'retrying';
    if (tally[Good] === size) return 'good';
    if (tally[Good] + tally[Failed] === size) return tally[Failed] * 2 > size ? 'failed' : 'mixed';
    if (tally[Calling] > 0) return 'calling';
    if (tally[Storing] > 0) return 'storing';
    return tally[Good] + tally[Failed] > 0 ? 'partly' : 'waiting';
  }

  #tally(at) {
    const tally = new Array(States.length).fill(0);
    const last = this.#last(at);
    for (let index = at * this.#perCell; index <= last; index++) tally[this.#states[index]]++;
    return tally;
  }

  #last(at) {
    return Math.min(this.#count, (at + 1) * this.#perCell) - 1;
  }

  #size(at) {
    return this.#last(at) - at * this.#perCell + 1;
  }

  #name(at) {
    const first = at * this.#perCell;
    if (this.#perCell === 1) return `Record ${first}: ${States[this.#states[first]]}`;
    const tally = this.#tally(at);
    const parts = States.map((state, kind) => (tally[kind] > 0 ? `${tally[kind]} ${state}` : '')).filter(Boolean);
    return `Records ${number(first)} to ${number(this.#last(at))}: ${parts.join(', ')}`;
  }

  #tell(target) {
    const at = this.#at(target);
    if (at < 0) return;
    const record = this.#perCell === 1 ? this.#inFlight.get(at) : undefined;
    const since = record?.startedAt ? `, for ${span((Date.now() - new Date(record.startedAt)) / 1000)}` : '';
    const text = this.#name(at) + (record ? `, attempt ${record.attempt}${since}` : '');
    target.title = text;
    this.#readout.textContent = text;
  }

  #open(target) {
    const at = this.#at(target);
    if (at < 0) return;
    this.#focus(at);
    const last = this.#last(at);
    for (let index = at * this.#perCell; index <= last; index++) {
      if (this.#states[index] >= Good) return this.#onOpen(index);
    }
  }

  #move(event) {
    const columns = getComputedStyle(this.#root).gridTemplateColumns.split(' ').length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -this.#current, End: this.#shown.length - 1 - this.#current };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#focus(Math.max(0, Math.min(this.#shown.length - 1, this.#current + step)));
  }

  #focus(at) {
    this.#root.children[this.#current].tabIndex = -1;
    this.#current = at;
    this.#root.children[at].tabIndex = 0;
    this.#root.children[at].focus();
  }

  #at(target) {
    return target.classList?.contains('cell') ? Array.prototype.indexOf.call(this.#root.children, target) : -1;
  }
}
