// Finds ended records by their number. The API lists them by number but counts from the first one that ended, so the offset of a number has to be searched.
import { getRecordsFrom } from './api.js';

const Around = 5;
const Window = 2 * Around + 1;
const MostSteps = 20;
const MostKept = 300;

export class RecordFinder {
  #task;
  #endedBefore;
  #kept = new Map();

  /** @param {string} task @param {(index: number) => number} endedBefore an estimate of how many ended records come before a number */
  constructor(task, endedBefore) {
    [this.#task, this.#endedBefore] = [task, endedBefore];
  }

  /** A record that was read recently. */
  known(index) {
    return this.#kept.get(index);
  }

  keep(records) {
    for (const record of records) {
      this.#kept.delete(record.index);
      this.#kept.set(record.index, record);
    }

    for (const index of this.#kept.keys()) {
      if (this.#kept.size <= MostKept) break;
      this.#kept.delete(index);
    }
  }

  /** After a retry the records read before may be outdated. */
  forget() {
    this.#kept.clear();
  }

  /**
   * The first ended record from this number on, with the ones before and after it.
   * @returns {Promise<{ previous?: object, record?: object, next?: object }>}
   */
  async from(index) {
    let [low, high] = [0, Infinity]; // the offset is between these
    let offset = Math.max(0, this.#endedBefore(index) - Around);
    for (let step = 0; step < MostSteps; step++) {
      const { items, total } = await getRecordsFrom(this.#task, offset, Window);
      this.keep(items);
      if (items.length === 0 && offset > 0) {
        offset = Math.max(0, Math.min(offset - 1, total) - Window); // fewer records than estimated
        continue;
      }

      high = Math.min(high, total);
      const end = offset + items.length;
      const at = items.findIndex(item => item.index >= index);
      if (at === 0 && offset > 0) {
        // too far: between the two there are at most as many records as the numbers differ
        high = Math.min(high, offset);
        low = Math.max(low, offset - (items[0].index - index));
      } else if (at < 0 && end < total) {
        low = Math.max(low, end);
        if (items.length > 0) high = Math.min(high, end + index - items.at(-1).index);
      } else if (at === items.length - 1 && end < total) {
        offset += Around; // found, but not the record after it
        continue;
      } else {
        return at < 0 ? { previous: items.at(-1) } : { previous: items[at - 1], record: items[at], next: items[at + 1] };
      }

      offset = Math.max(0, Math.min(Math.floor((low + high) / 2) - Around, Math.max(0, total - Window)));
    }

    return {};
  }
}
