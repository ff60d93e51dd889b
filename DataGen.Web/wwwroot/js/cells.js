// The state of the cells of the grid. A cell stands for a record, or in a large task for a range of records; either way the memory used is bounded.
import { number } from './format.js';

export const MostSingle = 2000;
const States = ['waiting', 'calling', 'retrying', 'storing', 'good', 'failed'];
const [Waiting, Calling, Retrying, , Good, Failed] = States.keys();
const Step = 5; // percent: finer steps would be redrawn without a visible change

/** A cell per record. */
export class SingleCells {
  size = 1;
  #states;
  #inFlight = new Map();

  constructor(count) {
    this.count = this.length = count;
    this.#states = new Uint8Array(count);
  }

  /** Applies a snapshot; one without ranges does not change the ended records. */
  take({ good, failed, inFlight = [] }) {
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
  }

  /** Marks records that are known to be stored. */
  mark(records) {
    for (const record of records) {
      this.#states[record.index] = record.ok ? Good : Failed;
      this.#inFlight.delete(record.index);
    }
  }

  /** The look of a cell as a text; equal texts look equal. */
  face(at) {
    return States[this.#states[at]];
  }

  name(at) {
    return `Record ${at}: ${States[this.#states[at]]}`;
  }

  /** The records of a cell that are being worked on. */
  inFlight(at) {
    const record = this.#inFlight.get(at);
    return record ? [record] : [];
  }

  hasEnded(at) {
    return this.#states[at] >= Good;
  }

  first(at) {
    return at;
  }

  /** How many ended records come before this one, which is its offset in the list of records by index. */
  endedBefore(index) {
    let ended = 0;
    for (let at = 0; at < index; at++) if (this.#states[at] >= Good) ended++;
    return ended;
  }
}

/** A cell per range of a large task, from the counts that the server sends. */
export class GroupCells {
  #good;
  #failed;
  #inFlight = [];

  constructor(count, size) {
    this.count = count;
    this.size = size;
    this.length = Math.ceil(count / size);
    this.#good = this.#failed = new Array(this.length).fill(0);
  }

  take({ cells, inFlight = [] }) {
    if (cells) {
      this.#good = cells.good;
      this.#failed = cells.failed;
    }

    this.#inFlight = new Array(this.length);
    for (const record of inFlight) (this.#inFlight[this.cellOf(record.index)] ??= []).push(record);
  }

  mark() {
    // the counts come with the next snapshot
  }

  face(at) {
    const [good, failed, size] = [this.#good[at], this.#failed[at], this.sizeOf(at)];
    if (good === size) return 'good';
    if (failed === size) return 'failed';
    const flying = this.inFlight(at);
    const base = flying.length === 0 ? 'waiting' : flying.some(record => States.indexOf(record.state) === Retrying) ? 'retrying' : 'calling';
    return `${base} ${share(good, size)} ${share(failed, size)}`;
  }

  name(at) {
    const first = this.first(at);
    const parts = [[this.#good[at], 'good'], [this.#failed[at], 'failed'], [this.inFlight(at).length, 'in flight']];
    const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`);
    return `Records ${number(first)} to ${number(first + this.sizeOf(at) - 1)}: ${said.join(', ') || 'waiting'}`;
  }

  inFlight(at) {
    return this.#inFlight[at] ?? [];
  }

  hasEnded(at) {
    return this.#good[at] + this.#failed[at] > 0;
  }

  first(at) {
    return at * this.size;
  }

  /** An estimate within the cell; exact at its start and when it is full. */
  endedBefore(index) {
    const cell = this.cellOf(index);
    let ended = 0;
    for (let at = 0; at < cell; at++) ended += this.#good[at] + this.#failed[at];
    return ended + Math.floor(((index - this.first(cell)) * (this.#good[cell] + this.#failed[cell])) / this.sizeOf(cell));
  }

  cellOf(index) {
    return Math.floor(index / this.size);
  }

  sizeOf(at) {
    return Math.min(this.count, (at + 1) * this.size) - this.first(at);
  }
}

/** Rounds to whole steps; only none is shown as none, and only all as all. */
function share(part, all) {
  if (part === 0) return 0;
  return Math.max(Step, Math.min(100 - Step, Math.round((part * 100) / all / Step) * Step));
}
