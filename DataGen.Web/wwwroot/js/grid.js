// Draws the cells: at most MostSingle nodes, updated only where something changed.
import { GroupCells, MostSingle, SingleCells } from './cells.js';
import { number, span } from './format.js';
import { hideTip, showTip } from './tip.js';

const Dwell = 160; // a cell that the pointer only passes over is not looked up
const MostTold = 3;
const LeastSeen = 10; // percent: about a pixel

export class Grid {
  #root;
  #hint;
  #cells = null;
  #faces = [];
  #current = 0;
  #count;
  #onOpen;
  #tell;
  #dwell = 0;

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} hint
   * @param {number} count records of the task
   * @param {{ open: (index: number) => void, tell: (index: number) => Promise<string[]> }} acts opens the first ended record from an index on; describes an ended record
   */
  constructor(root, hint, count, { open, tell }) {
    [this.#root, this.#hint, this.#count, this.#onOpen, this.#tell] = [root, hint, count, open, tell];
    if (count <= MostSingle) this.#build(new SingleCells(count));
    else this.#hint.textContent = 'The cells appear with the first news.';
    root.addEventListener('pointerover', event => this.#point(event.target));
    root.addEventListener('pointerleave', () => this.#unpoint());
    root.addEventListener('focusin', event => this.#point(event.target));
    root.addEventListener('focusout', () => this.#unpoint());
    root.addEventListener('click', event => this.#open(event.target));
    root.addEventListener('keydown', event => this.#move(event));
  }

  #build(cells) {
    this.#cells = cells;
    this.#faces = new Array(cells.length).fill('waiting');
    this.#current = 0;
    const kind = cells.size > 1 ? 'groups' : 'records';
    this.#root.dataset.of = kind;
    this.#root.closest('section').dataset.of = kind;
    this.#root.dataset.size = cells.length <= 30 ? 'huge' : cells.length <= 120 ? 'large' : cells.length <= 500 ? 'medium' : 'small';
    this.#hint.textContent = cells.size > 1
      ? `Each square is ${number(cells.size)} records: good ones fill it from below, failed ones from above.`
      : 'Each square is a record; click to open.';
    this.#root.replaceChildren(...Array.from({ length: cells.length }, (_, at) => this.#newCell(at)));
  }

  #newCell(at) {
    const cell = document.createElement('button');
    cell.type = 'button';
    cell.className = 'cell';
    cell.dataset.state = 'waiting';
    cell.tabIndex = at === 0 ? 0 : -1;
    cell.setAttribute('aria-label', this.#cells.name(at));
    return cell;
  }

  show(snapshot) {
    const size = snapshot.cells?.size;
    if (size && this.#cells?.size !== size) this.#build(new GroupCells(this.#count, size));
    this.#cells?.take(snapshot);
    this.#draw();
  }

  mark(records) {
    this.#cells?.mark(records);
    this.#draw();
  }

  /** The offset of this record in the list of ended records by index, as far as it is known. */
  endedBefore(index) {
    return this.#cells?.endedBefore(index) ?? 0;
  }

  #draw() {
    for (let at = 0; at < this.#faces.length; at++) {
      const face = this.#cells.face(at);
      if (face === this.#faces[at]) continue;
      this.#faces[at] = face;
      const cell = this.#root.children[at];
      const [state, good, failed] = face.split(' ');
      cell.dataset.state = state;
      if (good !== undefined) {
        cell.style.setProperty('--good', `${good}%`);
        cell.style.setProperty('--failed', `${failed > 0 ? Math.max(LeastSeen, failed) : 0}%`);
      }

      cell.setAttribute('aria-label', this.#cells.name(at));
    }

    const held = this.#root.querySelector('.cell:focus-visible, .cell:hover');
    if (held && !this.#dwell) this.#point(held);
  }

  #point(target) {
    const at = this.#at(target);
    if (at < 0) return;
    clearTimeout(this.#dwell);
    this.#dwell = 0;
    const name = this.#cells.name(at);
    const flying = this.#cells.inFlight(at);
    const lines = flying.slice(0, MostTold).map(record => tellFlying(record, this.#cells.size > 1));
    if (flying.length > MostTold) lines.push(`and ${flying.length - MostTold} more`);
    target.setAttribute('aria-label', [name, ...lines].join('; '));
    showTip(target.getBoundingClientRect(), [name, ...lines]);
    if (this.#cells.size === 1 && this.#cells.hasEnded(at)) this.#dwell = setTimeout(() => this.#pointLonger(target, at, name), Dwell);
  }

  async #pointLonger(target, at, name) {
    const timer = this.#dwell;
    const lines = await this.#tell(at);
    if (timer !== this.#dwell || lines.length === 0) return;
    target.setAttribute('aria-label', [name, ...lines].join('; '));
    showTip(target.getBoundingClientRect(), [name, ...lines]);
  }

  #unpoint() {
    clearTimeout(this.#dwell);
    this.#dwell = 0;
    hideTip();
  }

  #open(target) {
    const at = this.#at(target);
    if (at < 0) return;
    this.#focus(at);
    if (this.#cells.hasEnded(at)) {
      this.#unpoint();
      this.#onOpen(this.#cells.first(at));
    }
  }

  #move(event) {
    const columns = getComputedStyle(this.#root).gridTemplateColumns.split(' ').length;
    const last = this.#faces.length - 1;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -this.#current, End: last - this.#current };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#focus(Math.max(0, Math.min(last, this.#current + step)));
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

function tellFlying(record, isOneOfMany) {
  const since = record.startedAt ? ` for ${span((Date.now() - new Date(record.startedAt)) / 1000)}` : '';
  return `${isOneOfMany ? `${number(record.index)}: ` : ''}attempt ${record.attempt}, ${record.state}${since}`;
}
